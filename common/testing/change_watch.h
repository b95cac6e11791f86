// This reads a service's feed of changes in tests.
#ifndef ACCORD_COMMON_TESTING_CHANGE_WATCH_H_
#define ACCORD_COMMON_TESTING_CHANGE_WATCH_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "accord/host/v1/changes.pb.h"
#include "common/access/decide.h"
#include "common/testing/in_process.h"
#include "common/testing/insiders.h"

namespace accord::testing {

struct ToldChanges {
  absl::Status status;
  std::vector<host::v1::Change> changes;

  std::vector<std::string> names() const;
};

// This gives a position before all later changes.
std::string PositionNow(InProcess* in_process, const Caller& who);

// This gives the changes that a caller is told of from a position until now.
ToldChanges WatchChanges(InProcess* in_process, const Caller& who, const std::string& from,
                         host::v1::WatchChangesRequest request = {});
// This does the same for records of one kind, or of every kind if `kind` is empty.
ToldChanges WatchKind(InProcess* in_process, const Caller& who, const std::string& from,
                      const std::string& kind);

// This fails the running test if one of these people is told, from the first change on, of a record that the
// oracle of `insiders` does not let the person know. Recalls of records are left out. It gives how many
// changes of each kind were reported.
std::map<std::string, int> WatchAllChanges(InProcess* in_process, Insiders* insiders,
                                           const std::vector<Caller>& people);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_CHANGE_WATCH_H_
