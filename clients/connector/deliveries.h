// The changes that are to be delivered to webhooks, and those that were given up, on disk until they arrive.
#ifndef ACCORD_CLIENTS_CONNECTOR_DELIVERIES_H_
#define ACCORD_CLIENTS_CONNECTOR_DELIVERIES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/connector/rows.pb.h"
#include "common/base/clock.h"
#include "common/storage/database/database.h"
#include "common/storage/sealing/keyring.h"

namespace accord::connector {

// A change that may be delivered now: nothing on the same resource waits before it.
struct DueDelivery {
  std::string id;
  // It stands for the resource, whose name is not kept in the open.
  std::string lane;
  // So many attempts have failed.
  int64_t attempts;
  // It was kept then, or was replayed then.
  absl::Time since;
};

// A change that was given up, as whoever looks after the connector is told of it.
struct DeadLetter {
  std::string id;
  std::string webhook;
  std::string watch;
  int64_t attempts;
  absl::Time since;
  // This is what the last attempt ended with.
  std::string problem;
};

// This is a dead letter that a person has discarded, and why.
struct DiscardedLetter {
  std::string id;
  std::string webhook;
  std::string reason;
};

// This is what is kept for one webhook, which the configuration may not name any more.
struct Backlog {
  std::string webhook;
  int64_t waiting = 0;
  int64_t dead = 0;
  // The oldest of those that wait was kept or replayed then.
  std::optional<absl::Time> oldest = std::nullopt;
};

// Threads may share it, and processes may share its database.
class Deliveries {
 public:
  Deliveries(storage::Database* database, std::shared_ptr<const storage::Keyring> keyring,
             const Clock& clock = Clock::Real())
      : database_(database), keyring_(std::move(keyring)), clock_(clock) {}

  // This keeps a change on `resource` for one webhook when `tx` commits.
  absl::Status Keep(storage::Transaction& tx, const std::string& webhook, const std::string& resource,
                    const StoredDelivery& delivery);
  // This says how many wait for the webhook; more than `most` count as `most`. Those that were given up do
  // not wait.
  absl::StatusOr<int64_t> CountWaiting(const std::string& webhook, int64_t most);
  // This gives the first of each resource, where its time has come, at most `most`.
  absl::StatusOr<std::vector<DueDelivery>> Due(const std::string& webhook, int64_t most);
  // This returns NOT_FOUND if it was delivered.
  absl::StatusOr<StoredDelivery> Read(const std::string& id);
  // It has arrived, and is erased.
  absl::Status Delivered(const std::string& id);
  // An attempt has failed, and the next one is made at `next`.
  absl::Status Failed(const std::string& id, const std::string& problem, absl::Time next);
  // The last attempt has failed, and what comes after it on the same resource is delivered.
  absl::Status GiveUp(const std::string& id, const std::string& problem);

  absl::StatusOr<std::vector<DeadLetter>> Dead();
  absl::StatusOr<int64_t> CountDead();
  // This gives them by the names of the webhooks; one for which nothing is kept is left out.
  absl::StatusOr<std::vector<Backlog>> Backlogs();
  // It is delivered again from the first attempt on, under the same id: how many, which is 0 if none of this
  // id is dead.
  absl::StatusOr<int64_t> Replay(const std::string& id);
  absl::StatusOr<int64_t> ReplayAll();
  // This erases its content now, and keeps the reason until somebody was told. It says how many were
  // discarded, which is 0 if none of this id is dead.
  absl::StatusOr<int64_t> Discard(const std::string& id, const std::string& reason);
  absl::StatusOr<int64_t> DiscardAll(const std::string& reason);
  // This tells of each that was discarded, and then erases it. It is told again if it could not be erased.
  absl::Status EraseDiscarded(const std::function<void(const DiscardedLetter&)>& told);

 private:
  absl::StatusOr<StoredDelivery> Opened(const std::string& id, const std::string& sealed) const;
  int64_t Now() const { return absl::ToUnixMillis(clock_.Now()); }

  storage::Database* const database_;
  const std::shared_ptr<const storage::Keyring> keyring_;
  const Clock& clock_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DELIVERIES_H_
