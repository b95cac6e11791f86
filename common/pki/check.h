// Checks what may be wrong with the certificate of a process before a peer notices it.
#ifndef ACCORD_COMMON_PKI_CHECK_H_
#define ACCORD_COMMON_PKI_CHECK_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pki/authority.h"

namespace accord::pki {

// Gives the contents of the certificate. INVALID_ARGUMENT if the texts are not a certificate and a
// key in PEM, or do not belong together.
absl::StatusOr<Issued> CheckPair(const std::string& certificate_pem, const std::string& key_pem);

// Gives the KeyDigest of the key that the first certificate of a PEM text is for. INVALID_ARGUMENT if there
// is none.
absl::StatusOr<std::string> KeyDigestOf(const std::string& certificate_pem);

// Gives the contents of the certificate apart from its key, for its successor; the caller sets
// the times.
absl::StatusOr<Shape> ShapeOf(const std::string& certificate_pem);

// Gives the contents of each certificate in a text, in order. INVALID_ARGUMENT if there is none.
absl::StatusOr<std::vector<Issued>> ReadCertificates(const std::string& pem);

// OK if the first certificate of `certificate_pem` leads, through the certificates that follow it,
// to one of the authorities of `authorities_pem`, and all of these are valid at `now`.
// INVALID_ARGUMENT names the authority at fault. Whether the first certificate itself is valid at
// `now` is not checked.
absl::Status CheckSignedBy(const std::string& certificate_pem, const std::string& authorities_pem,
                           absl::Time now);

// Gives the certificate of the TLS server at HOST:PORT if it answers within 5 seconds, and its
// certificate has the name `server_name` and is signed by an authority of `authorities_pem`.
// UNAVAILABLE if nothing answers; otherwise INVALID_ARGUMENT with the reason.
absl::StatusOr<Issued> CheckServer(const std::string& address, const std::string& server_name,
                                   const std::string& authorities_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_CHECK_H_
