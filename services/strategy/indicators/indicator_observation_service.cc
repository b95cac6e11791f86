#include "services/strategy/indicators/indicator_observation_service.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/strategy/indicators/observed_periods.h"
#include "services/strategy/indicators/opened_evidence.h"
#include "services/strategy/indicators/told_figures.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

using Observed = v1::IndicatorObservation;

bool IsObservationPublished(const Observed& observation) {
  return observation.state() == v1::OBSERVATION_STATE_VERIFIED ||
         observation.state() == v1::OBSERVATION_STATE_CORRECTED;
}

// This requires either a figure, which may be 0, or words, because an unknown figure is neither.
absl::Status CheckObservationContent(const Observed& observation) {
  if (observation.has_value() == !observation.text().empty()) {
    return Refuse(rules::kValueOrText, "Give a value or a text, and not both; 0 is a value.");
  }
  if (observation.has_value() && observation.value() < 0) {
    return RefuseFields({{"value", "must not be negative"}});
  }
  // Days that are written as YYYY-MM-DD sort as texts in the order of time.
  if (observation.period_end() < observation.period_start()) {
    return RefuseField(rules::kDatesContradict, "period_end", "must not come before period_start");
  }
  return absl::OkStatus();
}

}  // namespace

void IndicatorObservationService::Register(host::Handlers* handlers) {
  using S = IndicatorObservationService;
  handlers->Bind("accord.strategy.v1.IndicatorService", this, &S::Create, &S::Get, &S::List, &S::Revise,
                 &S::Submit, &S::Verify, &S::Return, &S::Correct);
}

absl::StatusOr<v1::Indicator> IndicatorObservationService::OwnIndicator(host::Call& call, Tx& tx,
                                                                        const std::string& name) {
  v1::Indicator indicator;
  ACCORD_RETURN_IF_ERROR(indicators_.Get(tx, name, call.caller().agency, &indicator));
  if (indicator.owner_ministry() != call.caller().agency) {
    return Refuse(rules::kNotTheOwner, "The ministry that owns the indicator observes it.");
  }
  if (indicator.state() == v1::INDICATOR_STATE_RETIRED) {
    return Refuse(rules::kIndicatorRetired, "Observe an indicator that is current.");
  }
  return indicator;
}

absl::StatusOr<storage::Placement> IndicatorObservationService::PlacementOf(Tx& tx,
                                                                            const Observation& observation) {
  const std::string state = ShortName(v1::ObservationState_descriptor(), observation.state());
  storage::Placement placement =
      PublicPlacement(observation.name(), state, {{"indicator", observation.indicator()}, {"state", state}});
  v1::Indicator indicator;
  ACCORD_RETURN_IF_ERROR(indicators_.GetAny(tx, observation.indicator(), &indicator));
  // Only the indicator decides this, so that a correction shows nothing to readers who could not see the
  // first observation.
  if (!IsObservationPublished(observation) || indicator.indigenous_disaggregated()) {
    placement.parties = {placement.owner, rules_->office_agency()};
  }
  if (observation.state() != v1::OBSERVATION_STATE_VERIFIED) return placement;
  // An initiative finds by this field the observations that show its delivery.
  if (!indicator.initiative().empty()) placement.fields["verified_of"] = indicator.initiative();
  return placement;
}

IndicatorObservationService::Result IndicatorObservationService::Create(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CreateIndicatorObservationRequest& request) {
  Observation observation = request.indicator_observation();
  ACCORD_ASSIGN_OR_RETURN(const v1::Indicator indicator, OwnIndicator(call, tx, observation.indicator()));
  ACCORD_RETURN_IF_ERROR(CheckObservationContent(observation));
  observation.set_name(absl::StrCat(request.parent(), "/indicatorObservations/", NewId(call.now())));
  observation.set_definition_version(indicator.definition_version());
  observation.set_state(v1::OBSERVATION_STATE_DRAFT);
  ACCORD_RETURN_IF_ERROR(CheckPeriodNotObserved(tx, &observations_, rules_->office_agency(), observation));
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, PlacementOf(tx, observation));
  ACCORD_RETURN_IF_ERROR(observations_.Insert(tx, &observation, write, placement));
  return observation;
}

