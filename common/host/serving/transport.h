// These are conversions between Accord's types and gRPC's.
#ifndef ACCORD_COMMON_HOST_SERVING_TRANSPORT_H_
#define ACCORD_COMMON_HOST_SERVING_TRANSPORT_H_

#include <grpcpp/grpcpp.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace accord::host {

// This gives the peer's service name, or nothing unless its certificate has exactly one URI SAN and that
// begins with `prefix`, which is what ServicePrefix gives for the trust domain.
std::string PeerOf(const grpc::ServerContextBase& context, std::string_view prefix);

// This gives the trace id of a W3C `traceparent` header, 32 hex digits, or nothing if there is none.
std::string TraceOf(const grpc::ServerContextBase& context);

grpc::Status ToGrpc(const absl::Status& status);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_TRANSPORT_H_
