// Says what may be wrong with the certificate of a process, before a peer finds it.
#ifndef ACCORD_COMMON_PKI_CHECK_H_
#define ACCORD_COMMON_PKI_CHECK_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pki/authority.h"

namespace accord::pki {

// Gives what the certificate says. INVALID_ARGUMENT if the texts are not a certificate and a key in PEM, or
// not a pair.
absl::StatusOr<Issued> CheckPair(const std::string& certificate_pem, const std::string& key_pem);

// Gives the KeyDigest of the key that the first certificate of a PEM text is for. INVALID_ARGUMENT if there
// is none.
absl::StatusOr<std::string> KeyDigestOf(const std::string& certificate_pem);

// Gives what the certificate says beside its key, for one that takes its place; the times are left to set.
absl::StatusOr<Shape> ShapeOf(const std::string& certificate_pem);

// Gives what each certificate of a text says, in order. INVALID_ARGUMENT if there is none.
absl::StatusOr<std::vector<Issued>> ReadCertificates(const std::string& pem);

// OK if the first certificate of `certificate_pem` leads, through those that follow it there, to one of the
// authorities of `authorities_pem`, and all of these are valid `now`. INVALID_ARGUMENT names the authority at
// fault. Not whether the first one itself is valid now.
absl::Status CheckSignedBy(const std::string& certificate_pem, const std::string& authorities_pem,
                           absl::Time now);

// The certificate of a TLS server that answers at HOST:PORT within 5 seconds, bears `server_name` and is
// signed by an authority of `authorities_pem`. UNAVAILABLE if nobody answers, INVALID_ARGUMENT that says what
// is wrong otherwise.
absl::StatusOr<Issued> CheckServer(const std::string& address, const std::string& server_name,
                                   const std::string& authorities_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_CHECK_H_
