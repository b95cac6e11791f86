#include "common/host/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "absl/status/status.h"
#include "common/base/error.h"
#include "common/metrics/metrics_server.h"

namespace accord::host {

class Metrics::Impl {
 public:
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  prometheus::Family<prometheus::Counter>& started =
      prometheus::BuildCounter().Name("grpc_server_started_total").Help("Calls started.").Register(*registry);
  prometheus::Family<prometheus::Counter>& handled =
      prometheus::BuildCounter().Name("grpc_server_handled_total").Help("Calls ended.").Register(*registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("grpc_server_handling_seconds")
                                                           .Help("Time in the service.")
                                                           .Register(*registry);
  std::unique_ptr<MetricsServer> server;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

absl::StatusOr<std::unique_ptr<Metrics>> Metrics::Start(const std::string& listen) {
  std::unique_ptr<Metrics> metrics(new Metrics());
  if (listen.empty()) return metrics;
  ACCORD_ASSIGN_OR_RETURN(metrics->impl_->server, MetricsServer::Start(listen, metrics->impl_->registry));
  return metrics;
}

int Metrics::port() const { return impl_->server == nullptr ? 0 : impl_->server->port(); }

void Metrics::Started(const std::string& path) { impl_->started.Add({{"grpc_method", path}}).Increment(); }

void Metrics::Handled(const std::string& path, absl::StatusCode code, absl::Duration took) {
  impl_->handled.Add({{"grpc_method", path}, {"grpc_code", absl::StatusCodeToString(code)}}).Increment();
  impl_->seconds
      .Add({{"grpc_method", path}},
           prometheus::Histogram::BucketBoundaries{0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10})
      .Observe(absl::ToDoubleSeconds(took));
}

}  // namespace accord::host
