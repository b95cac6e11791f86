// These are the handlers of IndicatorService for what ministries observe.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_OBSERVATION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_OBSERVATION_SERVICE_H_

#include <string>
#include <vector>

#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class IndicatorObservationService {
 public:
  IndicatorObservationService(storage::Database* database, const storage::PageTokens* tokens,
                              const v1::RuleSet* rules)
      : database_(database),
        rules_(rules),
        observations_("indicator_observation", tokens),
        indicators_("indicator", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Observation = v1::IndicatorObservation;
  using Result = absl::StatusOr<Observation>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateIndicatorObservationRequest&);
  // This notes who opens an observation that waits to be verified.
  Result Get(host::Call&, const v1::GetIndicatorObservationRequest&);
  absl::StatusOr<v1::ListIndicatorObservationsResponse> List(host::Call&, Tx&,
                                                             const v1::ListIndicatorObservationsRequest&);
  Result Revise(host::Call&, Tx&, const storage::Write&, const v1::ReviseIndicatorObservationRequest&);
  Result Submit(host::Call&, Tx&, const storage::Write&, const v1::SubmitIndicatorObservationRequest&);
  Result Verify(host::Call&, Tx&, const storage::Write&, const v1::VerifyIndicatorObservationRequest&);
  Result Return(host::Call&, Tx&, const storage::Write&, const v1::ReturnIndicatorObservationRequest&);
  Result Correct(host::Call&, Tx&, const storage::Write&, const v1::CorrectIndicatorObservationRequest&);

  // This gives an indicator that the caller's ministry owns and that is not retired.
  absl::StatusOr<v1::Indicator> OwnIndicator(host::Call&, Tx&, const std::string& name);
  // The ministry and the office see an observation before it is verified. Afterwards everybody sees it,
  // unless the indicator distinguishes Indigenous people.
  absl::StatusOr<storage::Placement> PlacementOf(Tx&, const Observation&);
  // Outside their ministries and the office, small figures of people are withheld, together with figures from
  // which they can be computed, as in a table.
  absl::Status WithholdFrom(const Caller&, Tx&, const std::vector<Observation*>&);
  // This gives the record as the caller sees it, with the transition of the event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, Observation);

  storage::Database* const database_;
  const v1::RuleSet* const rules_;
  storage::Resources observations_;
  storage::Resources indicators_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_OBSERVATION_SERVICE_H_
