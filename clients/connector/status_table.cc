#include "clients/connector/status_table.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace accord::connector {
namespace {

using Json = nlohmann::json;

void TableLine(std::string* text, const std::string& name, const std::string& value) {
  absl::StrAppend(text, absl::StrFormat("%-14s", name), value, "\n");
}

std::string OutboxLines(const Json& status) {
  if (!status.contains("outbox")) return "nothing was kept here yet, or it cannot be read";
  const Json& outbox = status.at("outbox");
  std::string text = absl::StrCat(outbox.at("waiting").get<int64_t>(), " waiting");
  if (outbox.contains("oldest")) {
    absl::StrAppend(&text, ", the oldest since ", outbox.at("oldest").get<std::string>());
  }
  return absl::StrCat(text, "; ", outbox.at("refused").get<int64_t>(), " refused and not fetched");
}

void AddProblemLines(const Json& status, std::string* text) {
  for (const Json& each : status.at("problems")) {
    const std::string reason = each.value("reason", each.at("code").get<std::string>());
    TableLine(text, each.at("state").get<std::string>(),
              absl::StrCat(each.at("id").get<std::string>(), "  ", each.at("method").get<std::string>(), "  ",
                           reason, "  attempts ", each.at("attempts").get<int64_t>()));
    TableLine(text, "", each.at("do").get<std::string>());
  }
}

void AddFeedLines(const Json& status, std::string* text) {
  for (const Json& each : status.at("feeds")) {
    std::string line =
        absl::StrCat(each.at("watch").get<std::string>(), "  ", each.at("feed").get<std::string>());
    if (each.contains("events")) absl::StrAppend(&line, "  events ", each.at("events").get<int64_t>());
    if (each.contains("age_seconds")) {
      absl::StrAppend(&line, "  heard ", each.at("age_seconds").get<int64_t>(), " s ago");
    }
    TableLine(text, "watch", line);
  }
}

std::string RenewalText(const Json& renewal) {
  if (!renewal.value("configured", false)) {
    return "none is made here, since the configuration has no `renewal`";
  }
  const int64_t failures = renewal.value("failures", int64_t{0});
  return failures == 0 ? "made here when it is due" : absl::StrCat("failed ", failures, " times in a row");
}

void AddWebhookLines(const Json& status, std::string* text) {
  if (!status.contains("webhooks")) return;
  for (const Json& each : status.at("webhooks")) {
    std::string line =
        absl::StrCat(each.at("webhook").get<std::string>(), "  waiting ", each.at("waiting").get<int64_t>());
    if (each.contains("oldest_seconds")) {
      absl::StrAppend(&line, ", the oldest for ", each.at("oldest_seconds").get<int64_t>(), " s");
    }
    absl::StrAppend(&line, "  dead ", each.at("dead").get<int64_t>());
    TableLine(text, "webhook", line);
  }
}

}  // namespace

std::string StatusTable(const Json& status) {
  std::string text;
  TableLine(&text, "connector",
            status.value("source", "") == "running" ? "running"
                                                    : "not asked; this is what its folder of state holds");
  TableLine(&text, "outbox", OutboxLines(status));
  AddProblemLines(status, &text);
  AddFeedLines(status, &text);
  if (status.contains("dead_letters")) {
    TableLine(&text, "dead letters", absl::StrCat(status.at("dead_letters").get<int64_t>()));
  }
  AddWebhookLines(status, &text);
  if (status.contains("free_bytes")) {
    TableLine(&text, "disk", absl::StrCat(status.at("free_bytes").get<int64_t>() >> 20, " MiB free"));
  }
  if (status.contains("certificate")) {
    const Json& certificate = status.at("certificate");
    TableLine(&text, "certificate",
              absl::StrCat("ends ", certificate.at("ends").get<std::string>(), ", to be renewed from ",
                           certificate.at("renewal_due").get<std::string>()));
  }
  if (status.contains("renewal")) TableLine(&text, "renewal", RenewalText(status.at("renewal")));
  for (const Json& each : status.at("gateways")) {
    TableLine(&text, "gateway",
              absl::StrCat(each.at("address").get<std::string>(), "  ", each.at("state").get<std::string>(),
                           each.at("used").get<bool>() ? "  used" : ""));
  }
  for (const Json& each : status.at("troubles")) {
    TableLine(&text, "trouble", each.at("what").get<std::string>());
    TableLine(&text, "  what to do", each.at("do").get<std::string>());
  }
  if (status.at("troubles").empty()) TableLine(&text, "trouble", "none");
  return text;
}

}  // namespace accord::connector
