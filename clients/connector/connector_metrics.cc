#include "clients/connector/connector_metrics.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/connector/health.h"

namespace accord::connector {
namespace {

using Json = nlohmann::json;

void DescribeMetric(std::string* page, const std::string& name, const std::string& help) {
  absl::StrAppend(page, "# HELP ", name, " ", help, "\n# TYPE ", name, " gauge\n");
}

void ShowMetric(std::string* page, const std::string& name, const std::string& help, int64_t value) {
  DescribeMetric(page, name, help);
  absl::StrAppend(page, name, " ", value, "\n");
}

std::string MetricLabel(const std::string& name, const std::string& value) {
  return absl::StrCat("{", name, "=\"",
                      absl::StrReplaceAll(value, {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}}), "\"}");
}

void AddOutboxMetrics(const Json& status, std::string* page) {
  if (!status.contains("outbox")) return;
  const Json& outbox = status.at("outbox");
  ShowMetric(page, "accord_connector_acts_waiting", "Acts that have no final answer yet.",
             outbox.at("waiting").get<int64_t>());
  ShowMetric(page, "accord_connector_oldest_act_seconds",
             "How long the oldest act that waits was kept, in seconds.",
             outbox.value("oldest_seconds", int64_t{0}));
  ShowMetric(page, "accord_connector_acts_refused",
             "Acts that were refused, and whose refusal nobody has fetched.",
             outbox.at("refused").get<int64_t>());
}

void AddFeedMetrics(const Json& status, std::string* page) {
  constexpr char kName[] = "accord_connector_feed_age_seconds";
  std::string lines;
  for (const Json& feed : status.at("feeds")) {
    if (!feed.contains("age_seconds")) continue;
    absl::StrAppend(&lines, kName, MetricLabel("watch", feed.at("watch").get<std::string>()), " ",
                    feed.at("age_seconds").get<int64_t>(), "\n");
  }
  if (lines.empty()) return;
  DescribeMetric(page, kName, "Since when nothing was heard of the service that is watched, in seconds.");
  absl::StrAppend(page, lines);
}

void AddWebhookMetrics(const Json& status, std::string* page) {
  if (!status.contains("webhooks") || status.at("webhooks").empty()) return;
  constexpr char kName[] = "accord_connector_changes_waiting";
  DescribeMetric(page, kName, "Changes that wait to be delivered to a webhook.");
  for (const Json& each : status.at("webhooks")) {
    absl::StrAppend(page, kName, MetricLabel("webhook", each.at("webhook").get<std::string>()), " ",
                    each.at("waiting").get<int64_t>(), "\n");
  }
}

void AddGatewayMetrics(const Json& status, std::string* page) {
  if (status.at("gateways").empty()) return;
  constexpr char kName[] = "accord_connector_gateway_ready";
  DescribeMetric(page, kName, "Whether there is a connection to the gateway.");
  for (const Json& gateway : status.at("gateways")) {
    absl::StrAppend(page, kName, MetricLabel("address", gateway.at("address").get<std::string>()), " ",
                    gateway.at("state") == "ready" ? 1 : 0, "\n");
  }
}

}  // namespace

std::string MetricsOf(const Json& status) {
  std::string page;
  ShowMetric(&page, "accord_connector_healthy", "Whether acts are taken and can be sent.",
             HealthOf(status).http_status == 200 ? 1 : 0);
  AddOutboxMetrics(status, &page);
  AddFeedMetrics(status, &page);
  if (status.contains("dead_letters")) {
    ShowMetric(&page, "accord_connector_dead_letters", "Changes that no webhook took.",
               status.at("dead_letters").get<int64_t>());
  }
  AddWebhookMetrics(status, &page);
  if (status.contains("free_bytes")) {
    ShowMetric(&page, "accord_connector_free_bytes",
               "Bytes that are free on the disk of the folder of state.",
               status.at("free_bytes").get<int64_t>());
  }
  if (status.contains("renewal") && status.at("renewal").contains("failures")) {
    ShowMetric(&page, "accord_connector_renewal_failures",
               "Attempts to renew the certificate that failed one after another.",
               status.at("renewal").at("failures").get<int64_t>());
  }
  if (status.contains("certificate")) {
    ShowMetric(&page, "accord_connector_certificate_seconds_left", "Until the certificate ends, in seconds.",
               status.at("certificate").at("seconds_left").get<int64_t>());
  }
  if (status.contains("disk_takes_acts")) {
    ShowMetric(&page, "accord_connector_disk_full", "Whether the folder of state takes no more files.",
               status.at("disk_takes_acts").get<bool>() ? 0 : 1);
  }
  AddGatewayMetrics(status, &page);
  return page;
}

}  // namespace accord::connector
