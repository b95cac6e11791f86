#include "common/host/serving/server_impl.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/trust_domain.h"
#include "common/host/serving/configured.h"
#include "common/host/serving/reflection.h"
#include "common/host/serving/server_reactor.h"
#include "common/host/serving/transport.h"

namespace accord::host {

Server::Impl::Impl(const v1::HostConfig& config, const Handlers* handlers, Metrics* metrics)
    : handlers_(handlers),
      metrics_(metrics),
      reflection_(config.reflection()),
      max_call_(absl::Seconds(ConfiguredOr(config.max_call_seconds(), 30))),
      agencies_(Budgets::OfAgencies(config)),
      internal_(Budgets::OfPeers(config)) {
  metrics_->Add(agencies_);
  metrics_->Add(internal_);
}

Server::Impl::~Impl() {
  agencies_->streams.WaitUntilNoneIsOpen();
  internal_->streams.WaitUntilNoneIsOpen();
  metrics_->Remove(agencies_);
  metrics_->Remove(internal_);
}

grpc::ServerGenericBidiReactor* Server::Impl::CreateReactor(grpc::GenericCallbackServerContext* context) {
  if (reflection_ && context->method() == kReflectionPath) {
    return NewReflectionReactor(handlers_->Services(), !PeerOf(*context, service_prefix_).empty());
  }
  return new Reactor(this, context);
}

absl::Status Server::Impl::Listen(const v1::HostConfig& config) {
  using grpc::experimental::FileWatcherCertificateProvider;
  const auto& tls = config.tls();
  if (tls.certificate_file().empty() || tls.key_file().empty() || tls.peer_ca_file().empty()) {
    return absl::InvalidArgumentError("tls needs certificate_file, key_file and peer_ca_file");
  }
  ACCORD_ASSIGN_OR_RETURN(service_prefix_, ServicePrefix(config.trust_domain()));
  grpc::experimental::TlsServerCredentialsOptions options(std::make_shared<FileWatcherCertificateProvider>(
      tls.key_file(), tls.certificate_file(), tls.peer_ca_file(), 1));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);

  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.RegisterCallbackGenericService(this);
  builder.AddListeningPort(config.listen(), grpc::experimental::TlsServerCredentials(options), &port_);
  builder.SetMaxReceiveMessageSize(8 << 20);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 5000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 2048);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 32 << 10);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // The gateway pings the service every few seconds, even without an open call, and is never
  // disconnected for that. The service pings too, and drops a gateway that is gone.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 1000 * ConfiguredOr(config.keepalive_seconds(), 10));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             1000 * ConfiguredOr(config.keepalive_timeout_seconds(), 5));
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", config.listen()));
  }
  for (const std::string& service : handlers_->Services()) {
    server_->GetHealthCheckService()->SetServingStatus(service, true);
  }
  return absl::OkStatus();
}

}  // namespace accord::host
