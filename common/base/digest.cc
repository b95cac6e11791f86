#include "common/base/digest.h"

#include <openssl/evp.h>

#include <cstddef>
#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/base/encoding.h"

namespace accord {

void Sha256Pieces::Free::operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

Sha256Pieces::Sha256Pieces() : context_(EVP_MD_CTX_new()) {
  if (context_ == nullptr || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) std::abort();
}

void Sha256Pieces::Add(std::string_view piece) {
  if (EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) != 1) std::abort();
}

std::string Sha256Pieces::Finish() {
  std::string digest(32, '\0');
  auto* const octets = reinterpret_cast<unsigned char*>(digest.data());
  if (EVP_DigestFinal_ex(context_.get(), octets, nullptr) != 1) std::abort();
  return digest;
}

absl::StatusOr<std::string> FileDigest(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  Sha256Pieces digest;
  std::string block(1 << 20, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    digest.Add(std::string_view(block.data(), static_cast<std::size_t>(in.gcount())));
  }
  if (!in.eof()) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return Hex(digest.Finish());
}

}  // namespace accord
