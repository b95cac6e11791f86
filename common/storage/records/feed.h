// This is what changed in a database, in the order in which it took effect, as readers follow it.
//
// An event is stored with its change. PostgreSQL's transactions commit in another order than that of any
// number they take meanwhile, so a reader that goes on after such a number would miss what commits later with
// a lower one, and a reader that waits for all open transactions waits for strangers. So an event has no
// position until it can be seen: NumberEvents gives the next positions, without a gap, to what was committed
// without one. SQLite's writers take turns: there an event has its position from the start.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_FEED_H_
#define ACCORD_COMMON_STORAGE_RECORDS_FEED_H_

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// It stands for an agency where a service makes a change by itself, as when time passes; no agency has this
// id.
inline constexpr char kPlatform[] = "platform";

// This is a place in the feed: everything up to `position` lies before it. `mark` tells the event there
// from any other that may stand there once an older copy of the database was restored. The beginning has
// 0 and no mark.
struct Place {
  int64_t position = 0;
  std::string mark = {};
};

// This is a resource changed.
struct Event {
  // This says where the event stands; it is not set yet when the event is stored.
  Place place = {};
  std::string kind = {};
  std::string name = {};
  std::string owner = {};
  std::string state = {};
  // 0 in an event that tells of no version, and in one of a time when versions were not told.
  int64_t version = 0;
  absl::Time at;
  // Whose change it is, `platform` for the service's own, and the RPC by which it was made,
  // `package.Service.Method`; both are empty where the event does not say.
  std::string agency = {};
  std::string act = {};
  // EventsForAll says here who sees the resource; kEverybody may be among them.
  std::vector<std::string> viewers = {};
  // EventsForAll says here who else is told of it by the feed of a whole agency: those that LetFollow named,
  // and, of an event that tells that a record is gone, those from whom it is gone (gone.h).
  std::vector<std::string> followers = {};
};

// Stores the event beside the change that it tells of.
absl::Status StoreEvent(Transaction& tx, const Event& event, std::string_view request_id);

// From now on feeds of these whole agencies are told of the resource as well, for people who read it by a
// rule of the service and not by who sees it. It lets nobody read anything, and an update leaves it as it is.
absl::Status LetFollow(Transaction& tx, const std::string& kind, const std::string& name,
                       const std::vector<std::string>& agencies);
// This is the index field under which `visible` keeps that.
inline constexpr std::string_view kFollowsField = "follows";

// Gives positions to what was committed without; how many. At most `limit`: as many say that there is more.
absl::StatusOr<int64_t> NumberEvents(Database* database, int limit);
// When the oldest event without a position was written, as this snapshot sees it; InfiniteFuture if there
// is none.
absl::StatusOr<absl::Time> OldestUnnumbered(Transaction& tx);

struct FeedQuery {
  // Positions after the first and up to the second.
  int64_t after = 0;
  int64_t until = std::numeric_limits<int64_t>::max();
  // An empty kind selects every kind.
  std::string_view kind = {};
  // Only events that this viewer may see now are read; an empty viewer sees everything.
  std::string_view viewer = {};
  // Also events that only a capacity of the viewer may see (`cas-york#director`), those of what it follows,
  // and those that tell it that a record is gone.
  bool whole_agency = false;
  // Another viewer whose events are read as well, for example `#office`; empty stands for none.
  std::string_view also = {};
  int limit = 100;
};
// Events come oldest first.
absl::StatusOr<std::vector<Event>> EventsOf(Transaction& tx, const FeedQuery& query);
// This reads the events for all viewers at once, with those who see each of them.
absl::StatusOr<std::vector<Event>> EventsForAll(Transaction& tx, int64_t position, int limit);

// A key tells of one change and on whose request it was made, without contents.
struct RevisionKey {
  int64_t position;
  absl::Time at;
  std::string agency, actor, request_id, name;
  int64_t version;
  // What a gateway signed of the call, as long as it is kept.
  std::string proof;
  // The agency sees the resource now, itself or in one of its capacities.
  bool seen = false;
};
// Lists changes after a position, oldest first: those that callers made, and where `platform` says so, those
// that the service made by itself.
absl::StatusOr<std::vector<RevisionKey>> RevisionKeysAfter(Transaction& tx, int64_t position, int limit,
                                                           bool platform);

// This is the end of the feed.
absl::StatusOr<Place> LastPlace(Transaction& tx);
// This is the place of the event at a position; it has no mark if the event is gone.
absl::StatusOr<Place> PlaceAt(Transaction& tx, int64_t position);
// Gives the first position after another that has an event; 0 if there is none.
absl::StatusOr<int64_t> NextPosition(Transaction& tx, int64_t after);
// This is the place of the last event up to a position.
absl::StatusOr<Place> LastPlaceUpTo(Transaction& tx, int64_t position);
// Whether this is a place of this database: false for one of a state that was lost when a copy was restored,
// and for one whose event was swept away.
absl::StatusOr<bool> Knows(Transaction& tx, const Place& place);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_FEED_H_
