// The trust domain of the services, as SPIFFE calls it: whose certificates say that they are services.
#ifndef ACCORD_COMMON_BASE_TRUST_DOMAIN_H_
#define ACCORD_COMMON_BASE_TRUST_DOMAIN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord {

// `spiffe://DOMAIN/service/`, before a service's name in the one URI of its certificate. The domain is the
// configured one, or accord.internal if that is empty. INVALID_ARGUMENT for what SPIFFE allows no trust
// domain to be: anything but small letters, digits, dots, hyphens and low lines, or more than 255 of them.
absl::StatusOr<std::string> ServicePrefix(std::string_view configured);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_TRUST_DOMAIN_H_
