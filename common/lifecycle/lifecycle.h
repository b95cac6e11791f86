// A lifecycle is data: it says to which state an event leads from each state.
#ifndef ACCORD_COMMON_LIFECYCLE_LIFECYCLE_H_
#define ACCORD_COMMON_LIFECYCLE_LIFECYCLE_H_

#include <google/protobuf/descriptor.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord {

struct Transition {
  int from;
  std::string event;
  int to;
  // Whoever may take this step may also undo it while nobody has acted on it.
  bool undoable = false;
};

class Lifecycle {
 public:
  // `state` is the enum of the states; its zero value is not a state.
  Lifecycle(const google::protobuf::EnumDescriptor* state, std::vector<Transition> transitions);

  // This gives the next state, or FAILED_PRECONDITION with rule STATE_NOT_PERMITTED.
  absl::StatusOr<int> Next(int from, const std::string& event) const;

  std::vector<int> States() const;
  std::set<std::string> Events() const;
  // This gives every transition, ordered by its state and event.
  std::vector<Transition> Transitions() const;
  // This returns FAILED_PRECONDITION with rule STATE_NOT_PERMITTED unless a step that can be undone leads to
  // this state.
  absl::Status CheckUndoable(int to) const;
  // This says whether the step from one state to the other can be undone. A step from a state to itself
  // never can.
  bool Undoable(int from, int to) const;
  // This prints one line for each transition, for a golden file.
  std::string Table() const;

 private:
  const google::protobuf::EnumDescriptor* state_;
  struct Step {
    int to;
    bool undoable;
  };
  std::map<std::pair<int, std::string>, Step> next_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_LIFECYCLE_LIFECYCLE_H_
