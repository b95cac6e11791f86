#include "common/testing/change_watch.h"

#include <gmock/gmock.h>

#include <utility>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/host/watching/feed.h"
#include "common/host/watching/feed_positions.h"
#include "common/storage/records/feed.h"
#include "common/testing/matchers.h"

namespace accord::testing {

using host::v1::WatchChangesRequest;

std::vector<std::string> ToldChanges::names() const {
  std::vector<std::string> names;
  for (const host::v1::Change& change : changes) names.push_back(change.name());
  return names;
}

std::string PositionNow(InProcess* in_process, const Caller& who) {
  WatchChangesRequest request;
  request.set_progress(true);
  std::string token;
  EXPECT_OK(in_process->Stream<host::v1::Change>(who, request, [&](const host::v1::Change& change) {
    token = change.watch_token();
    return false;
  }));
  return token;
}

ToldChanges WatchChanges(InProcess* in_process, const Caller& who, const std::string& from,
                         WatchChangesRequest request) {
  // Nobody is told of this event; it makes the feed longer than what a caller sees of it.
  EXPECT_OK(in_process->database().Transact([](storage::Transaction& tx) {
    return storage::StoreEvent(tx, {.kind = "nothing", .name = "nothing", .at = absl::Now()}, "");
  }));
  request.set_watch_token(from);
  request.set_progress(true);
  ToldChanges told;
  int progress = 0;
  told.status = in_process->Stream<host::v1::Change>(who, request, [&](const host::v1::Change& change) {
    // Such an event comes once at the beginning, and once when everything has been reported.
    if (change.name().empty()) return ++progress < 2;
    told.changes.push_back(change);
    return true;
  });
  return told;
}

ToldChanges WatchKind(InProcess* in_process, const Caller& who, const std::string& from,
                      const std::string& kind) {
  WatchChangesRequest request;
  if (!kind.empty()) request.add_kinds(kind);
  return WatchChanges(in_process, who, from, request);
}

std::map<std::string, int> WatchAllChanges(InProcess* in_process, Insiders* insiders,
                                           const std::vector<Caller>& people) {
  const storage::Place first =
      Must(in_process->database().Read([](storage::Transaction& tx) { return storage::PlaceAt(tx, 1); }));
  const host::FeedPositions positions("changes", &in_process->page_tokens());
  std::map<std::string, int> told;
  for (const Caller& who : people) {
    const ToldChanges all = WatchChanges(in_process, who, positions.Seal(who.agency, first));
    for (const host::v1::Change& change : all.changes) {
      ++told[change.kind()];
      // A person who had a recalled record is told of the recall by the name under which it
      // was given.
      if (change.gone() == host::v1::GONE_RECALLED) continue;
      EXPECT_TRUE(insiders->Knows(who, change.name())) << who.agency << " hears of " << change.name();
    }
    if (all.status.ok()) continue;
    EXPECT_THAT(RuleOf(all.status), NotForTheCaller()) << who.agency << "/" << who.actor;
  }
  return told;
}

}  // namespace accord::testing
