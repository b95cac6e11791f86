// One figure of each period of an indicator is verified: what is wrong with it is corrected.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_OBSERVED_PERIODS_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_OBSERVED_PERIODS_H_

#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

// ALREADY_RECORDED if another observation is verified, or is being corrected, that was counted by the same
// definition in the same period. `viewer` sees every observation.
absl::Status CheckPeriodIsFree(storage::Transaction& tx, storage::Resources* observations,
                               const std::string& viewer, const v1::IndicatorObservation& observation);
// Checks the same, and keeps the period for it. What corrects another one has its period.
absl::Status KeepPeriod(storage::Transaction& tx, storage::Resources* observations, const std::string& viewer,
                        const v1::IndicatorObservation& observation);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_OBSERVED_PERIODS_H_
