// This file is about the acts that the agency's system has handed over, on disk before it is told so, and
// what became of each.
#ifndef ACCORD_CLIENTS_CONNECTOR_OUTBOX_H_
#define ACCORD_CLIENTS_CONNECTOR_OUTBOX_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/connector/rows.pb.h"
#include "common/base/clock.h"
#include "common/storage/database/database.h"
#include "common/storage/sealing/keyring.h"

namespace accord::connector {

// This is what bounds it.
struct OutboxBounds {
  int64_t calls;
  int64_t bytes;
  absl::Duration erase_after;
};

// This is an act that is to be kept.
struct NewCall {
  // This says whose act it is, in the configuration's words.
  std::string caller;
  std::string resource;
  // This is the caller's own key, by which the same act is kept once; it is empty if it has none.
  std::string idempotency_key;
  // This is the same for the same act.
  std::string canonical;
  // The key holds for ever, and not only until the act is erased.
  bool once = false;
  StoredCall call;
};

// This is an act that has no final answer yet. Those on the same resource are sent by their numbers.
struct WaitingCall {
  int64_t number;
  std::string id;
  // It stands for the resource, whose name is not kept in the open.
  std::string lane;
};

// This says which act was kept, and whether just now.
struct Kept {
  WaitingCall waiting;
  bool is_new;
};

enum class CallState { kWaiting, kSent, kAnswered, kRefused };
inline bool IsFinal(CallState state) { return state == CallState::kAnswered || state == CallState::kRefused; }

// This is an act as its caller sees it.
struct CallSeen {
  CallState state;
  int64_t attempts;
  Outcome outcome;
  // Its answer was fetched or acknowledged, so that its time runs.
  bool is_read = false;
};

// An act that Accord has not taken so far, or has refused and whose caller has not fetched that yet.
struct ProblemSeen {
  std::string id;
  std::string method;
  CallSeen seen;
};

// This is the outbox as whoever looks after the connector sees it.
struct OutboxSeen {
  int64_t waiting = 0;
  // So many were refused, and nobody has fetched that.
  int64_t refused = 0;
  // The act that has waited longest was kept then.
  std::optional<absl::Time> oldest;
  // This has the last one of each resource, the newest first, at most 50.
  std::vector<ProblemSeen> problems;
};

// Threads may share it.
class Outbox {
 public:
  static absl::StatusOr<std::unique_ptr<Outbox>> Open(const std::string& file,
                                                      std::shared_ptr<const storage::Keyring> keyring,
                                                      const OutboxBounds& bounds,
                                                      const Clock& clock = Clock::Real());

  // It is on disk when this returns. It returns ALREADY_EXISTS if another act of the caller has the same key,
  // RESOURCE_EXHAUSTED if there is no room for it or the disk does not take it.
  absl::StatusOr<Kept> Keep(const NewCall& call);
  // This gives all that have no final answer, by their numbers.
  absl::StatusOr<std::vector<WaitingCall>> AllWaiting();
  absl::StatusOr<StoredCall> Read(const std::string& id);
  // An attempt has failed, and there will be another one.
  absl::Status Failed(const std::string& id, const Outcome& problem);
  // It has its final answer, or its refusal.
  absl::Status Finish(const std::string& id, const Outcome& outcome);

  // This says whether an act of the caller has, or had and holds for ever, this key.
  absl::StatusOr<bool> Knows(const std::string& caller, const std::string& idempotency_key);
  // The acts of the caller that have a final answer which nobody has fetched or acknowledged.
  absl::StatusOr<std::vector<std::string>> Unread(const std::string& caller);

  // This gives what became of it, for its caller alone: it returns NOT_FOUND for any other.
  absl::StatusOr<CallSeen> Look(const std::string& caller, const std::string& id);
  // This gives the same. From the first time on that this gives something final, the act is erased when its
  // time is over.
  absl::StatusOr<CallSeen> Fetch(const std::string& caller, const std::string& id);
  // The caller needs it no longer. It returns FAILED_PRECONDITION while nothing final is there.
  absl::Status Acknowledge(const std::string& caller, const std::string& id);
  // This gives what waits, and what is wrong with it.
  absl::StatusOr<OutboxSeen> Summary();
  // This erases what is over, and gives how many it erased.
  absl::StatusOr<int64_t> EraseOver();

 private:
  Outbox(std::unique_ptr<storage::Database> database, std::shared_ptr<const storage::Keyring> keyring,
         const OutboxBounds& bounds, const Clock& clock);
  absl::StatusOr<Kept> Insert(storage::Transaction& tx, const NewCall& call);
  absl::Status TakeRoom(storage::Transaction& tx, int64_t bytes);
  absl::Status Write(const std::string& id, const std::string& state, const Outcome& outcome);
  absl::Status Close(storage::Transaction& tx, const std::string& id);
  int64_t Now() const;

  const std::unique_ptr<storage::Database> database_;
  const std::shared_ptr<const storage::Keyring> keyring_;
  const OutboxBounds bounds_;
  const Clock& clock_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_OUTBOX_H_
