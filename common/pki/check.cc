#include "common/pki/check.h"

#include <arpa/inet.h>

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

std::string TextOf(const ASN1_STRING* text) {
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                     static_cast<std::size_t>(ASN1_STRING_length(text)));
}

// The bytes are an IPv4 or IPv6 address: 4 or 16 of them.
std::string AddressOf(const std::string& bytes) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text, sizeof(text));
  return text;
}

// Where a chain first fails, counted from the certificate that is verified.
struct Verdict {
  int error = X509_V_OK;
  int depth = 0;
  // The common name of the certificate at that place.
  std::string name = {};
};

bool IsOfTime(int error) {
  return error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID;
}

std::string CommonNameOf(const X509* certificate) {
  char name[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof(name));
  return name;
}

Verdict Verify(X509_STORE* store, X509* certificate, STACK_OF(X509) * between, absl::Time now) {
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
  if (X509_check_private_key(Next(bio.get()).get(), key.get()) == 1) return issued;
  return Refuse(rules::kKeyOfAnotherCertificate, "the certificate and the key are not a pair");
}

absl::StatusOr<std::string> KeyDigestOf(const std::string& certificate_pem) {
  const Bio bio = Reader(certificate_pem);
  const Certificate certificate = Next(bio.get());
  const Key key(certificate == nullptr ? nullptr : X509_get_pubkey(certificate.get()));
  if (key == nullptr) return absl::InvalidArgumentError("not a certificate in PEM");
  return KeyDigest(key);
}

absl::StatusOr<std::vector<Issued>> ReadCertificates(const std::string& pem) {
  std::vector<Issued> all;
  const Bio bio = Reader(pem);
  for (Certificate each = Next(bio.get()); each != nullptr; each = Next(bio.get())) {
    ACCORD_ASSIGN_OR_RETURN(Issued issued,
                            ReadCertificate(Written([&](BIO* out) { PEM_write_bio_X509(out, each.get()); })));
    all.push_back(std::move(issued));
  }
  if (all.empty()) return absl::InvalidArgumentError("not a certificate in PEM");
  return all;
}

absl::StatusOr<Shape> ShapeOf(const std::string& certificate_pem) {
  const Bio bio = Reader(certificate_pem);
  const Certificate certificate = Next(bio.get());
  if (certificate == nullptr) return absl::InvalidArgumentError("not a certificate in PEM");
  Shape shape;
  shape.common_name = CommonNameOf(certificate.get());
  const uint32_t usage = X509_get_extended_key_usage(certificate.get());
  shape.usage = (usage & XKU_SSL_SERVER) == 0   ? "clientAuth"
                : (usage & XKU_SSL_CLIENT) == 0 ? "serverAuth"
                                                : "serverAuth,clientAuth";
  const Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* each = sk_GENERAL_NAME_value(names.get(), i);
    if (each->type == GEN_DNS) {
      shape.names.push_back("DNS:" + TextOf(each->d.dNSName));
    } else if (each->type == GEN_URI) {
      shape.names.push_back("URI:" + TextOf(each->d.uniformResourceIdentifier));
    } else if (each->type == GEN_IPADD) {
      shape.names.push_back("IP:" + AddressOf(TextOf(each->d.iPAddress)));
    } else {
      return absl::InvalidArgumentError("the certificate bears names of a kind that Accord does not use");
    }
  }
  return shape;
}

absl::Status CheckSignedBy(const std::string& certificate_pem, const std::string& authorities_pem,
                           absl::Time now) {
  const Store store = StoreOf(authorities_pem);
  const Bio bio = Reader(certificate_pem);
  const Certificate certificate = Next(bio.get());
  if (store == nullptr || certificate == nullptr)
    return absl::InvalidArgumentError("not a certificate in PEM");
  // The certificates that follow it in its file are shown to peers with it.
  const Chain between(sk_X509_new_null());
  for (Certificate each = Next(bio.get()); each != nullptr; each = Next(bio.get())) {
    if (sk_X509_push(between.get(), each.get()) > 0) each.release();
  }
  const Verdict verdict = Verify(store.get(), certificate.get(), between.get(), now);
  // Lifetime reports on the certificate's own validity; the validity of the authorities is
  // checked here.
  const bool only_its_own = verdict.depth == 0 && IsOfTime(verdict.error);
  if (verdict.error == X509_V_OK || only_its_own) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(verdict.depth > 0 ? absl::StrCat("the authority ", verdict.name, ": ") : "",
                   X509_verify_cert_error_string(verdict.error)));
}

}  // namespace accord::pki
