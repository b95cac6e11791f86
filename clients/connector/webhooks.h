// This file is about all webhooks of one configuration: what watches keep for them, and what delivers it.
#ifndef ACCORD_CLIENTS_CONNECTOR_WEBHOOKS_H_
#define ACCORD_CLIENTS_CONNECTOR_WEBHOOKS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/connector/config.pb.h"
#include "clients/connector/deliveries.h"
#include "clients/connector/delivery_sender.h"

namespace accord::connector {

class Webhooks {
 public:
  // This returns FAILED_PRECONDITION, with what to do, for the first webhook that is wrong, or that a watch
  // names and that is not there.
  static absl::Status Check(const ConnectorConfig& config);
  // This begins with what is kept.
  static absl::StatusOr<std::unique_ptr<Webhooks>> Start(const ConnectorConfig& config,
                                                         Deliveries* deliveries,
                                                         const DeliveryOptions& options);

  // This keeps an event on `resource` for each webhook of the watch when `tx` commits.
  absl::Status Keep(storage::Transaction& tx, const WatchConfig& watch, const std::string& resource,
                    const std::string& body);
  // This says that this was committed.
  void Wake(const WatchConfig& watch);
  // This says how many more changes each webhook of the watch has room for.
  int64_t Room(const WatchConfig& watch);

 private:
  explicit Webhooks(Deliveries* deliveries) : deliveries_(deliveries) {}

  Deliveries* const deliveries_;
  std::map<std::string, std::unique_ptr<DeliverySender>> senders_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_WEBHOOKS_H_
