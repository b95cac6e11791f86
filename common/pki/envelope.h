// Texts that nobody reads but who has one key: envelopes of CMS (RFC 5652, RFC 5083), which `openssl cms
// -decrypt` opens as well, where Accord is not at hand.
#ifndef ACCORD_COMMON_PKI_ENVELOPE_H_
#define ACCORD_COMMON_PKI_ENVELOPE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pki/keys.h"

namespace accord::pki {

// In PEM, with AES-256-GCM, for the key of this certificate in PEM. INVALID_ARGUMENT with rule
// PACK_CERTIFICATE_UNFIT if it is no certificate, or nothing can be sealed for its key, as for an Ed25519
// key. Whoever has the certificate can seal: an envelope does not say who did.
absl::StatusOr<std::string> SealFor(const std::string& certificate_pem, const std::string& plain);

// INVALID_ARGUMENT with rule PACK_NOT_OPENED if it is no envelope, was made for another key, or was changed.
absl::StatusOr<std::string> OpenEnvelope(const std::string& envelope_pem, const Key& key);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_ENVELOPE_H_
