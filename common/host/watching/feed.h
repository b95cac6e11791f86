// The feed of a process: one reader of the database's events for all streams, which wakes only those that an
// event concerns. What a watch costs does not grow with what others do, nor a change with who watches.
#ifndef ACCORD_COMMON_HOST_WATCHING_FEED_H_
#define ACCORD_COMMON_HOST_WATCHING_FEED_H_

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/host/calls/call.h"
#include "common/host/watching/keyed_lock.h"
#include "common/storage/database/database.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/page_tokens.h"

namespace accord::host {

// This is what a stream follows.
struct Followed {
  // An empty kind stands for every kind.
  std::string kind = {};
  // This is who follows: an agency, or one of its capacities, `cas-york#director`.
  std::string viewer = {};
  // Also what only a capacity of the viewer may see, what the viewer follows without seeing it
  // (common/storage/records/feed.h), and that a record is gone from it (gone.h beside that). Whoever tells of
  // it asks whether the person behind the call may read it.
  bool whole_agency = false;
  // It names another viewer that the caller is, for example `#office`; empty stands for none.
  std::string also = {};

  auto operator<=>(const Followed&) const = default;
};

// A Feed is thread-safe.
class Feed {
 public:
  // This is what a stream is told: an event, or null for how far it is, so that it can go on from there.
  using Tell = std::function<bool(const storage::Event* event, const storage::Place& place)>;

  Feed(storage::Database* database, std::shared_ptr<Changes> changes);
  ~Feed();
  // This is called once, when the database has its schema. Before that streams are told nothing new.
  void Start();

  // Tells of events that concern `of`, after `place`, until the call ends or `tell` says false. How far it
  // is, it tells at once, once more when all that there was at the beginning is told, and every 15 seconds.
  absl::Status Follow(Call& call, storage::Place place, const Followed& of, const Tell& tell);

  // Runs `ask` while no other stream of the agency asks the database; false, without it, once the call ended.
  bool InTurn(Call& call, const std::string& agency, const std::function<void()>& ask);

  // How long the oldest change waits to be told, in seconds; or for how long the database was not read.
  // Outlives the feed.
  std::function<double()> lag() const;

 private:
  struct Told {
    storage::Event event;
    std::chrono::steady_clock::time_point at;
  };
  // This is a stream that may sleep, from when to when.
  class Sleeper;
  struct Batch {
    std::vector<storage::Event> events;
    // Everything up to here is in `events`.
    storage::Place until;
    // Memory does not reach back so far, or is old: the database has to be asked.
    bool ask = false;
  };

  void Run();
  // Numbers and reads what is new; true if there is more.
  absl::StatusOr<bool> Look();
  void Publish(std::vector<storage::Event> events);
  Batch FromMemory(const storage::Place& after, const Followed& of);
  absl::StatusOr<Batch> FromDatabase(const storage::Place& after, const Followed& of);
  // Does the same, for one stream of each agency at a time.
  absl::StatusOr<Batch> FromDatabaseInTurn(Call& call, const storage::Place& after, const Followed& of);

  storage::Database* const database_;
  const std::shared_ptr<Changes> changes_;
  Waiter waiter_;
  std::atomic<bool> stopping_{false};
  // Since when there is something to tell, in microseconds of the epoch; 0 while there is not.
  std::shared_ptr<std::atomic<int64_t>> waiting_since_ = std::make_shared<std::atomic<int64_t>>(0);
  std::mutex mutex_;
  // Everything up to here was read; `told_` holds its newest part. Position -1 before the first look.
  storage::Place read_{-1};
  std::deque<Told> told_;
  std::map<Followed, std::set<Waiter*>> sleepers_;
  // Agencies of which a stream asks the database. A stream has a thread of its own and no worker's turn, so
  // that the streams of one agency, each gone back to the beginning of the feed, would hold all sessions.
  KeyedLock asking_;
  std::thread thread_;
};

// Where a caller is in a feed, as a text that it can neither read, nor alter, nor hand to another agency.
class FeedPositions {
 public:
  FeedPositions(std::string feed, const storage::PageTokens* tokens)
      : feed_(std::move(feed)), tokens_(tokens) {}

  std::string Seal(const std::string& agency, const storage::Place& place) const;
  // INVALID_ARGUMENT with rule PAGE_TOKEN_INVALID for what is no position of this agency; ABORTED with rule
  // POSITION_FROM_ANOTHER_TIME if the database is a restored copy that does not hold what the caller saw:
  // then it lists anew.
  absl::StatusOr<storage::Place> Open(storage::Transaction& tx, const std::string& agency,
                                      const std::string& text) const;
  // The same of a bare position, as callers of the version before keep them: only one that is to come yet
  // gives it away.
  absl::StatusOr<storage::Place> At(storage::Transaction& tx, int64_t position) const;

 private:
  const std::string feed_;
  const storage::PageTokens* const tokens_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_FEED_H_
