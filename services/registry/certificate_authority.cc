#include "services/registry/certificate_authority.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::registry {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Request = std::unique_ptr<X509_REQ, Deleter<X509_REQ_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>>;

Bio Read(const std::string& text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

absl::Status Invalid(std::string_view rule, std::string_view message) {
  return Refuse(absl::StatusCode::kInvalidArgument, rule, message);
}

absl::Status Failed() {
  return Refuse(absl::StatusCode::kInternal, "CERTIFICATE_NOT_SIGNED",
                "The certificate could not be signed.");
}

std::string UriOf(const std::string& agency, const std::string& system) {
  return absl::StrCat("spiffe://accord.example/agency/", agency, "/system/", system);
}

bool StrongEnough(EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_ED25519:
      return true;
    case EVP_PKEY_EC: {
      char group[64] = {};
      std::size_t size = 0;
      if (EVP_PKEY_get_group_name(key, group, sizeof(group), &size) != 1) return false;
      const std::string_view name(group, size);
      return name == "prime256v1" || name == "secp384r1";
    }
    case EVP_PKEY_RSA:
      return EVP_PKEY_get_bits(key) >= 3072;
    default:
      return false;
  }
}

bool AddExtension(X509* certificate, X509V3_CTX* context, int nid, const std::string& value) {
  Extension extension(X509V3_EXT_conf_nid(nullptr, context, nid, value.c_str()));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool SetSerial(X509* certificate) {
  std::string bytes = RandomBytes(16);
  bytes[0] = static_cast<char>(bytes[0] & 0x7f);  // A serial number is positive.
  std::unique_ptr<BIGNUM, Deleter<BN_free>> number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), 16, nullptr));
  return BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm tm{};
  ASN1_TIME_to_tm(time, &tm);
  return absl::FromTM(tm, absl::UTCTimeZone());
}

bool SetTimes(X509* certificate, absl::Time from, absl::Time to) {
  return ASN1_TIME_set(X509_getm_notBefore(certificate), absl::ToTimeT(from)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(to)) != nullptr;
}

Issued Describe(X509* certificate) {
  Issued issued;
  Bio out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), certificate);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  issued.pem.assign(text, size);
  issued.fingerprint.resize(32);
  unsigned int length = 32;
  X509_digest(certificate, EVP_sha256(), reinterpret_cast<unsigned char*>(issued.fingerprint.data()),
              &length);
  issued.not_before = TimeOf(X509_get0_notBefore(certificate));
  issued.not_after = TimeOf(X509_get0_notAfter(certificate));
  return issued;
}

// The only URI among the alternative names; empty if there are none or several.
std::string OnlyUri(X509* certificate) {
  Names names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::string uri;
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    if (!uri.empty()) return "";
    uri.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.uniformResourceIdentifier)),
               ASN1_STRING_length(name->d.uniformResourceIdentifier));
  }
  return uri;
}

const EVP_MD* DigestFor(EVP_PKEY* key) {
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
}

}  // namespace

void X509Deleter::operator()(X509* certificate) const { X509_free(certificate); }

absl::StatusOr<CertificateAuthority> CertificateAuthority::Load(const std::string& certificate_pem,
                                                                const std::string& key_pem) {
  X509Ptr certificate(PEM_read_bio_X509(Read(certificate_pem).get(), nullptr, nullptr, nullptr));
  Key key(PEM_read_bio_PrivateKey(Read(key_pem).get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr || key == nullptr || X509_check_private_key(certificate.get(), key.get()) != 1) {
    return absl::InvalidArgumentError("the agency authority's certificate and key are not a pair in PEM");
  }
  if (X509_get_ext_by_NID(certificate.get(), NID_subject_key_identifier, -1) < 0) {
    return absl::InvalidArgumentError("the agency authority's certificate has no subject key identifier");
  }
  return CertificateAuthority(std::move(certificate), std::move(key));
}

absl::StatusOr<Issued> CertificateAuthority::Sign(const std::string& csr_pem, const std::string& agency,
                                                  const std::string& system, int days, absl::Time now) const {
  Request request(PEM_read_bio_X509_REQ(Read(csr_pem).get(), nullptr, nullptr, nullptr));
  EVP_PKEY* public_key = request == nullptr ? nullptr : X509_REQ_get0_pubkey(request.get());
  if (public_key == nullptr) return Invalid("CSR_MALFORMED", "csr_pem is not a PKCS #10 request in PEM.");
  if (!StrongEnough(public_key)) {
    return Invalid("CSR_KEY_WEAK", "Use an Ed25519, EC P-256 or P-384, or RSA key of 3072 bits or more.");
  }
  if (X509_REQ_verify(request.get(), public_key) != 1) {
    return Invalid("CSR_SIGNATURE", "The request is not signed by its own key.");
  }
  X509Ptr certificate(X509_new());
  X509* x = certificate.get();
  const absl::Time end =
      std::min(now + absl::Hours(24) * days, TimeOf(X509_get0_notAfter(certificate_.get())));
  X509_NAME* name = X509_get_subject_name(x);
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate_.get(), x, nullptr, nullptr, 0);
  const bool built =
      X509_set_version(x, X509_VERSION_3) == 1 && SetSerial(x) && SetTimes(x, now - absl::Minutes(1), end) &&
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(system.c_str()), -1, -1, 0) == 1 &&
      X509_set_issuer_name(x, X509_get_subject_name(certificate_.get())) == 1 &&
      X509_set_pubkey(x, public_key) == 1 &&
      AddExtension(x, &context, NID_basic_constraints, "critical,CA:FALSE") &&
      AddExtension(x, &context, NID_key_usage, "critical,digitalSignature") &&
      AddExtension(x, &context, NID_ext_key_usage, "clientAuth") &&
      AddExtension(x, &context, NID_subject_key_identifier, "hash") &&
      AddExtension(x, &context, NID_authority_key_identifier, "keyid") &&
      AddExtension(x, &context, NID_subject_alt_name, "URI:" + UriOf(agency, system)) &&
      X509_sign(x, key_.get(), DigestFor(key_.get())) > 0;
  if (!built) return Failed();
  return Describe(x);
}

absl::StatusOr<Issued> CertificateAuthority::Inspect(const std::string& pem, const std::string& agency,
                                                     const std::string& system) const {
  X509Ptr certificate(PEM_read_bio_X509(Read(pem).get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr || X509_verify(certificate.get(), key_.get()) != 1) {
    return absl::InvalidArgumentError("the certificate is not signed by the agency authority");
  }
  if (OnlyUri(certificate.get()) != UriOf(agency, system)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the certificate's one URI must be ", UriOf(agency, system)));
  }
  return Describe(certificate.get());
}

}  // namespace accord::registry
