// An envelope is a text that only the holder of one key can read. It is CMS (RFC 5652, RFC 5083), which
// `openssl cms -decrypt` also opens where Accord is not available.
#ifndef ACCORD_COMMON_PKI_ENVELOPE_H_
#define ACCORD_COMMON_PKI_ENVELOPE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pki/keys.h"

namespace accord::pki {

// Encrypts with AES-256-GCM for the key of this PEM certificate, and gives PEM. It returns INVALID_ARGUMENT
// with rule PACK_CERTIFICATE_UNFIT if it is not a certificate, or if nothing can be encrypted for its key, as
// for an Ed25519 key. Anybody with the certificate can do this: an envelope does not say who made it.
absl::StatusOr<std::string> SealFor(const std::string& certificate_pem, const std::string& plain);

// This returns INVALID_ARGUMENT with rule PACK_NOT_OPENED if it is not an envelope, was made for another key,
// or was changed.
absl::StatusOr<std::string> OpenEnvelope(const std::string& envelope_pem, const Key& key);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_ENVELOPE_H_
