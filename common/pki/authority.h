// This is a certificate authority and the identities that it certifies.
#ifndef ACCORD_COMMON_PKI_AUTHORITY_H_
#define ACCORD_COMMON_PKI_AUTHORITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pki/certificate.h"
#include "common/pki/keys.h"

namespace accord::pki {

// A certificate, or an authority, may be valid for at most this many days. Browsers accept 398 for a
// public certificate.
inline constexpr int kMaxDays = 398, kMaxAuthorityDays = 36525;

// This returns FIELD_INVALID unless `days` is 1 to `most`.
absl::Status CheckDays(int days, int most = kMaxDays);

// An installation is either for real records or for training with made-up ones. The identities of
// agencies have a different trust domain in each, so that neither gateway accepts certificates of
// the other, whoever signed them.
enum class Realm { kProduction, kTraining };
// This gives `spiffe://accord.example/agency/<agency>/system/<system>`, the identity of an agency's system.
// For training, the trust domain is `training.accord.example`.
std::string SystemUri(std::string_view agency, std::string_view system, Realm realm = Realm::kProduction);
// This gives `spiffe://accord.internal/service/<name>`, the identity of a service.
std::string ServiceUri(std::string_view name);

class Authority {
 public:
  // This makes a new key and its self-signed certificate, valid from `now` for 1 to kMaxAuthorityDays days.
  static absl::StatusOr<Authority> Create(const std::string& common_name, int days, absl::Time now);
  // This reads the authority's certificate and key in PEM, which must belong together. Certificates of the
  // authorities above it may follow. An expired authority can be loaded but signs nothing. The systems'
  // identities that it signs and inspects are those of the realm.
  static absl::StatusOr<Authority> Load(const std::string& certificate_pem, const std::string& key_pem,
                                        Realm realm = Realm::kProduction);

  // This returns FAILED_PRECONDITION with rule AUTHORITY_EXPIRED or AUTHORITY_NOT_YET_VALID.
  absl::Status CheckValid(absl::Time now) const;
  // Certifies a public key if the authority is valid at `now`. The certificate ends no later than the
  // authority, and not after the year 9999. It returns INVALID_ARGUMENT with rule CERTIFICATE_NAME_INVALID or
  // CERTIFICATE_TIME_INVALID if the shape is not valid.
  absl::StatusOr<Issued> Sign(const Key& key, const Shape& shape, absl::Time now) const;
  // This signs a PKCS #10 request for one system of an agency, valid for 1 to kMaxDays days. Whatever else
  // the request asks for is ignored. It refuses as KeyOfRequest and Sign do, and with FIELD_INVALID.
  absl::StatusOr<Issued> SignSystem(const std::string& csr_pem, const std::string& agency,
                                    const std::string& system, int days, absl::Time now) const;
  // This checks a certificate for this system that was signed elsewhere with this authority's key.
  absl::StatusOr<Issued> InspectSystem(const std::string& pem, const std::string& agency,
                                       const std::string& system) const;

  std::string certificate_pem() const;
  std::string key_pem() const { return PrivatePem(key_); }

 private:
  Authority(Certificate certificate, Key key, Validity valid, Realm realm)
      : certificate_(std::move(certificate)), key_(std::move(key)), valid_(valid), realm_(realm) {}
  Certificate certificate_;
  Key key_;
  Validity valid_;
  Realm realm_;
};

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_AUTHORITY_H_
