#include "common/pki/certificate_check.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/pki/chains.h"

namespace accord::pki {
namespace {

struct FreeAll {
  void operator()(STACK_OF(X509) * all) const { sk_X509_pop_free(all, X509_free); }
};
using Verification = std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>>;
using Chain = std::unique_ptr<STACK_OF(X509), FreeAll>;

// This says where a chain first fails, counted from the certificate that is verified.
struct Verdict {
  int error = X509_V_OK;
  int depth = 0;
  // This is the common name of the certificate at that place.
  std::string name = {};
};

bool IsCertificateTimeFault(int error) {
  return error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID;
}

Verdict CheckCertificateChain(X509_STORE* store, X509* certificate, STACK_OF(X509) * between,
                              absl::Time now) {
  const Verification verification(X509_STORE_CTX_new());
  X509_STORE_CTX_init(verification.get(), store, certificate, between);
  X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(verification.get()), absl::ToTimeT(now));
  if (X509_verify_cert(verification.get()) == 1) return {};
  const X509* at = X509_STORE_CTX_get_current_cert(verification.get());
  return {X509_STORE_CTX_get_error(verification.get()), X509_STORE_CTX_get_error_depth(verification.get()),
          at == nullptr ? "" : CommonNameOf(at)};
}

}  // namespace

absl::StatusOr<Issued> CheckPair(const std::string& certificate_pem, const std::string& key_pem) {
  ACCORD_ASSIGN_OR_RETURN(Issued issued, ReadCertificate(certificate_pem));
  ACCORD_ASSIGN_OR_RETURN(const Key key, ReadPrivateKey(key_pem));
  const Bio bio = Reader(certificate_pem);
  if (X509_check_private_key(NextCertificate(bio.get()).get(), key.get()) == 1) return issued;
  return Refuse(rules::kKeyOfAnotherCertificate, "the certificate and the key are not a pair");
}

absl::Status CheckSignedBy(const std::string& certificate_pem, const std::string& authorities_pem,
                           absl::Time now) {
  const Store store = StoreOf(authorities_pem);
  const Bio bio = Reader(certificate_pem);
  const Certificate certificate = NextCertificate(bio.get());
  if (store == nullptr || certificate == nullptr)
    return absl::InvalidArgumentError("not a certificate in PEM");
  // The certificates that follow it in its file are shown to peers with it.
  const Chain between(sk_X509_new_null());
  for (Certificate each = NextCertificate(bio.get()); each != nullptr; each = NextCertificate(bio.get())) {
    if (sk_X509_push(between.get(), each.get()) > 0) each.release();
  }
  const Verdict verdict = CheckCertificateChain(store.get(), certificate.get(), between.get(), now);
  // Lifetime reports on the certificate's own validity; the validity of the authorities is
  // checked here.
  const bool only_its_own = verdict.depth == 0 && IsCertificateTimeFault(verdict.error);
  if (verdict.error == X509_V_OK || only_its_own) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(verdict.depth > 0 ? absl::StrCat("the authority ", verdict.name, ": ") : "",
                   X509_verify_cert_error_string(verdict.error)));
}

}  // namespace accord::pki
