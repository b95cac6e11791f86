// This is what a gateway reads before it opens a socket: its configuration, keys, certificates and budgets.
#ifndef ACCORD_SERVICES_GATEWAY_GATEWAY_LOAD_H_
#define ACCORD_SERVICES_GATEWAY_GATEWAY_LOAD_H_

#include <string>

#include "absl/status/status.h"
#include "services/gateway/calls/gateway_state.h"

namespace accord::gateway {

// This fills a state that is empty. An error says what to mend.
absl::Status LoadState(const v1::GatewayConfig& config, GatewayState* state);

// This gives a text that is another one after a file of the certificates has changed.
std::string CertificatesStamp(const v1::GatewayConfig& config);
// This takes the certificates that the files hold, or none of them if one cannot be read.
absl::Status LoadCertificates(GatewayState* state);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_GATEWAY_LOAD_H_
