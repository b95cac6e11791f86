// Who of the office has opened which version of what a ministry submitted: the service's own log of it.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_OPENED_EVIDENCE_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_OPENED_EVIDENCE_H_

#include "absl/status/statusor.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/host/calls/call.h"

namespace accord::strategy {

// By this answer the caller opens the evidence of an observation that waits to be verified: somebody of the
// office's staff gets it by its name. What is read for another answer, such as the feed's, opens nothing.
bool OpensEvidence(const host::Call& call, const v1::IndicatorObservation& observation);
// Notes that the caller has opened this version. A second time changes nothing.
absl::Status KeepOpened(storage::Transaction& tx, const host::Call& call,
                        const v1::IndicatorObservation& observation);
// The caller has opened this very version, which is the one that was last submitted.
absl::StatusOr<bool> HasOpened(storage::Transaction& tx, const host::Call& call,
                               const v1::IndicatorObservation& observation);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_OPENED_EVIDENCE_H_
