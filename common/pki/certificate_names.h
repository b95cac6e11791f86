// Subject alternative names identify the holder of a certificate. This file is for the .cc files of
// this folder.
#ifndef ACCORD_COMMON_PKI_CERTIFICATE_NAMES_H_
#define ACCORD_COMMON_PKI_CERTIFICATE_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pki/openssl.h"

namespace accord::pki {

// This gives one name for each text, which is `URI:`, `DNS:` or `IP:` followed by the name. The texts are not
// parsed as OpenSSL configuration, so a comma or a line end is refused and cannot add a second name. It
// returns INVALID_ARGUMENT with rule CERTIFICATE_NAME_INVALID unless a URI has only letters, digits and
// -._~:/, a DNS name is a host name (its first label may be *), and an address is an IP address.
absl::StatusOr<Names> CertificateNamesFrom(const std::vector<std::string>& texts);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_CERTIFICATE_NAMES_H_
