#include "common/host/serving/budgets.h"

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "common/base/rules.h"
#include "common/host/serving/configured.h"

namespace accord::host {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

FairQueue::Limits QueueBudgetOf(const v1::HostConfig& config, int running_of_one, int running_of_dear,
                                bool dear_rest) {
  return {.waiting = static_cast<std::size_t>(ConfiguredOr(config.max_waiting(), 1024)),
          .waiting_of_one = static_cast<std::size_t>(ConfiguredOr(config.agency_waiting(), 256)),
          .running_of_one = running_of_one,
          .running_of_dear = running_of_dear,
          .dear_rest = dear_rest};
}

class BudgetPage {
 public:
  explicit BudgetPage(const std::string& pool) : pool_(pool) {}

  MetricFamily Family(const char* name, const char* help, MetricType type) const {
    MetricFamily family;
    family.name = name;
    family.help = help;
    family.type = type;
    return family;
  }
  void Add(MetricFamily& family, const std::string& who, double value,
           const rules::Rule* rule = nullptr) const {
    prometheus::ClientMetric metric;
    metric.label = {{"agency", who}, {"pool", pool_}};
    if (rule != nullptr) metric.label.push_back({"rule", std::string(rule->reason)});
    (family.type == MetricType::Gauge ? metric.gauge.value : metric.counter.value) = value;
    family.metric.push_back(std::move(metric));
  }

 private:
  const std::string& pool_;
};

}  // namespace

std::shared_ptr<Budgets> Budgets::OfAgencies(const v1::HostConfig& config) {
  const int threads = ConfiguredOr(config.workers(), 8);
  const int of_one = std::min(threads, ConfiguredOr(config.agency_workers(), std::max(1, threads / 4)));
  const int processors = static_cast<int>(std::thread::hardware_concurrency());
  const int dear = std::min(threads, ConfiguredOr(config.dear_workers(), std::max(1, processors / 2)));
  return std::make_shared<Budgets>("agencies", threads, QueueBudgetOf(config, of_one, dear, true),
                                   ConfiguredOr(config.max_streams(), 256),
                                   ConfiguredOr(config.agency_streams(), 32));
}

std::shared_ptr<Budgets> Budgets::OfPeers(const v1::HostConfig& config) {
  const int threads = ConfiguredOr(config.internal_workers(), 8);
  // A peer has one stream for each of its event loops.
  const int streams = ConfiguredOr(config.max_streams(), 256);
  return std::make_shared<Budgets>("internal", threads, QueueBudgetOf(config, threads, threads, false),
                                   streams, streams);
}

Budgets::Budgets(std::string pool, int threads, const FairQueue::Limits& queue, int streams_of_all,
                 int streams_of_one)
    : workers(threads, queue), streams(streams_of_all, streams_of_one), pool_(std::move(pool)) {}

std::vector<MetricFamily> Budgets::Collect() const {
  const BudgetPage page(pool_);
  auto waiting = page.Family("accord_calls_waiting", "Calls that wait for a worker.", MetricType::Gauge);
  auto running = page.Family("accord_calls_running", "Calls that hold a worker.", MetricType::Gauge);
  auto seconds = page.Family("accord_worker_seconds_total", "Time that calls held workers, in seconds.",
                             MetricType::Counter);
  auto refused = page.Family("accord_calls_refused_total", "Calls for which there was no room to wait.",
                             MetricType::Counter);
  for (const FairQueue::View& view : workers.Views()) {
    page.Add(waiting, view.who, static_cast<double>(view.waiting));
    page.Add(running, view.who, view.running);
    page.Add(seconds, view.who, absl::ToDoubleSeconds(view.cost));
    page.Add(refused, view.who, static_cast<double>(view.refused_line), &rules::kAgencyBusy);
    page.Add(refused, view.who, static_cast<double>(view.refused_queue), &rules::kServiceBusy);
  }
  auto open = page.Family("accord_streams_open", "Streams that are open.", MetricType::Gauge);
  auto refused_streams = page.Family("accord_streams_refused_total", "Streams for which there was no room.",
                                     MetricType::Counter);
  for (const StreamBudget::View& view : streams.Views()) {
    page.Add(open, view.who, view.open);
    page.Add(refused_streams, view.who, static_cast<double>(view.refused_own), &rules::kStreamsOfAgency);
    page.Add(refused_streams, view.who, static_cast<double>(view.refused_all), &rules::kServiceBusy);
  }
  std::vector<MetricFamily> families;
  for (auto* family : {&waiting, &running, &seconds, &refused, &open, &refused_streams}) {
    if (!family->metric.empty()) families.push_back(std::move(*family));
  }
  return families;
}

}  // namespace accord::host
