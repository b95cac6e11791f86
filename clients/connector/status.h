// This file is about what the connector tells whoever looks after it: what waits, what is wrong, and what to
// do about it. It has no content of an act and no name of a person.
#ifndef ACCORD_CLIENTS_CONNECTOR_STATUS_H_
#define ACCORD_CLIENTS_CONNECTOR_STATUS_H_

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/client/client.h"
#include "accord/connector/config.pb.h"
#include "clients/connector/deliveries.h"
#include "clients/connector/inbox.h"
#include "clients/connector/outbox.h"
#include "clients/connector/positions.h"
#include "clients/connector/renewal.h"

namespace accord::connector {

// These are the sources from which the status is told. What is null is not there.
struct StatusSources {
  const ConnectorConfig& config;
  Outbox* outbox = nullptr;
  Positions* positions = nullptr;
  Deliveries* deliveries = nullptr;
  // A connector that does not run has none.
  std::vector<FeedSeen> feeds = {};
  std::vector<client::GatewaySeen> gateways = {};
  std::string certificate_file = "";
  // A connector that does not run has none.
  std::optional<RenewalSeen> renewal = std::nullopt;
  // This says whether the folder takes what is written into it.
  std::function<absl::Status(const std::string& folder)> takes = nullptr;
};

// This gives {"at", "outbox", "problems", "feeds", "dead_letters", "webhooks", "free_bytes", "certificate",
// "gateways", "troubles"}, without what is not there. Each of `troubles` has `what` and `do`, and `stops` if
// no act is taken or sent meanwhile.
nlohmann::json StatusOf(const StatusSources& sources, absl::Time now);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_STATUS_H_
