// Walks a service's changes by part and state: whether each is open to exactly those whom the field lets
// do it.
#ifndef ACCORD_COMMON_TESTING_WALK_H_
#define ACCORD_COMMON_TESTING_WALK_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/storage/records/resources.h"
#include "common/testing/in_process.h"
#include "common/testing/walk_request.h"
#include "common/testing/walked.h"

namespace accord::testing {

// This is one line of the field's table, written a second time. Several lines of one method permit what
// any does.
struct Permitted {
  // The method is, for example, `AcknowledgeReferral`.
  std::string method;
  // These may do it, by the names that the walk gives its agencies.
  std::set<std::string> who;
  // It says in which states this is permitted; empty means in each.
  std::set<std::string> states;
};

struct Walk {
  std::string service;
  std::vector<Permitted> table;
  // This names every agency that tries, by what it is to the record.
  using Agency = Tries;
  std::map<std::string, Agency> agencies;
  std::vector<std::string> states;
  // Rules by which the service says that somebody has not the part, or the record not the state, besides
  // those that all services have in common.
  std::set<std::string> held_up_by = {};
  // Adds to a request what its method's own rules ask for beyond the fields that are required.
  std::function<void(const std::string& who, google::protobuf::Message* request)> finish = {};
  // Stores a fresh record in this state and says its name.
  std::function<std::string(const std::string& state)> make;
};

// The methods of a service but for these.
std::set<std::string> ChangesBut(const std::string& service, const std::set<std::string>& walked);
// The short names of an enum's values, without the unspecified one.
std::vector<std::string> ShortNamesOf(const google::protobuf::EnumDescriptor* type);

// Stores a record as it is, as if the way there had been gone; its name.
std::string Store(InProcess* in_process, const std::string& kind, google::protobuf::Message* record,
                  const storage::Placement& placement);

// Fails the running test where a call is let through that the table does not permit, or held up, by part or
// state, that it does. Methods of the service that change a record and that the table leaves out fail too,
// but for `elsewhere`. How many calls were made. What was walked is noted (walked.h).
int WalkChanges(InProcess* in_process, const Walk& walk, const std::set<std::string>& elsewhere);

// Does the same with every change of the table and no other.
int WalkWholeTable(InProcess* in_process, const Walk& walk);

// The same of one change alone, with one of its events: `who` may, in these states; without a state, nobody.
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
