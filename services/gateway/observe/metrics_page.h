// This is the page of metrics that the gateway gives Prometheus, over all of its loops.
#ifndef ACCORD_SERVICES_GATEWAY_OBSERVE_METRICS_PAGE_H_
#define ACCORD_SERVICES_GATEWAY_OBSERVE_METRICS_PAGE_H_

#include <prometheus/collectable.h>

#include <functional>
#include <utility>
#include <vector>

#include "services/gateway/observe/telemetry.h"

namespace accord::gateway {

// This page sums the loops for `metrics_listen`.
class MetricsPage : public prometheus::Collectable {
 public:
  // `policy_age` gives seconds, and `held` gives bytes.
  MetricsPage(std::vector<const Telemetry*> loops, std::function<double()> policy_age,
              std::function<double()> held)
      : loops_(std::move(loops)), policy_age_(std::move(policy_age)), held_(std::move(held)) {}
  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  std::vector<const Telemetry*> loops_;
  std::function<double()> policy_age_, held_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_OBSERVE_METRICS_PAGE_H_
