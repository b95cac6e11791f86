#include "clients/connector/webhooks.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::connector {

absl::Status Webhooks::Check(const ConnectorConfig& config) {
  std::set<std::string> names;
  for (const WebhookConfig& each : config.webhooks()) {
    ACCORD_RETURN_IF_ERROR(LoadWebhook(each).status());
    if (names.insert(each.name()).second) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("webhooks { name: \"", each.name(), "\" }: another one has the same name."));
  }
  for (const WatchConfig& watch : config.watches()) {
    std::set<std::string> own;
    for (const std::string& name : watch.webhooks()) {
      if (names.count(name) > 0 && own.insert(name).second) continue;
      return absl::FailedPreconditionError(absl::StrCat("watches { name: \"", watch.name(),
                                                        "\" }: webhooks: ", name,
                                                        " is not one of `webhooks`, or stands twice."));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Webhooks>> Webhooks::Start(const ConnectorConfig& config,
                                                          Deliveries* deliveries,
                                                          const DeliveryOptions& options) {
  ACCORD_RETURN_IF_ERROR(Check(config));
  std::unique_ptr<Webhooks> webhooks(new Webhooks(deliveries));
  for (const WebhookConfig& each : config.webhooks()) {
    ACCORD_ASSIGN_OR_RETURN(Webhook webhook, LoadWebhook(each));
    webhooks->senders_[each.name()] =
        std::make_unique<DeliverySender>(std::move(webhook), deliveries, options);
  }
  return webhooks;
}

absl::Status Webhooks::Keep(storage::Transaction& tx, const WatchConfig& watch, const std::string& resource,
                            const std::string& body) {
  StoredDelivery delivery;
  delivery.set_watch(watch.name());
  delivery.set_body(body);
  for (const std::string& name : watch.webhooks()) {
    ACCORD_RETURN_IF_ERROR(deliveries_->Keep(tx, name, resource, delivery));
  }
  return absl::OkStatus();
}

void Webhooks::Wake(const WatchConfig& watch) {
  for (const std::string& name : watch.webhooks()) senders_.at(name)->Wake();
}

int64_t Webhooks::Room(const WatchConfig& watch) {
  int64_t room = std::numeric_limits<int64_t>::max();
  for (const std::string& name : watch.webhooks()) {
    const int64_t most = senders_.at(name)->webhook().max_changes;
    const absl::StatusOr<int64_t> waiting = deliveries_->CountWaiting(name, most);
    room = std::min(room, waiting.ok() ? most - *waiting : 0);
  }
  return room;
}

}  // namespace accord::connector
