// What may be wrong with the certificate of a process, found before a peer finds it.
#ifndef ACCORD_COMMON_PKI_CHECK_H_
#define ACCORD_COMMON_PKI_CHECK_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pki/authority.h"

namespace accord::pki {

// What the certificate says. INVALID_ARGUMENT if the texts are not a certificate and a key in PEM, or not a
// pair.
absl::StatusOr<Issued> CheckPair(const std::string& certificate_pem, const std::string& key_pem);

// What the certificate says beside its key, for one that takes its place; the times are left to set.
absl::StatusOr<Shape> ShapeOf(const std::string& certificate_pem);

// OK if one of the authorities of `authorities_pem` signed the certificate. Not whether either is valid now.
absl::Status CheckSignedBy(const std::string& certificate_pem, const std::string& authorities_pem);

// The certificate of a TLS server that answers at HOST:PORT within 5 seconds, bears `server_name` and is
// signed by an authority of `authorities_pem`. UNAVAILABLE if nobody answers, INVALID_ARGUMENT that says what
// is wrong otherwise.
absl::StatusOr<Issued> CheckServer(const std::string& address, const std::string& server_name,
                                   const std::string& authorities_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_CHECK_H_
