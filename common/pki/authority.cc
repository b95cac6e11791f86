#include "common/pki/authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/pki/certificate_names.h"
#include "common/pki/openssl.h"
#include "common/pki/signing_request.h"

namespace accord::pki {
namespace {

absl::Status NotSigned() {
  return Refuse(rules::kCertificateNotSigned, "The certificate could not be signed.");
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

// This is 9999-12-31T23:59:59Z, the last instant that a certificate can name. RFC 5280, section 4.1.2.5, uses
// it for certificates that do not expire.
constexpr absl::Time kLastInstant = absl::FromUnixSeconds(253402300799);

// Sets version, serial number, times, subject and key, which every certificate has.
bool BeginCertificate(X509* x, const Key& key, const std::string& common_name, absl::Time from,
                      absl::Time to) {
  return X509_set_version(x, X509_VERSION_3) == 1 && SetSerial(x) &&
         ASN1_TIME_set(X509_getm_notBefore(x), absl::ToTimeT(from)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(x), absl::ToTimeT(std::min(to, kLastInstant))) != nullptr &&
         X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(common_name.data()),
                                    static_cast<int>(common_name.size()), -1, 0) == 1 &&
         X509_set_pubkey(x, key.get()) == 1;
}

bool IsPlain(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::none_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
}

bool IsUsage(std::string_view usage) {
  return usage == "clientAuth" || usage == "serverAuth" || usage == "serverAuth,clientAuth";
}

absl::Status CheckIds(const std::string& agency, const std::string& system) {
  std::vector<std::pair<std::string, std::string>> faults;
  for (const auto& [field, id] : {std::pair("agency", &agency), std::pair("system", &system)}) {
    if (!IsId(*id)) faults.emplace_back(field, "must be 1 to 63 of a-z, 0-9 and -, starting with a letter");
  }
  return faults.empty() ? absl::OkStatus() : RefuseFields(faults);
}

// This gives all certificates of a PEM text, in order.
std::vector<Certificate> CertificatesOfAuthority(const std::string& pem) {
  std::vector<Certificate> all;
  const Bio bio = Reader(pem);
  while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, NoPassword, nullptr)) all.emplace_back(next);
  return all;
}

}  // namespace

absl::Status CheckDays(int days, int most) {
  if (days >= 1 && days <= most) return absl::OkStatus();
  return RefuseFields({{"days", absl::StrCat("must be 1 to ", most)}});
}

std::string SystemUri(std::string_view agency, std::string_view system, Realm realm) {
  return absl::StrCat("spiffe://", realm == Realm::kTraining ? "training." : "", "accord.example/agency/",
                      std::string(agency), "/system/", std::string(system));
}

std::string ServiceUri(std::string_view name) {
  return absl::StrCat("spiffe://accord.internal/service/", std::string(name));
}

absl::StatusOr<Authority> Authority::Create(const std::string& common_name, int days, absl::Time now) {
  ACCORD_RETURN_IF_ERROR(CheckDays(days, kMaxAuthorityDays));
  Key key = NewTlsKey();
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  const absl::Time begin = now - absl::Hours(1), end = now + absl::Hours(24) * days;
  const bool built =
      key != nullptr && IsPlain(common_name) && BeginCertificate(x, key, common_name, begin, end) &&
      X509_set_issuer_name(x, X509_get_subject_name(x)) == 1 &&
      AddExtension(x, x, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
      AddExtension(x, x, NID_key_usage, "critical,keyCertSign,cRLSign") &&
      AddExtension(x, x, NID_subject_key_identifier, "hash") && X509_sign(x, key.get(), EVP_sha256()) > 0;
  if (!built) return NotSigned();
  return Authority(std::move(certificate), std::move(key), {begin, end}, Realm::kProduction);
}

absl::StatusOr<Authority> Authority::Load(const std::string& certificate_pem, const std::string& key_pem,
                                          Realm realm) {
  std::vector<Certificate> all = CertificatesOfAuthority(certificate_pem);
  ACCORD_ASSIGN_OR_RETURN(Key key, ReadPrivateKey(key_pem));
  if (all.empty() || X509_check_private_key(all.front().get(), key.get()) != 1) {
    return absl::InvalidArgumentError("the authority's certificate and key are not a pair in PEM");
  }
  if (X509_get_ext_by_NID(all.front().get(), NID_subject_key_identifier, -1) < 0) {
    return absl::InvalidArgumentError("the authority's certificate has no subject key identifier");
  }
  if (X509_check_ca(all.front().get()) != 1) {
    return absl::InvalidArgumentError("the authority's certificate is not one of an authority");
  }
  // The authority is valid no longer than those that certify it, as far as they are in the file.
  Validity valid = ValidityOf(all.front().get());
  const X509* below = all.front().get();
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (X509_check_issued(all[i].get(), const_cast<X509*>(below)) != X509_V_OK) continue;
    below = all[i].get();
    valid.begin = std::max(valid.begin, ValidityOf(below).begin);
    valid.end = std::min(valid.end, ValidityOf(below).end);
  }
  return Authority(std::move(all.front()), std::move(key), valid, realm);
}

