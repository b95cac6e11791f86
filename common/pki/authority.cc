#include "common/pki/authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

absl::Status Failed() {
  return Refuse(absl::StatusCode::kInternal, "CERTIFICATE_NOT_SIGNED",
                "The certificate could not be signed.");
}

bool AddExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool SetSerial(X509* certificate) {
  std::string bytes = RandomBytes(16);
  bytes[0] = static_cast<char>(bytes[0] & 0x7f);  // A serial number is positive.
  Number number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), 16, nullptr));
  return BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm tm{};
  ASN1_TIME_to_tm(time, &tm);
  return absl::FromTM(tm, absl::UTCTimeZone());
}

// The alternative names of one type, in order.
std::vector<std::string> NamesOf(const X509* certificate, int type) {
  Names names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> found;
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != type) continue;
    // URIs and DNS names are both IA5 strings.
    found.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.ia5)),
                       ASN1_STRING_length(name->d.ia5));
  }
  return found;
}

std::string PemOf(const X509* certificate) {
  return Written([&](BIO* bio) { PEM_write_bio_X509(bio, certificate); });
}

Issued Describe(const X509* certificate) {
  const auto uris = NamesOf(certificate, GEN_URI), hosts = NamesOf(certificate, GEN_DNS);
  Issued issued{.pem = PemOf(certificate),
                .fingerprint = std::string(32, '\0'),
                .uri = uris.size() == 1 ? uris[0] : "",
                .host = hosts.empty() ? "" : hosts[0],
                .not_before = TimeOf(X509_get0_notBefore(certificate)),
                .not_after = TimeOf(X509_get0_notAfter(certificate))};
  unsigned int length = 32;
  X509_digest(certificate, EVP_sha256(), reinterpret_cast<unsigned char*>(issued.fingerprint.data()),
              &length);
  return issued;
}

Certificate Parse(const std::string& pem) {
  return Certificate(PEM_read_bio_X509(Reader(pem).get(), nullptr, nullptr, nullptr));
}

const EVP_MD* DigestFor(const Key& key) {
  return EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
}

// Version, serial number, times, subject and key: what every certificate has.
bool Begin(X509* x, const Key& key, const std::string& common_name, absl::Time from, absl::Time to) {
  return X509_set_version(x, X509_VERSION_3) == 1 && SetSerial(x) &&
         ASN1_TIME_set(X509_getm_notBefore(x), absl::ToTimeT(from)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(x), absl::ToTimeT(to)) != nullptr &&
         X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                                    0) == 1 &&
         X509_set_pubkey(x, key.get()) == 1;
}

}  // namespace

void X509Deleter::operator()(X509* certificate) const { X509_free(certificate); }

std::string SystemUri(std::string_view agency, std::string_view system) {
  return absl::StrCat("spiffe://accord.example/agency/", std::string(agency), "/system/",
                      std::string(system));
}

std::string ServiceUri(std::string_view name) {
  return absl::StrCat("spiffe://accord.internal/service/", std::string(name));
}

absl::StatusOr<Issued> ReadCertificate(const std::string& pem) {
  const Certificate certificate = Parse(pem);
  if (certificate == nullptr) return absl::InvalidArgumentError("not a certificate in PEM");
  return Describe(certificate.get());
}

absl::StatusOr<Authority> Authority::Create(const std::string& common_name, int days, absl::Time now) {
  Key key = NewTlsKey();
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  const bool built =
      key != nullptr && Begin(x, key, common_name, now - absl::Hours(1), now + absl::Hours(24) * days) &&
      X509_set_issuer_name(x, X509_get_subject_name(x)) == 1 &&
      AddExtension(x, x, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
      AddExtension(x, x, NID_key_usage, "critical,keyCertSign,cRLSign") &&
      AddExtension(x, x, NID_subject_key_identifier, "hash") && X509_sign(x, key.get(), EVP_sha256()) > 0;
  if (!built) return Failed();
  return Authority(std::move(certificate), std::move(key));
}

absl::StatusOr<Authority> Authority::Load(const std::string& certificate_pem, const std::string& key_pem) {
  Certificate certificate = Parse(certificate_pem);
  ACCORD_ASSIGN_OR_RETURN(Key key, ReadPrivateKey(key_pem));
  if (certificate == nullptr || X509_check_private_key(certificate.get(), key.get()) != 1) {
    return absl::InvalidArgumentError("the authority's certificate and key are not a pair in PEM");
  }
  if (X509_get_ext_by_NID(certificate.get(), NID_subject_key_identifier, -1) < 0) {
    return absl::InvalidArgumentError("the authority's certificate has no subject key identifier");
  }
  return Authority(std::move(certificate), std::move(key));
}

absl::StatusOr<Issued> Authority::Sign(const Key& key, const Shape& shape) const {
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  X509* issuer = certificate_.get();
  const absl::Time end = std::min(shape.not_after, TimeOf(X509_get0_notAfter(issuer)));
  const bool built = Begin(x, key, shape.common_name, shape.not_before, end) &&
                     X509_set_issuer_name(x, X509_get_subject_name(issuer)) == 1 &&
                     AddExtension(x, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
                     AddExtension(x, issuer, NID_key_usage, "critical,digitalSignature") &&
                     AddExtension(x, issuer, NID_ext_key_usage, shape.usage) &&
                     AddExtension(x, issuer, NID_subject_key_identifier, "hash") &&
                     AddExtension(x, issuer, NID_authority_key_identifier, "keyid") &&
                     (shape.names.empty() ||
                      AddExtension(x, issuer, NID_subject_alt_name, absl::StrJoin(shape.names, ","))) &&
                     X509_sign(x, key_.get(), DigestFor(key_)) > 0;
  if (!built) return Failed();
  return Describe(x);
}

absl::StatusOr<Issued> Authority::SignSystem(const std::string& csr_pem, const std::string& agency,
                                             const std::string& system, int days, absl::Time now) const {
  ACCORD_ASSIGN_OR_RETURN(const Key key, KeyOfRequest(csr_pem));
  return Sign(key, {.common_name = system,
                    .names = {"URI:" + SystemUri(agency, system)},
                    .not_before = now - absl::Minutes(1),
                    .not_after = now + absl::Hours(24) * days});
}

absl::StatusOr<Issued> Authority::InspectSystem(const std::string& pem, const std::string& agency,
                                                const std::string& system) const {
  const Certificate certificate = Parse(pem);
  if (certificate == nullptr || X509_verify(certificate.get(), key_.get()) != 1) {
    return absl::InvalidArgumentError("the certificate is not signed by the agency authority");
  }
  Issued issued = Describe(certificate.get());
  if (issued.uri != SystemUri(agency, system)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the certificate's one URI must be ", SystemUri(agency, system)));
  }
  return issued;
}

std::string Authority::certificate_pem() const { return PemOf(certificate_.get()); }

}  // namespace accord::pki
