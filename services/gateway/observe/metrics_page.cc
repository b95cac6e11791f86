#include "services/gateway/observe/metrics_page.h"

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>
#include <prometheus/metric_type.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "absl/status/status.h"

namespace accord::gateway {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily Family(const char* name, const char* help, MetricType type) {
  return {.name = name, .help = help, .type = type, .metric = {}};
}

MetricFamily Gauge(const char* name, const char* help, double value) {
  MetricFamily family = Family(name, help, MetricType::Gauge);
  ClientMetric metric;
  metric.gauge.value = value;
  family.metric.push_back(std::move(metric));
  return family;
}

MetricFamily Counter(const char* name, const char* help, double value) {
  MetricFamily family = Family(name, help, MetricType::Counter);
  ClientMetric metric;
  metric.counter.value = value;
  family.metric.push_back(std::move(metric));
  return family;
}

void AddCounter(MetricFamily* family, std::vector<ClientMetric::Label> labels, uint64_t value) {
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.counter.value = static_cast<double>(value);
  family->metric.push_back(std::move(metric));
}

using Loops = std::vector<const Telemetry*>;

MetricFamily RefusalsOf(const Loops& loops) {
  MetricFamily refused =
      Family("accord_gateway_refusals_total", "Calls refused, by rule.", MetricType::Counter);
  std::map<std::string, uint64_t> rules;
  for (const Telemetry* loop : loops) {
    for (const auto& [rule, count] : loop->refusals()) rules[rule] += count;
  }
  for (const auto& [rule, count] : rules) AddCounter(&refused, {{"rule", rule}}, count);
  return refused;
}

// This adds to `total` how often a method ended with each of the codes, and returns the sum.
uint64_t CountByCode(const Loops& loops, const std::string& method, std::size_t codes, MetricFamily* total) {
  uint64_t count = 0;
  for (std::size_t code = 0; code < codes; ++code) {
    uint64_t sum = 0;
    for (const Telemetry* loop : loops) sum += loop->calls().at(method).by_code[code];
    count += sum;
    if (sum == 0) continue;
    AddCounter(total,
               {{"method", method}, {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))}},
               sum);
  }
  return count;
}

// This gives how long the `count` calls of a method took.
ClientMetric TimesOf(const Loops& loops, const std::string& method, uint64_t count) {
  ClientMetric metric;
  metric.label = {{"method", method}};
  metric.histogram.sample_count = count;
  uint64_t cumulative = 0, micros = 0;
  for (std::size_t i = 0; i < Telemetry::kBounds.size(); ++i) {
    for (const Telemetry* loop : loops) cumulative += loop->calls().at(method).buckets[i];
    metric.histogram.bucket.push_back({cumulative, Telemetry::kBounds[i]});
  }
  for (const Telemetry* loop : loops) micros += loop->calls().at(method).micros;
  metric.histogram.sample_sum = static_cast<double>(micros) / 1e6;
  return metric;
}

}  // namespace

std::vector<MetricFamily> MetricsPage::Collect() const {
  MetricFamily total = Family("accord_gateway_calls_total", "Calls ended.", MetricType::Counter);
  MetricFamily seconds = Family("accord_gateway_call_seconds", "Time from the call's headers to its status.",
                                MetricType::Histogram);
  for (const auto& [method, first] : loops_.front()->calls()) {
    const uint64_t count = CountByCode(loops_, method, first.by_code.size(), &total);
    if (count > 0) seconds.metric.push_back(TimesOf(loops_, method, count));
  }
  const auto sum = [&](std::atomic<uint64_t> Telemetry::*part) {
    double value = 0;
    for (const Telemetry* loop : loops_) value += static_cast<double>(loop->*part);
    return value;
  };
  return {total,
          seconds,
          RefusalsOf(loops_),
          Gauge("accord_gateway_connections", "Connections of agencies.", sum(&Telemetry::connections)),
          Gauge("accord_gateway_strangers", "Connections without an active certificate as yet.",
                sum(&Telemetry::strangers)),
          Counter("accord_gateway_handshakes_total", "Handshakes that came to their end.",
                  sum(&Telemetry::handshakes)),
          Counter("accord_gateway_connections_refused_total",
                  "Connections turned away, or closed to make room for others.",
                  sum(&Telemetry::connections_refused)),
          Gauge("accord_gateway_open_calls", "Calls that have not ended.", sum(&Telemetry::open_calls)),
          Gauge("accord_gateway_orphans", "Calls whose caller left, on their way to their end.",
                sum(&Telemetry::orphans)),
          Gauge("accord_gateway_held_bytes", "Requests in service and answers not yet out.", held_()),
          Counter("accord_gateway_refusals_counted_total",
                  "Refusals past an agency's budget: counted in the log, not recorded one by one.",
                  sum(&Telemetry::refusals_counted)),
          Gauge("accord_gateway_audit_waiting", "Records on their way to the audit log.",
                sum(&Telemetry::audit_waiting)),
          Gauge("accord_gateway_audit_owed", "Records of changes that the log has not taken yet.",
                sum(&Telemetry::audit_owed)),
          Gauge("accord_gateway_policy_age_seconds", "Since the registry was last heard.", policy_age_())};
}

}  // namespace accord::gateway
