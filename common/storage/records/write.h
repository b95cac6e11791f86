// This is who changes a record, and by what.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_WRITE_H_
#define ACCORD_COMMON_STORAGE_RECORDS_WRITE_H_

#include <string>

#include "absl/time/time.h"

namespace accord::storage {

// This says who writes.
struct Write {
  std::string agency;
  std::string actor;
  std::string request_id;
  absl::Time now;
  // This is the RPC by which it is written, `package.Service.Method`; it is empty for what no call writes,
  // such as what time brings.
  std::string act = {};
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_WRITE_H_
