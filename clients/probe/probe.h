// This checks the health of a process on the same machine, because the kubelet's own probe cannot use
// its TLS.
#ifndef ACCORD_CLIENTS_PROBE_PROBE_H_
#define ACCORD_CLIENTS_PROBE_PROBE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace accord::probe {

// This calls grpc.health.v1 of the process that runs on this machine with this configuration (a service's or
// the gateway's), using the process's own certificate, and gives true if it is SERVING. It returns
// UNAVAILABLE if nothing answers within `timeout`; it returns INVALID_ARGUMENT if the configuration or the
// certificate cannot be used.
absl::StatusOr<bool> IsServing(const std::string& config_file, absl::Duration timeout);

}  // namespace accord::probe

#endif  // ACCORD_CLIENTS_PROBE_PROBE_H_
