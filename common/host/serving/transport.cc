#include "common/host/serving/transport.h"

#include <grpc/grpc_security_constants.h>

#include "common/base/error.h"

namespace accord::host {

std::string PeerOf(const grpc::ServerContextBase& context, std::string_view prefix) {
  const auto auth = context.auth_context();
  if (auth == nullptr || !auth->IsPeerAuthenticated()) return "";
  const auto uris = auth->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME);
  if (uris.size() != 1) return "";
  const std::string_view uri(uris[0].data(), uris[0].size());
  return uri.starts_with(prefix) ? std::string(uri.substr(prefix.size())) : "";
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
