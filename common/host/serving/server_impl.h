// This is the gRPC service behind a Server: what it listens on, and what all of its calls share.
#ifndef ACCORD_COMMON_HOST_SERVING_SERVER_IMPL_H_
#define ACCORD_COMMON_HOST_SERVING_SERVER_IMPL_H_

#include <grpc/grpc_security_constants.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/host/v1/config.pb.h"
#include "common/host/serving/budgets.h"
#include "common/host/serving/fault_lines.h"
#include "common/host/serving/metrics.h"
#include "common/host/serving/server.h"

namespace accord::host {

class Server::Impl : public grpc::CallbackGenericService {
 public:
  Impl(const v1::HostConfig& config, const Handlers* handlers, Metrics* metrics);
  ~Impl() override;
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

  absl::Status Listen(const v1::HostConfig& config);
  void EndStreams() { handlers_->EndStreams(); }

  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;

 private:
  class Reactor;

  const Handlers* handlers_;
  Metrics* metrics_;
  const bool reflection_;
  // This is the beginning of the URI in a service's certificate. It is set before anything is served.
  std::string service_prefix_;
  absl::Duration max_call_;
  FaultLines fault_lines_;
  // Methods that only services may call have workers and streams of their own.
  const std::shared_ptr<Budgets> agencies_, internal_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_SERVER_IMPL_H_