IndicatorObservationService::Result IndicatorObservationService::Get(
    host::Call& call, const v1::GetIndicatorObservationRequest& request) {
  bool opens = false;
  ACCORD_ASSIGN_OR_RETURN(Observation observation, database_->Read([&](Tx& tx) -> Result {
    Observation read;
    ACCORD_RETURN_IF_ERROR(observations_.Get(tx, request.name(), call.caller().agency, &read));
    ACCORD_RETURN_IF_ERROR(WithholdFrom(call.caller(), tx, {&read}));
    if (!OpensEvidence(call, read)) return read;
    ACCORD_ASSIGN_OR_RETURN(const bool noted, HasOpenedEvidence(tx, call, read));
    opens = !noted;
    return read;
  }));
  if (opens) {
    ACCORD_RETURN_IF_ERROR(
        database_->Transact([&](Tx& tx) { return KeepOpenedEvidence(tx, call, observation); }));
  }
  return observation;
}

absl::Status IndicatorObservationService::WithholdFrom(const Caller& caller, Tx& tx,
                                                       const std::vector<Observation*>& observations) {
  if (caller.agency == rules_->office_agency()) return absl::OkStatus();
  std::map<std::string, ToldFigures> known;
  for (Observation* observation : observations) {
    if (OwnerOf(observation->name()) == caller.agency) continue;
    auto figures = known.find(observation->indicator());
    if (figures == known.end()) {
      v1::Indicator indicator;
      const absl::Status found = indicators_.GetAny(tx, observation->indicator(), &indicator);
      // If the indicator is missing, nothing says that the figure may be shown.
      if (absl::IsNotFound(found)) {
        WithholdFigure(observation);
        continue;
      }
      ACCORD_RETURN_IF_ERROR(found);
      ACCORD_ASSIGN_OR_RETURN(ToldFigures told, ToldFiguresOf(tx, &observations_, rules_->office_agency(),
                                                              indicator, rules_->small_cell()));
      figures = known.emplace(indicator.name(), std::move(told)).first;
    }
    figures->second.Withhold(observation);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::ListIndicatorObservationsResponse> IndicatorObservationService::List(
    host::Call& call, Tx& tx, const v1::ListIndicatorObservationsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.indicator().empty()) query.filters.emplace_back("indicator", request.indicator());
  if (request.state() != v1::OBSERVATION_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", ShortName(v1::ObservationState_descriptor(), request.state()));
  }
  ACCORD_ASSIGN_OR_RETURN(
      auto response, observations_.ListInto(
                         tx, query, &v1::ListIndicatorObservationsResponse::mutable_indicator_observations));
  std::vector<Observation*> listed;
  for (Observation& each : *response.mutable_indicator_observations()) listed.push_back(&each);
  ACCORD_RETURN_IF_ERROR(WithholdFrom(call.caller(), tx, listed));
  return response;
}

IndicatorObservationService::Result IndicatorObservationService::Moved(host::Call& call, Tx& tx,
                                                                       const std::string& name,
                                                                       const std::string& event) {
  Observation observation;
  ACCORD_RETURN_IF_ERROR(observations_.Get(tx, name, call.caller().agency, &observation));
  ACCORD_ASSIGN_OR_RETURN(const int next, ObservationLifecycle().Next(observation.state(), event));
  observation.set_state(static_cast<v1::ObservationState>(next));
  return observation;
}

IndicatorObservationService::Result IndicatorObservationService::Keep(Tx& tx, const storage::Write& write,
                                                                      const std::string& etag,
                                                                      Observation observation) {
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, PlacementOf(tx, observation));
  ACCORD_RETURN_IF_ERROR(observations_.Update(tx, &observation, etag, write, placement));
  return observation;
}

