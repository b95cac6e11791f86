#include "common/host/watching/feed.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/storage/records/feed_steps.h"

namespace accord::host {
namespace {

// This is how often the process looks for changes by other replicas.
constexpr absl::Duration kFeedLook = absl::Milliseconds(250);
constexpr int kEventsAtOnce = 500;
constexpr std::size_t kRemembered = 4096;
// Events that were read longer ago are not used, because their visibility may have changed since.
constexpr std::chrono::seconds kFresh{2};
// This is how often a stream without events is told its place.
constexpr absl::Duration kProgress = absl::Seconds(15);
// This is the most positions of the feed that one statement examines.
constexpr int64_t kSpan = 5000;
// This is the pause before a database that could not be reached is tried again.
constexpr absl::Duration kPause = absl::Seconds(1);

}  // namespace

class Feed::Sleeper {
 public:
  Sleeper(Feed* feed, const Followed& of, Waiter* waiter) : feed_(feed), of_(of), waiter_(waiter) {
    std::lock_guard lock(feed_->mutex_);
    feed_->sleepers_[of_].insert(waiter_);
  }
  ~Sleeper() {
    std::lock_guard lock(feed_->mutex_);
    const auto found = feed_->sleepers_.find(of_);
    found->second.erase(waiter_);
    if (found->second.empty()) feed_->sleepers_.erase(found);
  }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

 private:
  Feed* const feed_;
  const Followed of_;
  Waiter* const waiter_;
};

Feed::Feed(storage::Database* database, std::shared_ptr<Changes> changes)
    : database_(database), changes_(std::move(changes)) {}

std::function<double()> Feed::lag() const {
  return [since = waiting_since_] {
    const int64_t at = *since;
    return at == 0 ? 0 : absl::ToDoubleSeconds(absl::Now() - absl::FromUnixMicros(at));
  };
}

Feed::~Feed() {
  stopping_ = true;
  waiter_.Wake();
  if (!thread_.joinable()) return;
  thread_.join();
  changes_->Remove(&waiter_);
}

void Feed::Start() {
  changes_->Add(&waiter_, Changes::kEveryChange);
  thread_ = std::thread([this] { Run(); });
}

void Feed::Run() {
  while (!stopping_) {
    const absl::StatusOr<bool> more = Look();
    if (!more.ok()) {
      LogWarning("feed_failed", {{"rule", RuleOf(more.status())}});
      // Nobody knows whether there is anything to report.
      int64_t told = 0;
      waiting_since_->compare_exchange_strong(told, absl::ToUnixMicros(absl::Now()));
    }
    if (!more.ok() || !*more) waiter_.Wait(more.ok() ? kFeedLook : kPause);
  }
}

absl::StatusOr<bool> Feed::Look() {
  if (read_.position < 0) {
    ACCORD_ASSIGN_OR_RETURN(storage::Place end, database_->Read(storage::LastPlace));
    std::lock_guard lock(mutex_);
    read_ = std::move(end);
  }
  ACCORD_ASSIGN_OR_RETURN(const storage::FeedState state, database_->Read(storage::StateOfFeed));
  const bool unnumbered = state.oldest_unnumbered != absl::InfiniteFuture();
  *waiting_since_ = unnumbered ? absl::ToUnixMicros(state.oldest_unnumbered) : 0;
  if (!unnumbered && state.last <= read_.position) return false;
  bool more = false;
  if (unnumbered) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t numbered, storage::NumberEvents(database_, kEventsAtOnce));
    more = numbered == kEventsAtOnce;
  }
  ACCORD_ASSIGN_OR_RETURN(auto events, database_->Read([&](storage::Transaction& tx) {
    return storage::EventsForAll(tx, read_.position, kEventsAtOnce);
  }));
  more = more || static_cast<int>(events.size()) == kEventsAtOnce;
  Publish(std::move(events));
  if (!more) *waiting_since_ = 0;
  return more;
}

void Feed::Publish(std::vector<storage::Event> events) {
  if (events.empty()) return;
  const auto now = std::chrono::steady_clock::now();
  std::lock_guard lock(mutex_);
  read_ = events.back().place;
  for (storage::Event& event : events) {
    for (auto& [of, waiters] : sleepers_) {
      if (!Concerns(event, of)) continue;
      for (Waiter* waiter : waiters) waiter->Wake();
    }
    told_.push_back({std::move(event), now});
  }
  while (told_.size() > kRemembered) told_.pop_front();
}

