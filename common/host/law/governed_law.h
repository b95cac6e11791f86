// This is what a service says of the law that it goes by, so that the office can put another rule set in its
// place while it serves: whatever the service makes of its rule set is behind this.
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
  // The rule set that this thread goes by.
  virtual const Message& Set() const = 0;
  // It refuses every rule set with which the service would not start.
  virtual absl::Status Check(const Message& set) const = 0;
  // From now on the process goes by this rule set; as Check.
  virtual absl::Status Take(const Message& set) = 0;
  // Does the work on this thread while that goes by this rule set alone; as Check, and then as the work.
  virtual absl::Status Under(const Message& set, const Work& work) const = 0;
  // Has this thread go on by what it goes by now.
  virtual std::unique_ptr<PinnedLaw> Pin() const = 0;
  // The fields of a rule set that are no law: who sees or does what, and what is hidden of counts. The office
  // changes none of them here, or two of its people could open what is closed to the office.
  virtual const std::set<std::string>& Fixed() const = 0;
};

// `Law` is what a service makes of its rule set, which is a `RuleSet`.
template <class Law, class RuleSet>
class GovernedBy : public GovernedLaw {
 public:
  using Make = std::function<absl::StatusOr<Law>(RuleSet)>;
  using Read = std::function<const RuleSet&(const Law&)>;

  // `make` refuses a rule set that the service cannot go by. `law` outlives this.
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
