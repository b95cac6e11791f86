// This is the law of a service that makes a class of its own from its rule set.
#ifndef ACCORD_COMMON_HOST_LAW_GOVERNED_BY_H_
#define ACCORD_COMMON_HOST_LAW_GOVERNED_BY_H_

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/error.h"
#include "common/base/law_in_force.h"
#include "common/host/law/governed_law.h"

namespace accord::host {

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

#endif  // ACCORD_COMMON_HOST_LAW_GOVERNED_BY_H_
