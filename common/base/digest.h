// SHA-256 of data that need not be in memory at once: of pieces, and of files.
#ifndef ACCORD_COMMON_BASE_DIGEST_H_
#define ACCORD_COMMON_BASE_DIGEST_H_

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord {

// The digest of all pieces together, as if they were one string.
class Sha256Pieces {
 public:
  Sha256Pieces();
  void Add(std::string_view piece);
  // Gives the digest, 32 bytes. Nothing can be added afterwards.
  std::string Finish();

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const;
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

// Gives the SHA-256 of a file of any size, as 64 hex digits. NOT_FOUND if the file cannot be read.
absl::StatusOr<std::string> FileDigest(const std::string& path);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_DIGEST_H_
