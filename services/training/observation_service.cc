#include "services/training/observation_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/schedule.h"
#include "services/training/parties.h"

namespace accord::training {
namespace {

using absl::StatusCode;
using v1::Observation;

constexpr char kKind[] = "observation";
constexpr char kPath[] = "/accord.protocols.v1.InspectorReferralService/";
constexpr char kPurpose[] = "training";
// Between two questions what became of a referral.
constexpr absl::Duration kAskAgain = absl::Seconds(1);

storage::Placement PlacementOf(const Observation& observation) {
  const std::string owner = OwnerOf(observation.name());
  return {owner, ShortName(v1::ObservationState_descriptor(), observation.state()), {owner}, {}};
}

// Whether a refusal is final: asked again it would be the same.
bool Final(const absl::Status& status) {
  return status.code() == StatusCode::kInvalidArgument || status.code() == StatusCode::kFailedPrecondition ||
         status.code() == StatusCode::kNotFound;
}

}  // namespace

void ObservationService::Register(host::Handlers* handlers) {
  using S = ObservationService;
  handlers->Bind("accord.training.v1.ObservationService", this, &S::Create, &S::Get, &S::List);
}

ObservationService::Result ObservationService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::CreateObservationRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckOwnParent(call.caller(), request.parent()));
  Observation observation = request.observation();
  v1::IndicatorList list;
  if (!lists_.Get(tx, observation.indicator_list(), call.caller().agency, &list).ok()) {
    return Refuse(StatusCode::kInvalidArgument, "INDICATOR_LIST_UNKNOWN",
                  "indicator_list names a list that exists.");
  }
  for (const auto& code : observation.indicators()) {
    if (std::none_of(list.indicators().begin(), list.indicators().end(),
                     [&](const auto& indicator) { return indicator.code() == code; })) {
      return Refuse(StatusCode::kInvalidArgument, "INDICATOR_UNKNOWN", "indicators are codes of the list.");
    }
  }
  if (*ParseDay(observation.observed_on()) > OntarioDay(call.now())) {
    return Refuse(StatusCode::kInvalidArgument, "EVENT_IN_FUTURE", "observed_on cannot come after today.");
  }
  observation.set_name(absl::StrCat(request.parent(), "/observations/", NewId(call.now())));
  observation.set_state(v1::OBSERVATION_STATE_QUEUED);
  ACCORD_RETURN_IF_ERROR(observations_.Insert(tx, &observation, write, PlacementOf(observation)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kKind, observation.name(), call.now()));
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

void ObservationRelay::Start() {
  passes_.Start("relay_failed", absl::Seconds(1), [this]() -> absl::StatusOr<bool> {
    ACCORD_RETURN_IF_ERROR(Pass().status());
    return false;
  });
}

absl::StatusOr<int> ObservationRelay::Pass() {
  ACCORD_ASSIGN_OR_RETURN(const auto due, database_->Read([&](storage::Transaction& tx) {
    return storage::DueAt(tx, kKind, clock_->Now(), 200);
  }));
  for (const storage::Due& each : due) ACCORD_RETURN_IF_ERROR(Forward(each.name));
  return static_cast<int>(due.size());
}

absl::StatusOr<ObservationRelay::InspectorReferral> ObservationRelay::Send(const Observation& observation,
                                                                           const v1::IndicatorList& list) {
  protocols::v1::CreateInspectorReferralRequest request;
  request.set_parent("agencies/" + door_.config().agency());
  request.set_request_id(IdOf(observation.name()));
  auto* referral = request.mutable_inspector_referral();
  referral->set_on_behalf_of(OwnerOf(observation.name()));
  referral->set_to_agency(observation.to_agency());
  referral->set_observed_on(observation.observed_on());
  referral->set_sector(list.sector());
  referral->set_workplace(observation.workplace());
  *referral->mutable_indicators() = observation.indicators();
  referral->set_indicator_list_version(list.version());
  return door_.Call<InspectorReferral>(absl::StrCat(kPath, "CreateInspectorReferral"), kPurpose, request);
}

absl::Status ObservationRelay::Forward(const std::string& name) {
  Observation observation;
  v1::IndicatorList list;
  ACCORD_RETURN_IF_ERROR(database_->Read([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(observations_.GetAny(tx, name, &observation));
    return lists_.GetAny(tx, observation.indicator_list(), &list);
  }));
  absl::StatusOr<InspectorReferral> referral;
  if (observation.state() == v1::OBSERVATION_STATE_QUEUED) {
    referral = Send(observation, list);
  } else {
    protocols::v1::GetInspectorReferralRequest get;
    get.set_name(observation.referral());
    referral = door_.Call<InspectorReferral>(absl::StrCat(kPath, "GetInspectorReferral"), kPurpose, get);
  }
  const auto before = observation.state();
  if (referral.ok()) {
    observation.set_referral(referral->name());
    observation.set_state(referral->has_acknowledged_at() ? v1::OBSERVATION_STATE_ACKNOWLEDGED
                                                          : v1::OBSERVATION_STATE_REFERRED);
  } else if (Final(referral.status())) {
    observation.set_state(v1::OBSERVATION_STATE_REFUSED);
    observation.set_refusal(RuleOf(referral.status()));
  } else {
    return referral.status();
  }
  const absl::Time now = clock_->Now();
  return database_->Transact([&](storage::Transaction& tx) -> absl::Status {
    if (observation.state() != before) {
      const std::string etag = observation.etag();
      const storage::Write write{"platform", "relay", NewId(now), now};
      ACCORD_RETURN_IF_ERROR(observations_.Update(tx, &observation, etag, write, PlacementOf(observation)));
    }
    std::optional<absl::Time> next;
    if (observation.state() == v1::OBSERVATION_STATE_REFERRED) next = now + kAskAgain;
    return storage::Schedule(tx, kKind, name, next);
  });
}

}  // namespace accord::training
