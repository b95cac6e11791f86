// Certificates of the services' SPIFFE trust domain identify services.
#ifndef ACCORD_COMMON_BASE_TRUST_DOMAIN_H_
#define ACCORD_COMMON_BASE_TRUST_DOMAIN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord {

// This gives `spiffe://DOMAIN/service/`, which precedes a service's name in the one URI of its certificate.
// The domain is the configured one, or accord.internal if that is empty. It returns INVALID_ARGUMENT for a
// domain that SPIFFE does not allow: one with anything but lower-case letters, digits, dots, hyphens and
// underscores, or with more than 255 characters.
absl::StatusOr<std::string> ServicePrefix(std::string_view configured);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_TRUST_DOMAIN_H_
