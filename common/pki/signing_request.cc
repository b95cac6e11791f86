#include "common/pki/signing_request.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <string_view>

#include "common/base/error.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

bool RequestSignedStrongly(const X509_REQ* request) {
  switch (X509_REQ_get_signature_nid(request)) {
    case NID_sha256WithRSAEncryption:
    case NID_sha384WithRSAEncryption:
    case NID_sha512WithRSAEncryption:
    case NID_ecdsa_with_SHA256:
    case NID_ecdsa_with_SHA384:
    case NID_ecdsa_with_SHA512:
    case NID_ED25519:
      return true;
    default:
      return false;
  }
}

// Only one PEM block is accepted, because somebody may have pasted a private key along with
// the request.
bool IsOneRequestBlock(std::string_view pem) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  const std::size_t at = pem.find(kBegin);
  return at != std::string_view::npos && pem.find(kBegin, at + 1) == std::string_view::npos;
}

}  // namespace

std::string SigningRequest(const Key& key) {
  Request request(X509_REQ_new());
  if (X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
      X509_REQ_sign(request.get(), key.get(), DigestFor(key)) <= 0) {
    return "";
  }
  return Written([&](BIO* bio) { PEM_write_bio_X509_REQ(bio, request.get()); });
}

absl::StatusOr<Key> KeyOfRequest(const std::string& csr_pem) {
  if (csr_pem.size() > kMaxRequestBytes)
    return Refuse(rules::kCsrTooLarge, "A request has at most 16384 bytes.");
  if (!IsOneRequestBlock(csr_pem))
    return Refuse(rules::kCsrMalformed, "csr_pem is not one PKCS #10 request in PEM.");
  Request request(PEM_read_bio_X509_REQ(Reader(csr_pem).get(), nullptr, NoPassword, nullptr));
  Key key(request == nullptr ? nullptr : X509_REQ_get_pubkey(request.get()));
  if (key == nullptr) return Refuse(rules::kCsrMalformed, "csr_pem is not one PKCS #10 request in PEM.");
  if (!IsStrongKey(key)) {
    return Refuse(rules::kCsrKeyWeak, "Use an Ed25519, EC P-256 or P-384, or RSA key of 3072 to 4096 bits.");
  }
  if (!RequestSignedStrongly(request.get()) || X509_REQ_verify(request.get(), key.get()) != 1) {
    return Refuse(rules::kCsrSignature, "The request is not signed by its own key with SHA-256 or better.");
  }
  return key;
}

}  // namespace accord::pki
