// This file is about the connector as one object: what it reads, what it keeps, and what runs.
#ifndef ACCORD_CLIENTS_CONNECTOR_CONNECTOR_H_
#define ACCORD_CLIENTS_CONNECTOR_CONNECTOR_H_

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/connector/config.pb.h"
#include "clients/connector/announcements.h"
#include "clients/connector/callers.h"
#include "clients/connector/deliveries.h"
#include "clients/connector/disk_probe.h"
#include "clients/connector/drop.h"
#include "clients/connector/handover.h"
#include "clients/connector/inbox.h"
#include "clients/connector/local_api.h"
#include "clients/connector/outbox.h"
#include "clients/connector/positions.h"
#include "clients/connector/renewal.h"
#include "clients/connector/sender.h"
#include "clients/connector/state_lock.h"
#include "clients/connector/upkeep.h"
#include "clients/connector/webhooks.h"

namespace accord::connector {

class Connector {
 public:
  // This reads and checks all that the configuration names, and changes nothing. It returns
  // FAILED_PRECONDITION, with what to do, for the first thing that is wrong.
  static absl::Status Check(const ConnectorConfig& config);
  // This begins with what the outbox holds, and takes acts when this returns. `waits` are between attempts,
  // and `pause` is between two looks into a folder or at what is to be delivered.
  static absl::StatusOr<std::unique_ptr<Connector>> Start(
      const ConnectorConfig& config, const client::Waits& waits = client::Waits(),
      std::chrono::milliseconds pause = std::chrono::seconds(1));

  // Calls that are open end; what they were for is done again by whoever starts next.
  ~Connector() { client_.Close(); }
  Connector(const Connector&) = delete;
  Connector& operator=(const Connector&) = delete;

  // This gives what whoever looks after it is told: see status.h.
  nlohmann::json Status();
  // This is 0 where nobody is listened to, or at a Unix socket.
  int port() const { return api_ == nullptr ? 0 : api_->port(); }

 private:
  Connector(const ConnectorConfig& config, client::Client client)
      : config_(config), client_(std::move(client)) {}
  absl::Status StartDrops(const ConnectorConfig& config, std::chrono::milliseconds pause);
  absl::Status StartInboxes(const ConnectorConfig& config,
                            const std::shared_ptr<const storage::Keyring>& keyring,
                            const client::Waits& waits, std::chrono::milliseconds pause);

  // What comes later uses what comes before.
  const ConnectorConfig config_;
  const client::Client client_;
  std::unique_ptr<StateLock> lock_;
  std::unique_ptr<Outbox> outbox_;
  Announcements announcements_;
  std::unique_ptr<Sender> sender_;
  std::unique_ptr<Handover> handover_;
  std::unique_ptr<DiskProbe> disk_;
  std::unique_ptr<Renewal> renewal_;
  std::vector<std::unique_ptr<Drop>> drops_;
  std::unique_ptr<Positions> positions_;
  std::unique_ptr<Deliveries> deliveries_;
  std::unique_ptr<Webhooks> webhooks_;
  std::unique_ptr<Upkeep> upkeep_;
  std::vector<std::unique_ptr<Inbox>> inboxes_;
  std::unique_ptr<LocalApi> api_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_CONNECTOR_H_
