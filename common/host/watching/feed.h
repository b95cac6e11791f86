// This is the feed of a process: one reader of the database's events for all streams. It wakes only the
// streams that an event concerns. So the cost of a watch does not grow with other agencies' changes, nor the
// cost of a change with the number of watches.
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
#include "common/host/watching/followed.h"
#include "common/host/watching/keyed_lock.h"
#include "common/storage/database/database.h"
#include "common/storage/records/feed.h"

namespace accord::host {

// A Feed is thread-safe.
class Feed {
 public:
  // This receives an event; or null with the place up to which the stream has been told, from which it
  // can continue.
  using Tell = std::function<bool(const storage::Event* event, const storage::Place& place)>;

  Feed(storage::Database* database, std::shared_ptr<Changes> changes);
  ~Feed();
  // This starts the reader; called once, when the database has its schema. Until then streams are told
  // nothing new.
  void Start();

  // This reports the events after `place` that concern `of`, until the call ends or `tell` returns false. It
  // reports its place at once, again when everything that existed at the start has been reported, and then
  // every 15 seconds.
  absl::Status Follow(Call& call, storage::Place place, const Followed& of, const Tell& tell);

  // Runs `ask` while no other stream of the agency queries the database. It returns false, without running
  // it, once the call has ended.
  bool InTurn(Call& call, const std::string& agency, const std::function<void()>& ask);

  // This gives the time, in seconds, for which the oldest change has waited to be reported, or since the
  // database was last read. The function may outlive the feed.
  std::function<double()> lag() const;

 private:
  struct Told {
    storage::Event event;
    std::chrono::steady_clock::time_point at;
  };
  // This is a stream that may sleep, from the construction of this object to its end.
  class Sleeper;
  struct Batch {
    std::vector<storage::Event> events;
    // `events` has everything up to this place.
    storage::Place until;
    // The database must be queried, because the events in memory do not reach back so far or are too old.
    bool ask = false;
  };

  void Run();
  // Numbers and reads new events, and returns true if there are more.
  absl::StatusOr<bool> Look();
  void Publish(std::vector<storage::Event> events);
  Batch FromMemory(const storage::Place& after, const Followed& of);
  absl::StatusOr<Batch> FromDatabase(const storage::Place& after, const Followed& of);
  // This does the same, but for only one stream of each agency at a time.
  absl::StatusOr<Batch> FromDatabaseInTurn(Call& call, const storage::Place& after, const Followed& of);

  storage::Database* const database_;
  const std::shared_ptr<Changes> changes_;
  Waiter waiter_;
  std::atomic<bool> stopping_{false};
  // This says since when there has been something to report, in microseconds since the epoch; it is 0 if
  // there is nothing.
  std::shared_ptr<std::atomic<int64_t>> waiting_since_ = std::make_shared<std::atomic<int64_t>>(0);
  std::mutex mutex_;
  // Everything up to here was read, and `told_` holds the newest part of it. The position is -1
  // before the first look.
  storage::Place read_{-1};
  std::deque<Told> told_;
  std::map<Followed, std::set<Waiter*>> sleepers_;
  // These are agencies for which a stream is querying the database. A stream has its own thread and needs no
  // worker, so without this lock one agency's streams that all start again from the beginning of the feed
  // could hold all sessions.
  KeyedLock asking_;
  std::thread thread_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_FEED_H_
