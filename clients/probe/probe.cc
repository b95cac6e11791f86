#include "clients/probe/probe.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/gateway/v1/config.pb.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/text_proto.h"
#include "common/base/unary_call.h"
#include "common/pki/authority.h"

namespace accord::probe {
namespace {

constexpr char kCheck[] = "/grpc.health.v1.Health/Check";
// This is HealthCheckResponse{status: SERVING} on the wire.
constexpr char kServing[] = "\x08\x01";

struct ProbedProcess {
  std::string listen;
  host::v1::Tls tls;
};

// Every service's configuration has a `host`, whatever else it has; the gateway's has none.
absl::StatusOr<ProbedProcess> ReadProcess(const std::string& file) {
  host::v1::ServiceConfig service;
  if (ReadConfigPart(file, &service).ok() && service.has_host()) {
    return ProbedProcess{service.host().listen(), service.host().tls()};
  }
  gateway::v1::GatewayConfig gateway;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, &gateway));
  return ProbedProcess{gateway.listen(), gateway.agency_tls()};
}

// This says where a process that listens at `listen` is reached from its own machine.
std::string ProbeTarget(std::string listen) {
  for (const auto& [any, loopback] :
       {std::pair("0.0.0.0:", "127.0.0.1:"), std::pair("[::]:", "[::1]:"), std::pair(":", "127.0.0.1:")}) {
    if (absl::StartsWith(listen, any)) {
      listen.replace(0, std::string(any).size(), loopback);
      break;
    }
  }
  return absl::StrCat(absl::StartsWith(listen, "[") ? "ipv6:" : "ipv4:", listen);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> ConnectToProcess(const ProbedProcess& process) {
  grpc::SslCredentialsOptions options;
  ACCORD_ASSIGN_OR_RETURN(options.pem_root_certs, ReadFile(process.tls.peer_ca_file()));
  ACCORD_ASSIGN_OR_RETURN(options.pem_cert_chain, ReadFile(process.tls.certificate_file()));
  ACCORD_ASSIGN_OR_RETURN(options.pem_private_key, ReadFile(process.tls.key_file()));
  ACCORD_ASSIGN_OR_RETURN(const pki::Issued own, pki::ReadCertificate(options.pem_cert_chain));
  if (own.host.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(process.tls.certificate_file(), ": names no host, so the process cannot be recognized"));
  }
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(own.host);
  return grpc::CreateCustomChannel(ProbeTarget(process.listen), grpc::SslCredentials(options), arguments);
}

}  // namespace

absl::StatusOr<bool> IsServing(const std::string& config_file, absl::Duration timeout) {
  ACCORD_ASSIGN_OR_RETURN(const ProbedProcess process, ReadProcess(config_file));
  ACCORD_ASSIGN_OR_RETURN(const auto channel, ConnectToProcess(process));
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_wait_for_ready(false);
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  // It is HealthCheckRequest{}, which asks for the whole process.
  const grpc::ByteBuffer request = BufferOf("");
  grpc::ByteBuffer response;
  const grpc::Status status = AwaitUnaryCall(&stub, kCheck, request, &context, &response);
  // A process that drains may end its health service before its listener.
  if (!status.ok()) {
    return absl::UnavailableError(absl::StrCat(process.listen, " does not answer: ", status.error_message()));
  }
  return BytesOf(response) == kServing;
}

}  // namespace accord::probe
