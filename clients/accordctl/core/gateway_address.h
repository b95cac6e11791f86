// This file is about the address of the gateway as a context gives it, HOST:PORT.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_GATEWAY_ADDRESS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_GATEWAY_ADDRESS_H_

#include <string>

#include "absl/status/status.h"

namespace accord::ctl {

// This returns INVALID_ARGUMENT unless it is HOST:PORT.
absl::Status CheckGatewayAddress(const std::string& address);

// This gives the host of HOST:PORT as a certificate names it: an IPv6 address has no brackets.
std::string HostOfAddress(const std::string& address);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_GATEWAY_ADDRESS_H_
