#include "services/strategy/indicators/opened_evidence.h"

#include <string>

#include "absl/time/time.h"
#include "common/base/error.h"

namespace accord::strategy {

bool OpensEvidence(const host::Call& call, const v1::IndicatorObservation& observation) {
  // A request that changes something is answered as it ran, and a request that only validates leaves
  // no trace.
  if (call.for_another_answer() || !call.request_id().empty() || call.validate_only()) return false;
  const Caller& caller = call.caller();
  return observation.state() == v1::OBSERVATION_STATE_SUBMITTED &&
         caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE &&
         caller.Has(annotations::v1::ROLE_OFFICE_STAFF);
}

absl::Status KeepOpenedEvidence(storage::Transaction& tx, const host::Call& call,
                                const v1::IndicatorObservation& observation) {
  return tx
      .Exec(
          "insert into observation_opened (observation, etag, agency, person, opened_at) "
          "values (:p1, :p2, :p3, :p4, :p5) on conflict do nothing",
          observation.name(), observation.etag(), call.caller().agency, call.caller().actor,
          absl::ToUnixMicros(call.now()))
      .status();
}

absl::StatusOr<bool> HasOpenedEvidence(storage::Transaction& tx, const host::Call& call,
                                       const v1::IndicatorObservation& observation) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select person from observation_opened where observation = :p1 and etag = :p2 "
                            "and agency = :p3 and person = :p4",
                            observation.name(), observation.etag(), call.caller().agency,
                            call.caller().actor));
  return !rows.empty();
}

}  // namespace accord::strategy