Feed::Batch Feed::FromMemory(const storage::Place& after, const Followed& of) {
  Batch batch;
  batch.until = after;
  std::lock_guard lock(mutex_);
  // Another process may have numbered and reported more than this one has read yet.
  if (read_.position >= 0 && after.position >= read_.position) return batch;
  const auto begin = std::find_if(told_.begin(), told_.end(), [&](const Told& told) {
    return told.event.place.position > after.position;
  });
  batch.ask = begin == told_.end() || begin->event.place.position != after.position + 1 ||
              std::chrono::steady_clock::now() - begin->at > kFresh;
  if (batch.ask) return batch;
  for (auto told = begin; told != told_.end(); ++told) {
    if (Concerns(told->event, of)) batch.events.push_back(told->event);
  }
  batch.until = read_;
  return batch;
}

absl::StatusOr<Feed::Batch> Feed::FromDatabase(const storage::Place& after, const Followed& of) {
  storage::FeedQuery query{.after = after.position,
                           .kind = of.kind,
                           .viewer = of.viewer,
                           .whole_agency = of.whole_agency,
                           .also = of.also};
  return database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<Batch> {
    Batch batch;
    batch.until = after;
    // Old events may have been removed, even a whole span of them.
    ACCORD_ASSIGN_OR_RETURN(const int64_t next, storage::NextPosition(tx, after.position));
    if (next == 0) return batch;
    query.until = next + kSpan;
    ACCORD_ASSIGN_OR_RETURN(batch.events, storage::EventsOf(tx, query));
    if (static_cast<int>(batch.events.size()) == query.limit) {
      batch.until = batch.events.back().place;
      return batch;
    }
    ACCORD_ASSIGN_OR_RETURN(batch.until, storage::LastPlaceUpTo(tx, query.until));
    return batch;
  });
}

bool Feed::InTurn(Call& call, const std::string& agency, const std::function<void()>& ask) {
  if (!asking_.Enter(agency, [&call] { return call.ended(); })) return false;
  ask();
  asking_.Leave(agency);
  return true;
}

absl::StatusOr<Feed::Batch> Feed::FromDatabaseInTurn(Call& call, const storage::Place& after,
                                                     const Followed& of) {
  Batch nothing;
  nothing.until = after;
  absl::StatusOr<Batch> batch = std::move(nothing);
  // A viewer may be an agency in one of its capacities, `cas-york#director`; the lock is for the agency.
  InTurn(call, of.viewer.substr(0, of.viewer.find('#')), [&] { batch = FromDatabase(after, of); });
  return batch;
}

absl::Status Feed::Follow(Call& call, storage::Place place, const Followed& of, const Tell& tell) {
  Waiter* const waiter = call.waiter();
  const Sleeper sleeper(this, of, waiter);
  const int64_t begin = place.position;
  bool caught_up = false;
  auto told = std::chrono::steady_clock::now();
  if (!tell(nullptr, place)) return absl::OkStatus();
  while (!call.ended()) {
    Batch batch;
    if (caught_up) batch = FromMemory(place, of);
    // Events that this process has not read yet belong to those that existed at the beginning.
    if (!caught_up || batch.ask) {
      auto asked = FromDatabaseInTurn(call, place, of);
      // A temporary loss of the database does not end a stream, which continues where it was.
      if (absl::IsUnavailable(asked.status())) {
        waiter->Wait(kPause);
        continue;
      }
      ACCORD_RETURN_IF_ERROR(asked.status());
      batch = *std::move(asked);
    }
    for (const storage::Event& event : batch.events) {
      if (!tell(&event, event.place)) return absl::OkStatus();
      told = std::chrono::steady_clock::now();
    }
    const bool moved = batch.until.position > place.position;
    place = std::move(batch.until);
    if (moved) continue;
    // Later the place is not reported at once, because that would reveal when others change something.
    const bool reached = !caught_up && place.position > begin;
    caught_up = true;
    if (reached || absl::FromChrono(std::chrono::steady_clock::now() - told) >= kProgress) {
      if (!tell(nullptr, place)) return absl::OkStatus();
      told = std::chrono::steady_clock::now();
    }
    waiter->Wait(kProgress);
  }
  return absl::OkStatus();
}

}  // namespace accord::host
