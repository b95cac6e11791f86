// This is how a service describes the law that it applies, so that the office can replace the rule set while
// the service runs. This interface hides what the service makes of its rule set.
#ifndef ACCORD_COMMON_HOST_LAW_GOVERNED_LAW_H_
#define ACCORD_COMMON_HOST_LAW_GOVERNED_LAW_H_

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/error.h"
#include "common/base/law_in_force.h"

namespace accord::host {

class GovernedLaw {
 public:
  using Message = google::protobuf::Message;
  using Work = std::function<absl::Status()>;

  virtual ~GovernedLaw() = default;
  // This gives an empty rule set of this service.
  virtual std::unique_ptr<Message> New() const = 0;
  // This gives the rule set that this thread applies.
  virtual const Message& Set() const = 0;
  // This refuses every rule set with which the service would not start.
  virtual absl::Status Check(const Message& set) const = 0;
  // This makes the process apply this rule set from now on. It refuses it as Check does.
  virtual absl::Status Take(const Message& set) = 0;
  // This runs the work on this thread, which alone applies this rule set meanwhile. It refuses the rule set
  // as Check does, and otherwise returns what the work returned.
  virtual absl::Status Under(const Message& set, const Work& work) const = 0;
  // Pins, for this thread, the law that it applies now.
  virtual std::unique_ptr<PinnedLaw> Pin() const = 0;
  // This gives the fields of a rule set that are not law: who may see or do what, and which counts are
  // suppressed. The office cannot change them here; otherwise two of its people could open records that are
  // closed to it.
  virtual const std::set<std::string>& Fixed() const = 0;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_LAW_GOVERNED_LAW_H_