absl::Status Authority::CheckValid(absl::Time now) const {
  if (now < valid_.begin) {
    return Refuse(
        rules::kAuthorityNotYetValid,
        "The authority's certificate is not valid yet: set the clock, or wait. Nothing was signed.");
  }
  if (now < valid_.end) return absl::OkStatus();
  return Refuse(
      rules::kAuthorityExpired,
      "The authority's certificate has expired: put a new authority in its place. Nothing was signed.");
}

absl::StatusOr<Issued> Authority::Sign(const Key& key, const Shape& shape, absl::Time now) const {
  ACCORD_RETURN_IF_ERROR(CheckValid(now));
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  X509* issuer = certificate_.get();
  const absl::Time end = std::min(shape.not_after, valid_.end);
  if (end <= shape.not_before) {
    return Refuse(rules::kCertificateTimeInvalid,
                  "A certificate ends after it begins, and before its authority does.");
  }
  if (!IsPlain(shape.common_name) || !IsUsage(shape.usage)) {
    return Refuse(rules::kCertificateNameInvalid,
                  "The certificate's common name or use is not one that Accord writes.");
  }
  ACCORD_ASSIGN_OR_RETURN(const Names names, CertificateNamesFrom(shape.names));
  const bool built = BeginCertificate(x, key, shape.common_name, shape.not_before, end) &&
                     X509_set_issuer_name(x, X509_get_subject_name(issuer)) == 1 &&
                     AddExtension(x, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
                     AddExtension(x, issuer, NID_key_usage, "critical,digitalSignature") &&
                     AddExtension(x, issuer, NID_ext_key_usage, shape.usage) &&
                     AddExtension(x, issuer, NID_subject_key_identifier, "hash") &&
                     AddExtension(x, issuer, NID_authority_key_identifier, "keyid") &&
                     (shape.names.empty() ||
                      X509_add1_ext_i2d(x, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1) &&
                     X509_sign(x, key_.get(), DigestFor(key_)) > 0;
  if (!built) return NotSigned();
  return DescribeCertificate(x);
}

absl::StatusOr<Issued> Authority::SignSystem(const std::string& csr_pem, const std::string& agency,
                                             const std::string& system, int days, absl::Time now) const {
  ACCORD_RETURN_IF_ERROR(CheckIds(agency, system));
  ACCORD_RETURN_IF_ERROR(CheckDays(days, kMaxDays));
  ACCORD_RETURN_IF_ERROR(CheckValid(now));
  ACCORD_ASSIGN_OR_RETURN(const Key key, KeyOfRequest(csr_pem));
  return Sign(key,
              {.common_name = system,
               .names = {"URI:" + SystemUri(agency, system, realm_)},
               .not_before = now - absl::Minutes(1),
               .not_after = now + absl::Hours(24) * days},
              now);
}

absl::StatusOr<Issued> Authority::InspectSystem(const std::string& pem, const std::string& agency,
                                                const std::string& system) const {
  ACCORD_RETURN_IF_ERROR(CheckIds(agency, system));
  const Certificate certificate = ParseCertificate(pem);
  if (certificate == nullptr || X509_verify(certificate.get(), key_.get()) != 1) {
    return absl::InvalidArgumentError("the certificate is not signed by the agency authority");
  }
  Issued issued = DescribeCertificate(certificate.get());
  if (issued.uri != SystemUri(agency, system, realm_)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the certificate's one URI must be ", SystemUri(agency, system, realm_)));
  }
  return issued;
}

std::string Authority::certificate_pem() const { return CertificatePem(certificate_.get()); }

}  // namespace accord::pki
