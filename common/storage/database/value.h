// These are the values in the rows and the parameters of statements.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_VALUE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_VALUE_H_

#include <cstddef>
#include <functional>
#include <string>
#include <variant>

namespace accord::storage {

// This is NULL, an integer or text, which is all that Accord stores.
using Value = std::variant<std::monostate, long long, std::string>;

// This adds a value to the parameters of a statement that is being written; what stands for it there.
using Bind = std::function<std::string(Value)>;

// This ends a result before its text is longer than `bytes`, but not before its first row.
struct ByteLimit {
  std::size_t bytes;
  // This says that there was more.
  bool reached = false;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_VALUE_H_
