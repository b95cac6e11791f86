// This says why no call goes through: what gRPC calls "unavailable" is often a certificate, and then trying
// again does not help.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_TLS_FAULT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_TLS_FAULT_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/contexts.h"
#include "clients/accordctl/core/pem_files.h"

namespace accord::ctl {

// INVALID_ARGUMENT unless it is HOST:PORT.
absl::Status CheckAddress(const std::string& address);

// Gives the host of HOST:PORT, as a certificate names it: an IPv6 address without its brackets.
std::string HostOf(const std::string& address);

// OK if nothing stands in the way but that nobody answers now. Otherwise what does, as UNAUTHENTICATED with
// rule CERTIFICATE_ENDED, CERTIFICATE_NOT_YET_VALID, TLS_CERTIFICATE_REVOKED, CERTIFICATE_AUTHORITY_UNKNOWN
// or CERTIFICATE_REFUSED of one's own, or GATEWAY_AUTHORITY_UNKNOWN, GATEWAY_CERTIFICATE_ENDED, GATEWAY_NAME
// or GATEWAY_CERTIFICATE of the gateway's; or as INVALID_ARGUMENT with rule ADDRESS_UNKNOWN or NOT_TLS.
// Greets the gateway once more, so it takes a moment.
absl::Status WhyNot(const Context& context, const TlsFiles& files, absl::Time now);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TLS_FAULT_H_
