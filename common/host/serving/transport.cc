#include "common/host/serving/transport.h"

#include <grpc/grpc_security_constants.h>

#include "common/base/error.h"

namespace accord::host {
namespace {

constexpr char kServicePrefix[] = "spiffe://accord.internal/service/";

}  // namespace

std::string PeerOf(const grpc::ServerContextBase& context) {
  const auto auth = context.auth_context();
  if (auth == nullptr || !auth->IsPeerAuthenticated()) return "";
  const auto uris = auth->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME);
  if (uris.size() != 1) return "";
  const std::string uri(uris[0].data(), uris[0].size());
  const std::string prefix = kServicePrefix;
  return uri.compare(0, prefix.size(), prefix) == 0 ? uri.substr(prefix.size()) : "";
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      StatusDetails(status));
}

std::string TraceOf(const grpc::ServerContextBase& context) {
  const auto header = context.client_metadata().find("traceparent");
  if (header == context.client_metadata().end() || header->second.size() < 35) return "";
  return std::string(header->second.data() + 3, 32);
}

}  // namespace accord::host
