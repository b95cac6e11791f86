#include "common/host/serving/server.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <utility>

#include "absl/time/clock.h"
#include "common/host/serving/server_impl.h"

namespace accord::host {

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Drain(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const v1::HostConfig& config, const Handlers* handlers,
                                                      Metrics* metrics) {
  auto impl = std::make_unique<Impl>(config, handlers, metrics);
  if (absl::Status status = impl->Listen(config); !status.ok()) return status;
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

int Server::port() const { return impl_->port_; }

void Server::Drain(absl::Duration grace) {
  if (impl_->server_ == nullptr) return;
  impl_->server_->GetHealthCheckService()->Shutdown();
  impl_->EndStreams();
  impl_->server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  impl_->server_->Wait();
}

}  // namespace accord::host
