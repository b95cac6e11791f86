#include "common/pki/envelope.h"

// clang-format off

// The functions of cms.h that read and write PEM are declared only after pem.h.
#include <openssl/pem.h>
#include <openssl/cms.h>
// clang-format on
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>

#include "common/base/error.h"
#include "common/pki/authority.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

using Envelope = std::unique_ptr<CMS_ContentInfo, Deleter<CMS_ContentInfo_free>>;

// This frees the stack but not the certificates on it, which have another owner.
struct StackDeleter {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using CertificateStack = std::unique_ptr<STACK_OF(X509), StackDeleter>;

// Clears the thread's error queue; otherwise the next failure would report what this one left.
absl::Status UnfitCertificate() {
  ERR_clear_error();
  return Refuse(rules::kPackCertificateUnfit,
                "nothing can be sealed for this certificate: `accordctl continuity key` makes one");
}

absl::Status EnvelopeNotOpened() {
  ERR_clear_error();
  return Refuse(rules::kPackNotOpened, "it is sealed for another key, or is not as it was made");
}

}  // namespace

absl::StatusOr<std::string> SealFor(const std::string& certificate_pem, const std::string& plain) {
  const Certificate reader(PEM_read_bio_X509(Reader(certificate_pem).get(), nullptr, NoPassword, nullptr));
  const CertificateStack readers(sk_X509_new_null());
  if (reader == nullptr || readers == nullptr || sk_X509_push(readers.get(), reader.get()) <= 0) {
    return UnfitCertificate();
  }
  const Bio in = Reader(plain);
  const Envelope envelope(CMS_encrypt(readers.get(), in.get(), EVP_aes_256_gcm(), CMS_BINARY));
  if (envelope == nullptr) return UnfitCertificate();
  std::string pem = Written([&](BIO* bio) { PEM_write_bio_CMS(bio, envelope.get()); });
  if (pem.empty()) return UnfitCertificate();
  return pem;
}

absl::StatusOr<std::string> OpenEnvelope(const std::string& envelope_pem, const Key& key) {
  const Envelope envelope(PEM_read_bio_CMS(Reader(envelope_pem).get(), nullptr, NoPassword, nullptr));
  if (envelope == nullptr || key == nullptr) return EnvelopeNotOpened();
  bool opened = false;
  std::string plain = Written([&](BIO* bio) {
    opened = CMS_decrypt(envelope.get(), key.get(), nullptr, nullptr, bio, CMS_BINARY) == 1;
  });
  if (!opened) return EnvelopeNotOpened();
  return plain;
}

}  // namespace accord::pki
