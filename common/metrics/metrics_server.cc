#include "common/metrics/metrics_server.h"

#include <prometheus/exposer.h>

#include <exception>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace accord {

MetricsServer::MetricsServer() = default;

MetricsServer::~MetricsServer() {
  if (exposer_ == nullptr) return;
  exposer_->RemoveCollectable(collected_);
  // civetweb looks only every two seconds whether it is to stop: a process that drains does not wait for
  // that.
  std::thread([exposer = std::move(exposer_)] {}).detach();
}

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(
    const std::string& listen, std::shared_ptr<prometheus::Collectable> collected) {
  std::unique_ptr<MetricsServer> server(new MetricsServer());
  try {
    server->exposer_ = std::make_unique<prometheus::Exposer>(listen, 1);
  } catch (const std::exception&) {
    return absl::UnavailableError(absl::StrCat("cannot serve metrics on ", listen));
  }
  server->collected_ = std::move(collected);
  server->exposer_->RegisterCollectable(server->collected_);
  return server;
}

int MetricsServer::port() const { return exposer_->GetListeningPorts().front(); }

}  // namespace accord
