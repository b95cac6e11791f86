#include "common/host/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <exception>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

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
  std::unique_ptr<prometheus::Exposer> exposer;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

absl::StatusOr<std::unique_ptr<Metrics>> Metrics::Start(const std::string& listen) {
  std::unique_ptr<Metrics> metrics(new Metrics());
  if (listen.empty()) return metrics;
  try {
    metrics->impl_->exposer = std::make_unique<prometheus::Exposer>(listen, 1);
    metrics->impl_->exposer->RegisterCollectable(metrics->impl_->registry);
  } catch (const std::exception&) {
    return absl::UnavailableError(absl::StrCat("cannot serve metrics on ", listen));
  }
  return metrics;
}

int Metrics::port() const {
  return impl_->exposer == nullptr ? 0 : impl_->exposer->GetListeningPorts().front();
}

void Metrics::Started(const std::string& path) { impl_->started.Add({{"grpc_method", path}}).Increment(); }

void Metrics::Handled(const std::string& path, absl::StatusCode code, absl::Duration took) {
  impl_->handled.Add({{"grpc_method", path}, {"grpc_code", absl::StatusCodeToString(code)}}).Increment();
  impl_->seconds
      .Add({{"grpc_method", path}},
           prometheus::Histogram::BucketBoundaries{0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10})
      .Observe(absl::ToDoubleSeconds(took));
}

}  // namespace accord::host
