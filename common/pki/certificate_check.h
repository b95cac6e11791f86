// These functions check what may be wrong with the certificate of a process before a peer notices it.
#ifndef ACCORD_COMMON_PKI_CERTIFICATE_CHECK_H_
#define ACCORD_COMMON_PKI_CERTIFICATE_CHECK_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pki/authority.h"

namespace accord::pki {

// This gives the contents of the certificate. It returns INVALID_ARGUMENT if the texts are not a certificate
// and a key in PEM, or do not belong together.
absl::StatusOr<Issued> CheckPair(const std::string& certificate_pem, const std::string& key_pem);

// This returns OK if the first certificate of `certificate_pem` leads, through the certificates that follow
// it, to one of the authorities of `authorities_pem`, and all of these are valid at `now`. INVALID_ARGUMENT
// names the authority at fault. It does not check that the first certificate itself is valid at `now`.
absl::Status CheckSignedBy(const std::string& certificate_pem, const std::string& authorities_pem,
                           absl::Time now);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_CERTIFICATE_CHECK_H_
