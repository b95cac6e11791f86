// Subject alternative names: what a certificate is believed to be. For the .cc files of this folder.
#ifndef ACCORD_COMMON_PKI_NAMES_H_
#define ACCORD_COMMON_PKI_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pki/openssl.h"

namespace accord::pki {

// Gives one name for each text, `URI:`, `DNS:` or `IP:` and the name itself. None of them is read as
// configuration of OpenSSL's, so a comma or a line's end makes no second name: it is refused.
// INVALID_ARGUMENT with rule CERTIFICATE_NAME_INVALID unless a URI has letters, digits and -._~:/ alone, a
// DNS name is one of a host (its first part may be *), and an address is one.
absl::StatusOr<Names> NamesFrom(const std::vector<std::string>& texts);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_NAMES_H_
