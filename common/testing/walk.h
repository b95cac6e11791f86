// This tries a service's changes with every part and state, and checks that each is open to exactly those to
// whom the field's table permits it.
#ifndef ACCORD_COMMON_TESTING_WALK_H_
#define ACCORD_COMMON_TESTING_WALK_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/storage/records/resources.h"
#include "common/testing/in_process.h"
#include "common/testing/walk_coverage.h"
#include "common/testing/walk_request.h"

namespace accord::testing {

// This is one line of the field's table, written independently of the code. If a method has several lines, it
// is permitted by any of them.
struct Permitted {
  // This is the method, for example `AcknowledgeReferral`.
  std::string method;
  // This says who may do it, by the names that the walk gives its agencies.
  std::set<std::string> who;
  // It is permitted in these states. If there are none, it is permitted in every state.
  std::set<std::string> states;
};

struct Walk {
  std::string service;
  std::vector<Permitted> table;
  // This is an agency that tries the methods; its key says what the agency is to the record.
  using Agency = Tries;
  std::map<std::string, Agency> agencies;
  std::vector<std::string> states;
  // By these rules this service refuses for a wrong part or state, besides those that all services have
  // in common.
  std::set<std::string> held_up_by = {};
  // This adds to a request what its method requires beyond the required fields.
  std::function<void(const std::string& who, google::protobuf::Message* request)> finish = {};
  // This stores a fresh record in this state and gives its name.
  std::function<std::string(const std::string& state)> make;
};

// This gives the methods of a service that change something, except these.
std::set<std::string> ChangesBut(const std::string& service, const std::set<std::string>& walked);
// This gives the short names of an enum's values, without the unspecified one.
std::vector<std::string> ShortNamesOf(const google::protobuf::EnumDescriptor* type);

// This stores a record directly in its state, without the steps that lead there, and gives its name.
std::string Store(InProcess* in_process, const std::string& kind, google::protobuf::Message* record,
                  const storage::Placement& placement);

// This fails the running test if a call succeeds that the table does not permit, or is refused, for part
// or state, although the table permits it. Methods of the service that change a record and are in neither
// the table nor `elsewhere` fail too. It gives the number of calls that were made, and notes what was
// tried (walk_coverage.h).
int WalkChanges(InProcess* in_process, const Walk& walk, const std::set<std::string>& elsewhere);

// This does the same with all changes of the table and no others.
int WalkWholeTable(InProcess* in_process, const Walk& walk);

// This does the same for one event of one change: `who` may call it in these states, or nobody if there
// are none.
template <class Request>
int WalkEvent(InProcess* in_process, Walk walk, const std::string& method, const std::set<std::string>& who,
              const std::string& event, const std::set<std::string>& states) {
  walk.table = {states.empty() ? Permitted{method, {}, {}} : Permitted{method, who, states}};
  walk.finish = [event](const std::string&, google::protobuf::Message* message) {
    if (auto* request = dynamic_cast<Request*>(message)) request->set_event(event);
  };
  return WalkChanges(in_process, walk, ChangesBut(walk.service, {method}));
}

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_WALK_H_
