// These are keys that seal what a database administrator must not read. They come from files and never from
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
  // All keys have 32 bytes. The first one seals, and all of them open. `index_key` makes keyed
  // hashes and never rotates, because hashes serve to find equal values.
  static absl::StatusOr<std::shared_ptr<const Keyring>> From(const std::vector<std::string>& keys,
                                                             std::string index_key);
  // Each file holds one key.
  static absl::StatusOr<std::shared_ptr<const Keyring>> Load(const std::vector<std::string>& files,
                                                             const std::string& index_file);

  // This gives the id of the key that seals, which is 16 hex digits of its hash.
  const std::string& current() const { return current_; }
  // This gives printable text: key id, a dot, base 64. `context` says where the value belongs, and it cannot
  // be opened anywhere else.
  std::string Seal(std::string_view context, std::string_view plain) const;
  // This fails with DATA_LOSS and rule SEAL_BROKEN if the token was changed or moved, or if its key is not in
  // the ring.
  absl::StatusOr<std::string> Open(std::string_view context, std::string_view token) const;
  // This gives a keyed hash, 64 hex digits, which is the same for equal values of one `context` and reveals
  // nothing about the value.
  std::string Index(std::string_view context, std::string_view value) const;

 private:
  Keyring() = default;
  std::map<std::string, std::string, std::less<>> keys_;
  std::string current_;
  std::string index_key_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_SEALING_KEYRING_H_
