// This is the service's own log of who at the office has opened which version of a ministry's submission.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_OPENED_EVIDENCE_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_OPENED_EVIDENCE_H_

#include "absl/status/statusor.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/host/calls/call.h"

namespace accord::strategy {

// This tells whether this answer shows the caller the evidence of an observation that waits to be verified: a
// member of the office's staff gets it by its name. A read for another answer, such as that of the feed, does
// not count.
bool OpensEvidence(const host::Call& call, const v1::IndicatorObservation& observation);
// Notes that the caller has opened this version. A second time changes nothing.
absl::Status KeepOpenedEvidence(storage::Transaction& tx, const host::Call& call,
                                const v1::IndicatorObservation& observation);
// This tells whether the caller has opened exactly the version that was last submitted.
absl::StatusOr<bool> HasOpenedEvidence(storage::Transaction& tx, const host::Call& call,
                                       const v1::IndicatorObservation& observation);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_OPENED_EVIDENCE_H_
