// Lifecycles as data: which event leads from which state to which.
#ifndef ACCORD_COMMON_LIFECYCLE_LIFECYCLE_H_
#define ACCORD_COMMON_LIFECYCLE_LIFECYCLE_H_

#include <google/protobuf/descriptor.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace accord {

struct Transition {
  int from;
  std::string event;
  int to;
};

class Lifecycle {
 public:
  // `state` is the enum of the states; its zero is no state.
  Lifecycle(const google::protobuf::EnumDescriptor* state, std::vector<Transition> transitions);

  // The next state, or FAILED_PRECONDITION with rule STATE_NOT_PERMITTED.
  absl::StatusOr<int> Next(int from, const std::string& event) const;

  std::vector<int> States() const;
  std::set<std::string> Events() const;
  // This prints one line for each transition, for a golden file.
  std::string Table() const;

 private:
  const google::protobuf::EnumDescriptor* state_;
  std::map<std::pair<int, std::string>, int> next_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_LIFECYCLE_LIFECYCLE_H_
