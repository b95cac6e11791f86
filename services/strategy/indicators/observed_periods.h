// This ensures that at most one figure is verified for each period of an indicator. A wrong figure
// is corrected.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_OBSERVED_PERIODS_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_OBSERVED_PERIODS_H_

#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

// This fails with ALREADY_RECORDED if another observation by the same definition in the same period is
// verified or is being corrected. `viewer` sees every observation.
absl::Status CheckPeriodNotObserved(storage::Transaction& tx, storage::Resources* observations,
                                    const std::string& viewer, const v1::IndicatorObservation& observation);
// This checks the same, and takes the period for the observation. A correction takes the period of what
// it corrects.
absl::Status KeepObservedPeriod(storage::Transaction& tx, storage::Resources* observations,
                                const std::string& viewer, const v1::IndicatorObservation& observation);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_OBSERVED_PERIODS_H_
