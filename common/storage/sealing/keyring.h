// These keys seal what a database administrator must not read. They come from files and never from
// the database.
#ifndef ACCORD_COMMON_STORAGE_SEALING_KEYRING_H_
#define ACCORD_COMMON_STORAGE_SEALING_KEYRING_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::storage {

class Keyring {
 public:
  // Keys of 32 bytes each. The first seals, all open. `index_key` makes keyed hashes; it never rotates, as
  // hashes are for finding equal values.
  static absl::StatusOr<std::shared_ptr<const Keyring>> From(const std::vector<std::string>& keys,
                                                             std::string index_key);
  // Each file holds one key.
  static absl::StatusOr<std::shared_ptr<const Keyring>> Load(const std::vector<std::string>& files,
                                                             const std::string& index_file);

  // Names the key that seals: 16 hex digits of its hash.
  const std::string& current() const { return current_; }
  // Printable: key id, a dot, base 64. `context` says where the value belongs: it opens nowhere else.
  std::string Seal(std::string_view context, std::string_view plain) const;
  // DATA_LOSS with rule SEAL_BROKEN for what was changed or moved, or whose key is not in the ring.
  absl::StatusOr<std::string> Open(std::string_view context, std::string_view token) const;
  // The same for equal values of one `context`, and telling nothing of the value: 64 hex digits.
  std::string Index(std::string_view context, std::string_view value) const;

 private:
  Keyring() = default;
  std::map<std::string, std::string, std::less<>> keys_;
  std::string current_;
  std::string index_key_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_SEALING_KEYRING_H_
