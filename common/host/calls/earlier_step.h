// This explains a step that was refused because a record was moved before: who moved it first, and when.
#ifndef ACCORD_COMMON_HOST_CALLS_EARLIER_STEP_H_
#define ACCORD_COMMON_HOST_CALLS_EARLIER_STEP_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/access/decide.h"
#include "common/lifecycle/lifecycle.h"
#include "common/storage/records/resources.h"

namespace accord::host {

// This gives the end of a sentence: `by ana of your agency on 2026-11-29 at 03:10:22 EST`. A person is named
// to the own agency only; everybody else reads the agency. `platform` is the service itself.
std::string DoneBy(const Caller& caller, const std::string& agency, const std::string& actor, absl::Time at);

// A version of a record: the state that it has, and who stored it.
struct StateVersion {
  int state = 0;
  absl::Time at;
  std::string agency, actor;
};

// This adds to a refusal by STATE_NOT_PERMITTED who took the same step before or, if nobody did, who led the
// record to its state. `versions` are the last ones, newest first. Other refusals stay as they are.
absl::Status ExplainRefusedStep(const absl::Status& refused, const Lifecycle& steps, const std::string& event,
                                const Caller& caller, const std::vector<StateVersion>& versions);

// This does the same by the versions that are stored of `record`, which the caller may read.
template <class M>
absl::Status ExplainRefusedStep(const absl::Status& refused, const Lifecycle& steps, const std::string& event,
                                const Caller& caller, storage::Transaction& tx, storage::Resources* records,
                                const M& record) {
  constexpr int kMostVersions = 40;
  const auto stored = records->LatestRevisions<M>(tx, record.name(), kMostVersions);
  if (!stored.ok()) return refused;
  std::vector<StateVersion> versions;
  for (const auto& each : *stored) versions.push_back({each.item.state(), each.at, each.agency, each.actor});
  return ExplainRefusedStep(refused, steps, event, caller, versions);
}

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_EARLIER_STEP_H_
