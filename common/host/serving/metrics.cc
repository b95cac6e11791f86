#include "common/host/serving/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <iterator>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/base/error.h"
#include "common/host/serving/merged_pages.h"
#include "common/metrics/metrics_server.h"

namespace accord::host {

namespace {

class ShownGauge : public prometheus::Collectable {
 public:
  ShownGauge(std::string name, std::string help, std::function<double()> value)
      : name_(std::move(name)), help_(std::move(help)), value_(std::move(value)) {}
  std::vector<prometheus::MetricFamily> Collect() const override {
    prometheus::ClientMetric metric;
    metric.gauge.value = value_();
    return {{name_, help_, prometheus::MetricType::Gauge, {metric}}};
  }

 private:
  const std::string name_, help_;
  const std::function<double()> value_;
};

}  // namespace

class Metrics::Impl {
 public:
  Impl() { pages->Add(registry); }

  std::shared_ptr<MergedPages> pages = std::make_shared<MergedPages>();
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
  ACCORD_ASSIGN_OR_RETURN(metrics->impl_->server, MetricsServer::Start(listen, metrics->impl_->pages));
  return metrics;
}

int Metrics::port() const { return impl_->server == nullptr ? 0 : impl_->server->port(); }

std::shared_ptr<prometheus::Collectable> Metrics::page() const { return impl_->pages; }

void Metrics::Started(const std::string& path) { impl_->started.Add({{"grpc_method", path}}).Increment(); }

void Metrics::Show(const std::string& name, const std::string& help, std::function<double()> value) {
  Add(std::make_shared<ShownGauge>(name, help, std::move(value)));
}

void Metrics::Add(std::shared_ptr<prometheus::Collectable> page) { impl_->pages->Add(std::move(page)); }

void Metrics::Remove(const std::shared_ptr<prometheus::Collectable>& page) { impl_->pages->Remove(page); }

void Metrics::Handled(const std::string& path, absl::StatusCode code, absl::Duration took) {
  impl_->handled.Add({{"grpc_method", path}, {"grpc_code", absl::StatusCodeToString(code)}}).Increment();
  impl_->seconds
      .Add({{"grpc_method", path}},
           prometheus::Histogram::BucketBoundaries{0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10})
      .Observe(absl::ToDoubleSeconds(took));
}

}  // namespace accord::host
