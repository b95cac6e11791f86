// The feed of a process: one reader of the database's events for all streams. It wakes only the
// streams that an event concerns. So the cost of a watch does not grow with other agencies'
// changes, nor the cost of a change with the number of watches.
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

// What a stream follows.
struct Followed {
  // An empty kind stands for every kind.
  std::string kind = {};
  // The viewer that follows: an agency, or one of its capacities, such as `cas-york#director`.
  std::string viewer = {};
  // Includes events that only a capacity of the viewer may see, events of resources that the viewer
  // follows without seeing them (common/storage/records/feed.h), and the news that a record is gone
  // (gone.h). Whoever reports such an event must check that the person behind the call may read it.
  bool whole_agency = false;
  // Another viewer as whom the caller also follows, for example `#office`; empty for none.
  std::string also = {};

  auto operator<=>(const Followed&) const = default;
};

// A Feed is thread-safe.
class Feed {
 public:
  // Receives an event; or null with the place up to which the stream has been told, from which it
  // can continue.
  using Tell = std::function<bool(const storage::Event* event, const storage::Place& place)>;

  Feed(storage::Database* database, std::shared_ptr<Changes> changes);
  ~Feed();
  // Starts the reader; called once, when the database has its schema. Until then streams are told
  // nothing new.
  void Start();

  // Reports the events after `place` that concern `of`, until the call ends or `tell` returns
  // false. It reports its place at once, again when everything that existed at the start has been
  // reported, and then every 15 seconds.
  absl::Status Follow(Call& call, storage::Place place, const Followed& of, const Tell& tell);

  // Runs `ask` while no other stream of the agency queries the database. Returns false, without
  // running it, once the call has ended.
  bool InTurn(Call& call, const std::string& agency, const std::function<void()>& ask);

  // Gives the time, in seconds, for which the oldest change has waited to be reported, or since the
  // database was last read. The function may outlive the feed.
  std::function<double()> lag() const;

 private:
  struct Told {
    storage::Event event;
    std::chrono::steady_clock::time_point at;
  };
  // A stream that may sleep, from the construction of this object to its end.
  class Sleeper;
  struct Batch {
    std::vector<storage::Event> events;
    // `events` has everything up to this place.
    storage::Place until;
    // The database must be queried, because the events in memory do not reach back so far or are
    // too old.
    bool ask = false;
  };

  void Run();
  // Numbers and reads new events; true if there are more.
  absl::StatusOr<bool> Look();
  void Publish(std::vector<storage::Event> events);
  Batch FromMemory(const storage::Place& after, const Followed& of);
  absl::StatusOr<Batch> FromDatabase(const storage::Place& after, const Followed& of);
  // Does the same, but for only one stream of each agency at a time.
  absl::StatusOr<Batch> FromDatabaseInTurn(Call& call, const storage::Place& after, const Followed& of);

  storage::Database* const database_;
  const std::shared_ptr<Changes> changes_;
  Waiter waiter_;
  std::atomic<bool> stopping_{false};
  // Since when there has been something to report, in microseconds since the epoch; 0 if there
  // is nothing.
  std::shared_ptr<std::atomic<int64_t>> waiting_since_ = std::make_shared<std::atomic<int64_t>>(0);
  std::mutex mutex_;
  // Everything up to here was read, and `told_` holds the newest part of it. The position is -1
  // before the first look.
  storage::Place read_{-1};
  std::deque<Told> told_;
  std::map<Followed, std::set<Waiter*>> sleepers_;
  // Agencies for which a stream is querying the database. A stream has its own thread and needs no
  // worker, so without this lock one agency's streams that all start again from the beginning of
  // the feed could hold all sessions.
  KeyedLock asking_;
  std::thread thread_;
};

// Turns a caller's place in a feed into a text that the caller can neither read nor alter nor pass
// to another agency.
class FeedPositions {
 public:
  FeedPositions(std::string feed, const storage::PageTokens* tokens)
      : feed_(std::move(feed)), tokens_(tokens) {}

  std::string Seal(const std::string& agency, const storage::Place& place) const;
  // Restores a place. INVALID_ARGUMENT with rule PAGE_TOKEN_INVALID if the text is not a position
  // of this agency. ABORTED with rule POSITION_FROM_ANOTHER_TIME if the database is a restored copy
  // without the changes that the caller saw; the caller must then list anew.
  absl::StatusOr<storage::Place> Open(storage::Transaction& tx, const std::string& agency,
                                      const std::string& text) const;
  // Does the same for a plain number, as callers of the previous version keep it. A restored copy
  // is only noticed if that number lies in its future.
  absl::StatusOr<storage::Place> At(storage::Transaction& tx, int64_t position) const;

 private:
  const std::string feed_;
  const storage::PageTokens* const tokens_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_FEED_H_
