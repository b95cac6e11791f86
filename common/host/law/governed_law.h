// How a service describes the law that it applies, so that the office can replace the rule set
// while the service runs. This interface hides what the service makes of its rule set.
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
  // An empty rule set of this service.
  virtual std::unique_ptr<Message> New() const = 0;
  // The rule set that this thread applies.
  virtual const Message& Set() const = 0;
  // Refuses every rule set with which the service would not start.
  virtual absl::Status Check(const Message& set) const = 0;
  // Makes the process apply this rule set from now on. Refuses it as Check does.
  virtual absl::Status Take(const Message& set) = 0;
  // Runs the work on this thread, which alone applies this rule set meanwhile. Refuses the rule set
  // as Check does, and otherwise returns what the work returned.
  virtual absl::Status Under(const Message& set, const Work& work) const = 0;
  // Pins, for this thread, the law that it applies now.
  virtual std::unique_ptr<PinnedLaw> Pin() const = 0;
  // The fields of a rule set that are not law: who may see or do what, and which counts are
  // suppressed. The office cannot change them here; otherwise two of its people could open records
  // that are closed to it.
  virtual const std::set<std::string>& Fixed() const = 0;
};

// `Law` is the class that a service makes from its rule set, whose type is `RuleSet`.
template <class Law, class RuleSet>
class GovernedBy : public GovernedLaw {
 public:
  using Make = std::function<absl::StatusOr<Law>(RuleSet)>;
  using Read = std::function<const RuleSet&(const Law&)>;

  // `make` refuses a rule set that the service cannot apply. `law` must outlive this object.
  GovernedBy(LawInForce<Law>* law, Make make, Read read, std::set<std::string> fixed)
      : law_(law), make_(std::move(make)), read_(std::move(read)), fixed_(std::move(fixed)) {}

  std::unique_ptr<Message> New() const override { return std::make_unique<RuleSet>(); }
  const Message& Set() const override { return read_(law_->now()); }
  absl::Status Check(const Message& set) const override { return Made(set).status(); }
  absl::Status Take(const Message& set) override {
    ACCORD_ASSIGN_OR_RETURN(Law made, Made(set));
    law_->Take(std::move(made));
    return absl::OkStatus();
  }
  absl::Status Under(const Message& set, const Work& work) const override {
    ACCORD_ASSIGN_OR_RETURN(const Law made, Made(set));
    const PinnedLaw pinned(law_, &made);
    return work();
  }
  std::unique_ptr<PinnedLaw> Pin() const override { return law_->Pin(); }
  const std::set<std::string>& Fixed() const override { return fixed_; }

 private:
  absl::StatusOr<Law> Made(const Message& set) const { return make_(dynamic_cast<const RuleSet&>(set)); }

  LawInForce<Law>* const law_;
  const Make make_;
  const Read read_;
  const std::set<std::string> fixed_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_LAW_GOVERNED_LAW_H_