IndicatorObservationService::Result IndicatorObservationService::Revise(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ReviseIndicatorObservationRequest& request) {
  Observation observation = request.indicator_observation();
  ACCORD_ASSIGN_OR_RETURN(const Observation before, Moved(call, tx, observation.name(), kRevise));
  // A correction keeps the indicator and the period of what it corrects.
  if (!before.corrects().empty()) {
    observation.set_indicator(before.indicator());
    observation.set_period_start(before.period_start());
    observation.set_period_end(before.period_end());
  }
  ACCORD_ASSIGN_OR_RETURN(const v1::Indicator indicator, OwnIndicator(call, tx, observation.indicator()));
  ACCORD_RETURN_IF_ERROR(CheckObservationContent(observation));
  observation.set_definition_version(before.corrects().empty() ? indicator.definition_version()
                                                               : before.definition_version());
  *observation.mutable_create_time() = before.create_time();
  observation.set_state(before.state());
  observation.set_return_reason(before.return_reason());
  observation.set_corrects(before.corrects());
  observation.set_correction_reason(before.correction_reason());
  return Keep(tx, write, request.indicator_observation().etag(), std::move(observation));
}

IndicatorObservationService::Result IndicatorObservationService::Submit(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::SubmitIndicatorObservationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Observation observation, Moved(call, tx, request.name(), kSubmit));
  if (observation.period_end() >= FormatDay(OntarioDay(call.now()))) {
    return Refuse(rules::kPeriodOpen, "Submit it once the last day of its period is over.");
  }
  observation.clear_return_reason();
  return Keep(tx, write, request.etag(), std::move(observation));
}

IndicatorObservationService::Result IndicatorObservationService::Verify(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::VerifyIndicatorObservationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Observation observation, Moved(call, tx, request.name(), kVerify));
  ACCORD_ASSIGN_OR_RETURN(const bool opened, HasOpenedEvidence(tx, call, observation));
  if (!opened) {
    return Refuse(rules::kEvidenceNotOpened,
                  "Get the observation as it was submitted, and look at its evidence.");
  }
  ACCORD_RETURN_IF_ERROR(KeepObservedPeriod(tx, &observations_, rules_->office_agency(), observation));
  return Keep(tx, write, request.etag(), std::move(observation));
}

IndicatorObservationService::Result IndicatorObservationService::Return(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ReturnIndicatorObservationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Observation observation, Moved(call, tx, request.name(), kReturn));
  observation.set_return_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(observation));
}

IndicatorObservationService::Result IndicatorObservationService::Correct(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CorrectIndicatorObservationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const Observation wrong, Moved(call, tx, request.name(), kCorrect));
  Observation right;
  right.set_indicator(wrong.indicator());
  right.set_definition_version(wrong.definition_version());
  right.set_period_start(wrong.period_start());
  right.set_period_end(wrong.period_end());
  if (request.has_value()) right.set_value(request.value());
  right.set_text(request.text());
  right.set_qualifier(request.qualifier());
  right.set_as_stated(request.as_stated());
  *right.mutable_evidence() = request.evidence();
  right.set_source_ref(request.source_ref());
  right.set_state(v1::OBSERVATION_STATE_SUBMITTED);
  right.set_corrects(wrong.name());
  right.set_correction_reason(request.reason());
  ACCORD_RETURN_IF_ERROR(CheckObservationContent(right));
  // The etag is checked here first, so that nothing is made if the observation has changed.
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, request.etag(), wrong).status());
  right.set_name(
      absl::StrCat("agencies/", call.caller().agency, "/indicatorObservations/", NewId(call.now())));
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, PlacementOf(tx, right));
  ACCORD_RETURN_IF_ERROR(observations_.Insert(tx, &right, write, placement));
  return right;
}

}  // namespace accord::strategy
