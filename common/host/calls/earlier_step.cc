#include "common/host/calls/earlier_step.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::host {

std::string DoneBy(const Caller& caller, const std::string& agency, const std::string& actor, absl::Time at) {
  const std::string who = agency == "platform"      ? "the service itself"
                          : agency == caller.agency ? absl::StrCat(actor, " of your agency")
                                                    : agency;
  return absl::StrCat("by ", who, " on ", absl::FormatTime("%Y-%m-%d at %H:%M:%S %Z", at, OntarioZone()));
}

absl::Status ExplainRefusedStep(const absl::Status& refused, const Lifecycle& steps, const std::string& event,
                                const Caller& caller, const std::vector<StateVersion>& versions) {
  if (RuleOf(refused) != rules::kStateNotPermitted.reason) return refused;
  const std::vector<Transition> known = steps.Transitions();
  const StateVersion* led_here = nullptr;
  for (std::size_t i = 0; i + 1 < versions.size(); ++i) {
    const int from = versions[i + 1].state, to = versions[i].state;
    if (from == to) continue;
    if (led_here == nullptr) led_here = &versions[i];
    const bool same = std::any_of(known.begin(), known.end(), [&](const Transition& step) {
      return step.from == from && step.event == event && step.to == to;
    });
    if (!same) continue;
    return Reword(refused,
                  absl::StrCat(std::string(refused.message()), " It was done ",
                               DoneBy(caller, versions[i].agency, versions[i].actor, versions[i].at), "."));
  }
  if (led_here == nullptr) return refused;
  return Reword(refused,
                absl::StrCat(std::string(refused.message()), " The record was brought to this state ",
                             DoneBy(caller, led_here->agency, led_here->actor, led_here->at), "."));
}

}  // namespace accord::host
