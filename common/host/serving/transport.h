// These functions convert between Accord's types and gRPC's.
#ifndef ACCORD_COMMON_HOST_SERVING_TRANSPORT_H_
#define ACCORD_COMMON_HOST_SERVING_TRANSPORT_H_

#include <grpcpp/grpcpp.h>

#include <string>

#include "absl/status/status.h"

namespace accord::host {

// The peer's service name; empty unless its certificate carries exactly one URI SAN of the right form.
std::string PeerOf(const grpc::ServerContextBase& context);

// Trace id out of a W3C `traceparent` header, 32 hex digits; empty if there is none.
std::string TraceOf(const grpc::ServerContextBase& context);

grpc::Status ToGrpc(const absl::Status& status);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_TRANSPORT_H_
