// These are the changes of a database in the order in which they took effect, as readers follow them.
//
// An event is stored together with its change. PostgreSQL's transactions do not commit in the order of a
// number that they take while they run. So a reader that continues after such a number would miss an event
// that commits later with a lower one, and a reader that waits for all open transactions would wait for
// unrelated ones. Therefore an event has no position until it is visible: NumberEvents gives the next
// positions, without a gap, to committed events that have none. SQLite has one writer at a time, so there an
// event has its position from the start.
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

// This is the agency of changes that a service makes by itself, for example when time passes. No agency has
// this id.
inline constexpr char kPlatform[] = "platform";

// This is a place in the feed, after everything up to `position`. `mark` distinguishes the event there from
// another one that may get the same position after an older copy of the database was restored. The beginning
// has position 0 and no mark.
struct Place {
  int64_t position = 0;
  std::string mark = {};
};

// This is the record of one change of a resource.
struct Event {
  // This is the event's place. It is not set yet when the event is stored.
  Place place = {};
  std::string kind = {};
  std::string name = {};
  std::string owner = {};
  std::string state = {};
  // This is the version that the change made; it is 0 if there is none, or if the event is older than
  // this field.
  int64_t version = 0;
  absl::Time at;
  // The agency that made the change (`platform` for the service itself), and the RPC,
  // `package.Service.Method`; both are empty where the event does not say.
  std::string agency = {};
  std::string act = {};
  // EventsForAll sets here who sees the resource. kEverybody may be among them.
  std::vector<std::string> viewers = {};
  // EventsForAll sets here the others who are told in the feed of a whole agency. These are those that
  // LetFollow named and, for an event which says that a record is gone, those from whom it is gone (gone.h).
  std::vector<std::string> followers = {};
};

// This stores the event in the transaction of the change that it records.
absl::Status StoreEvent(Transaction& tx, const Event& event, std::string_view request_id);

// From now on the feeds of these whole agencies report the resource as well, for people who may read it by a
// rule of the service rather than by visibility. It gives nobody access, and updates keep it.
absl::Status LetFollow(Transaction& tx, const std::string& kind, const std::string& name,
                       const std::vector<std::string>& agencies);
// This is the index field under which the table `visible` stores these agencies.
inline constexpr std::string_view kFollowsField = "follows";

// This gives positions to at most `limit` committed events without one, and returns how many. If it returns
// `limit`, there may be more.
absl::StatusOr<int64_t> NumberEvents(Database* database, int limit);
// This gives the time at which the oldest event without a position was written, as this snapshot sees it;
// InfiniteFuture if there is none.
absl::StatusOr<absl::Time> OldestUnnumbered(Transaction& tx);

struct FeedQuery {
  // Only positions above `after` and up to `until` are read.
  int64_t after = 0;
  int64_t until = std::numeric_limits<int64_t>::max();
  // An empty kind selects every kind.
  std::string_view kind = {};
  // Only events that this viewer may see now are read; an empty viewer sees everything.
  std::string_view viewer = {};
  // This includes events that only a capacity of the viewer may see (`cas-york#director`), events of
  // resources that the viewer follows, and those which say that a record is gone from it.
  bool whole_agency = false;
  // Another viewer whose events are read as well, for example `#office`; empty stands for none.
  std::string_view also = {};
  int limit = 100;
};
// Events come oldest first.
absl::StatusOr<std::vector<Event>> EventsOf(Transaction& tx, const FeedQuery& query);
// This reads the events for all viewers at once, together with those who see each of them.
absl::StatusOr<std::vector<Event>> EventsForAll(Transaction& tx, int64_t position, int limit);

// This identifies one change and at whose request it was made, without its content.
struct RevisionKey {
  int64_t position;
  absl::Time at;
  std::string agency, actor, request_id, name;
  int64_t version;
  // This is the assertion that a gateway signed for the call, as long as it is kept.
  std::string proof;
  // This says whether the agency sees the resource now, itself or in one of its capacities.
  bool seen = false;
};
// Lists changes after a position, oldest first: those that callers made and, if `platform` is true,
// those that the service made by itself.
absl::StatusOr<std::vector<RevisionKey>> RevisionKeysAfter(Transaction& tx, int64_t position, int limit,
                                                           bool platform);

// This gives the end of the feed.
absl::StatusOr<Place> LastPlace(Transaction& tx);
// This gives the place of the event at a position; without a mark if the event is gone.
absl::StatusOr<Place> PlaceAt(Transaction& tx, int64_t position);
// This gives the first position after another one that has an event, or 0 if there is none.
absl::StatusOr<int64_t> NextPosition(Transaction& tx, int64_t after);
// This gives the place of the last event up to a position.
absl::StatusOr<Place> LastPlaceUpTo(Transaction& tx, int64_t position);
// This says whether this is a place of this database. It returns false for a place of a state that was lost
// when a copy was restored, and for one whose event was swept away.
absl::StatusOr<bool> KnowsPlace(Transaction& tx, const Place& place);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_FEED_H_
