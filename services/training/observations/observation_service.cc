#include "services/training/observations/observation_service.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/storage/records/schedule.h"
#include "services/training/ownership.h"

namespace accord::training {
namespace {

using v1::Observation;

}  // namespace

storage::Placement ObservationPlacement(const Observation& observation) {
  const std::string owner = OwnerOf(observation.name());
  return {owner, ShortName(v1::ObservationState_descriptor(), observation.state()), {owner}, {}};
}

void ObservationService::Register(host::Handlers* handlers) {
  using S = ObservationService;
  handlers->Bind("accord.training.v1.ObservationService", this, &S::Create, &S::Get, &S::List);
}

ObservationService::Result ObservationService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::CreateObservationRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckParentIsCallers(call.caller(), request.parent()));
  Observation observation = request.observation();
  v1::IndicatorList list;
  if (!lists_.Get(tx, observation.indicator_list(), call.caller().agency, &list).ok()) {
    return Refuse(rules::kIndicatorListUnknown, "indicator_list names a list that exists.");
  }
  for (int i = 0; i < observation.indicators_size(); ++i) {
    const std::string& code = observation.indicators(i);
    if (std::none_of(list.indicators().begin(), list.indicators().end(),
                     [&](const auto& indicator) { return indicator.code() == code; })) {
      return RefuseField(rules::kIndicatorUnknown, absl::StrCat("observation.indicators[", i, "]"),
                         "is no code of the list");
    }
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDayHasCome("observation.observed_on", observation.observed_on(), OntarioDay(call.now())));
  observation.set_name(absl::StrCat(request.parent(), "/observations/", NewId(call.now())));
  observation.set_state(v1::OBSERVATION_STATE_QUEUED);
  ACCORD_RETURN_IF_ERROR(observations_.Insert(tx, &observation, write, ObservationPlacement(observation)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kObservationKind, observation.name(), call.now()));
  return observation;
}

ObservationService::Result ObservationService::Get(host::Call& call, Tx& tx,
                                                   const v1::GetObservationRequest& request) {
  Observation observation;
  ACCORD_RETURN_IF_ERROR(observations_.Get(tx, request.name(), call.caller().agency, &observation));
  return observation;
}

absl::StatusOr<v1::ListObservationsResponse> ObservationService::List(
    host::Call& call, Tx& tx, const v1::ListObservationsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return observations_.ListInto(tx, query, &v1::ListObservationsResponse::mutable_observations);
}

}  // namespace accord::training
