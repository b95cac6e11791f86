#include "services/strategy/indicators/observed_periods.h"

#include <cstdint>

#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::strategy {
namespace {

bool ObservesSamePeriod(const v1::IndicatorObservation& a, const v1::IndicatorObservation& b) {
  return a.definition_version() == b.definition_version() && a.period_start() == b.period_start() &&
         a.period_end() == b.period_end();
}

absl::Status RefuseObservedPeriod() {
  return Refuse(rules::kAlreadyRecorded, "Correct the observation of this period that is verified.");
}

}  // namespace

absl::Status CheckPeriodNotObserved(storage::Transaction& tx, storage::Resources* observations,
                                    const std::string& viewer, const v1::IndicatorObservation& observation) {
  for (const v1::ObservationState state : {v1::OBSERVATION_STATE_VERIFIED, v1::OBSERVATION_STATE_CORRECTED}) {
    storage::ListQuery query{viewer, {}, 1000, "", ""};
    query.filters.emplace_back("indicator", observation.indicator());
    query.filters.emplace_back("state", ShortName(v1::ObservationState_descriptor(), state));
    ACCORD_ASSIGN_OR_RETURN(const auto others, observations->ListEvery<v1::IndicatorObservation>(tx, query));
    for (const v1::IndicatorObservation& other : others) {
      if (other.name() != observation.name() && ObservesSamePeriod(other, observation))
        return RefuseObservedPeriod();
    }
  }
  return absl::OkStatus();
}

absl::Status KeepObservedPeriod(storage::Transaction& tx, storage::Resources* observations,
                                const std::string& viewer, const v1::IndicatorObservation& observation) {
  if (!observation.corrects().empty()) return absl::OkStatus();
  // Observations that are older than this table have no row in it, so they are searched for.
  ACCORD_RETURN_IF_ERROR(CheckPeriodNotObserved(tx, observations, viewer, observation));
  const int64_t version = observation.definition_version();
  ACCORD_ASSIGN_OR_RETURN(const int64_t kept,
                          tx.Exec("insert into observation_period "
                                  "(indicator, definition_version, period_start, period_end, observation) "
                                  "values (:p1, :p2, :p3, :p4, :p5) on conflict do nothing",
                                  observation.indicator(), version, observation.period_start(),
                                  observation.period_end(), observation.name()));
  return kept == 1 ? absl::OkStatus() : RefuseObservedPeriod();
}

}  // namespace accord::strategy
