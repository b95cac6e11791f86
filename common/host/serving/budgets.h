// These are the workers and streams that each kind of caller may use, and their metrics.
#ifndef ACCORD_COMMON_HOST_SERVING_BUDGETS_H_
#define ACCORD_COMMON_HOST_SERVING_BUDGETS_H_

#include <prometheus/collectable.h>

#include <memory>
#include <string>
#include <vector>

#include "accord/host/v1/config.pb.h"
#include "common/host/serving/stream_budget.h"
#include "common/host/serving/workers.h"

namespace accord::host {

// Metrics are per agency, or per peer of the methods that only services call, and never per person:
//   accord_calls_waiting, accord_calls_running, accord_streams_open   now
//   accord_worker_seconds_total                                       time that calls held workers
//   accord_calls_refused_total, accord_streams_refused_total          by rule
// each with the labels `agency` and `pool`, which is "agencies" or "internal".
class Budgets : public prometheus::Collectable {
 public:
  static std::shared_ptr<Budgets> OfAgencies(const v1::HostConfig& config);
  static std::shared_ptr<Budgets> OfPeers(const v1::HostConfig& config);
  Budgets(std::string pool, int threads, const FairQueue::Limits& queue, int streams, int streams_of_one);

  std::vector<prometheus::MetricFamily> Collect() const override;

  Workers workers;
  StreamBudget streams;

 private:
  const std::string pool_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_BUDGETS_H_
