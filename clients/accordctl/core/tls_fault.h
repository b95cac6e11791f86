// This finds out why no call succeeds: gRPC's "unavailable" often means a certificate, and then trying again
// does not help.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_TLS_FAULT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_TLS_FAULT_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/contexts.h"
#include "clients/accordctl/core/pem_files.h"

namespace accord::ctl {

// This returns OK if the only obstacle is that nothing answers at present. Otherwise gives the obstacle:
// UNAUTHENTICATED with rule CERTIFICATE_ENDED, CERTIFICATE_NOT_YET_VALID, TLS_CERTIFICATE_REVOKED,
// CERTIFICATE_AUTHORITY_UNKNOWN or CERTIFICATE_REFUSED about the caller's certificate, or
// GATEWAY_AUTHORITY_UNKNOWN, GATEWAY_CERTIFICATE_ENDED, GATEWAY_NAME or GATEWAY_CERTIFICATE about the
// gateway's; or INVALID_ARGUMENT with rule ADDRESS_UNKNOWN or NOT_TLS. It connects to the gateway once more,
// so it takes a moment.
absl::Status WhyTlsFails(const Context& context, const TlsFiles& files, absl::Time now);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TLS_FAULT_H_
