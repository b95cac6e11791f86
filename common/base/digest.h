// This computes the SHA-256 of bytes, of pieces that need not be in memory at once, and of files.
#ifndef ACCORD_COMMON_BASE_DIGEST_H_
#define ACCORD_COMMON_BASE_DIGEST_H_

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord {

// This gives 32 bytes.
std::string Sha256(std::string_view bytes);
std::string HmacSha256(std::string_view key, std::string_view bytes);

// This gives what a service, its answers and the audit log call one stored version of a resource: the first
// 16 bytes of SHA-256 over service, resource name and version, with a line feed between them. `service` is
// that of the proto package, for example `protocols`.
std::string RevisionDigest(std::string_view service, std::string_view name, int64_t version);

// This gives the digest of all pieces together, as if they were one string.
class Sha256Pieces {
 public:
  Sha256Pieces();
  void Add(std::string_view piece);
  // This gives the digest, 32 bytes. Nothing can be added afterwards.
  std::string Finish();

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const;
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

// This gives the SHA-256 of a file of any size, as 64 hex digits. It returns NOT_FOUND if the file cannot
// be read.
absl::StatusOr<std::string> FileDigest(const std::string& path);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_DIGEST_H_
