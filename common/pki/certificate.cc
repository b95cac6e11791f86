#include "common/pki/certificate.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <utility>

#include "common/base/error.h"
#include "common/pki/chains.h"
#include "common/pki/keys.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

absl::Time TimeInCertificate(const ASN1_TIME* time) {
  std::tm tm{};
  ASN1_TIME_to_tm(time, &tm);
  return absl::FromTM(tm, absl::UTCTimeZone());
}

// This gives the alternative names of one type, in order.
std::vector<std::string> AlternativeNamesInCertificate(const X509* certificate, int type) {
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

std::string TextInCertificate(const ASN1_STRING* text) {
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                     static_cast<std::size_t>(ASN1_STRING_length(text)));
}

// The bytes are an IPv4 or IPv6 address, and there are 4 or 16 of them.
std::string AddressInCertificate(const std::string& bytes) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text, sizeof(text));
  return text;
}

}  // namespace

void X509Deleter::operator()(X509* certificate) const { X509_free(certificate); }

Validity ValidityOf(const X509* certificate) {
  return {TimeInCertificate(X509_get0_notBefore(certificate)),
          TimeInCertificate(X509_get0_notAfter(certificate))};
}

std::string CertificatePem(const X509* certificate) {
  return Written([&](BIO* bio) { PEM_write_bio_X509(bio, certificate); });
}

Issued DescribeCertificate(const X509* certificate) {
  const auto uris = AlternativeNamesInCertificate(certificate, GEN_URI),
             hosts = AlternativeNamesInCertificate(certificate, GEN_DNS);
  Issued issued{.pem = CertificatePem(certificate),
                .fingerprint = std::string(32, '\0'),
                .uri = uris.size() == 1 ? uris[0] : "",
                .host = hosts.empty() ? "" : hosts[0],
                .not_before = TimeInCertificate(X509_get0_notBefore(certificate)),
                .not_after = TimeInCertificate(X509_get0_notAfter(certificate))};
  unsigned int length = 32;
  X509_digest(certificate, EVP_sha256(), reinterpret_cast<unsigned char*>(issued.fingerprint.data()),
              &length);
  return issued;
}

Certificate ParseCertificate(const std::string& pem) {
  return Certificate(PEM_read_bio_X509(Reader(pem).get(), nullptr, NoPassword, nullptr));
}

std::string CommonNameOf(const X509* certificate) {
  char name[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof(name));
  return name;
}

absl::StatusOr<Issued> ReadCertificate(const std::string& pem) {
  const Certificate certificate = ParseCertificate(pem);
  if (certificate == nullptr) return absl::InvalidArgumentError("not a certificate in PEM");
  return DescribeCertificate(certificate.get());
}

absl::StatusOr<std::string> KeyDigestOf(const std::string& certificate_pem) {
  const Bio bio = Reader(certificate_pem);
  const Certificate certificate = NextCertificate(bio.get());
  const Key key(certificate == nullptr ? nullptr : X509_get_pubkey(certificate.get()));
  if (key == nullptr) return absl::InvalidArgumentError("not a certificate in PEM");
  return KeyDigest(key);
}

absl::StatusOr<std::vector<Issued>> ReadCertificates(const std::string& pem) {
  std::vector<Issued> all;
  const Bio bio = Reader(pem);
  for (Certificate each = NextCertificate(bio.get()); each != nullptr; each = NextCertificate(bio.get())) {
    ACCORD_ASSIGN_OR_RETURN(Issued issued,
                            ReadCertificate(Written([&](BIO* out) { PEM_write_bio_X509(out, each.get()); })));
    all.push_back(std::move(issued));
  }
  if (all.empty()) return absl::InvalidArgumentError("not a certificate in PEM");
  return all;
}

absl::StatusOr<Shape> ShapeOf(const std::string& certificate_pem) {
  const Bio bio = Reader(certificate_pem);
  const Certificate certificate = NextCertificate(bio.get());
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
      shape.names.push_back("DNS:" + TextInCertificate(each->d.dNSName));
    } else if (each->type == GEN_URI) {
      shape.names.push_back("URI:" + TextInCertificate(each->d.uniformResourceIdentifier));
    } else if (each->type == GEN_IPADD) {
      shape.names.push_back("IP:" + AddressInCertificate(TextInCertificate(each->d.iPAddress)));
    } else {
      return absl::InvalidArgumentError("the certificate bears names of a kind that Accord does not use");
    }
  }
  return shape;
}

}  // namespace accord::pki
