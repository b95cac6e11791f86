#include "services/training/observations/observation_relay.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/host/gateway_client.h"
#include "common/storage/database/lease.h"
#include "common/storage/records/schedule.h"
#include "services/training/observations/observation_service.h"
#include "services/training/record_names.h"

namespace accord::training {
namespace {

using absl::StatusCode;
using v1::Observation;

constexpr char kPath[] = "/accord.protocols.v1.InspectorReferralService/";
constexpr char kPurpose[] = "training";
constexpr absl::Duration kLease = absl::Seconds(30);
constexpr absl::Duration kRetry = absl::Seconds(30);

// This tells whether a refusal may end with time. A register that was restored from a copy may lack an
// agency, or keep it closed until somebody confirms it, and the day of the other side may begin a little
// later. This service checked both when the observation came.
bool MayRelaySucceedLater(const absl::Status& status) {
  const std::string rule = RuleOf(status);
  return absl::IsNotFound(status) || rule == rules::kAgencyUnknown.reason ||
         rule == rules::kEventInFuture.reason;
}

// This tells whether a refusal is final, because another attempt would get the same one.
bool IsRelayRefusalFinal(const absl::Status& status) {
  return !MayRelaySucceedLater(status) &&
         (status.code() == StatusCode::kInvalidArgument || status.code() == StatusCode::kFailedPrecondition);
}

// This gives the pause before the next question. Each question is an entry of the log, so the pauses grow:
// there are about ten questions while the time grows tenfold.
absl::Duration PauseBeforeAskingAgain(absl::Duration age) {
  return std::clamp(age / 10, absl::Seconds(1), absl::Hours(1));
}

}  // namespace

InspectorReferralClient InspectorReferralsThroughGateway(const host::v1::DoorConfig& config) {
  auto client = std::make_shared<host::GatewayClient>(config);
  return {config.agency(),
          [client](const auto& request) {
            return client->Call<protocols::v1::InspectorReferral>(
                absl::StrCat(kPath, "CreateInspectorReferral"), kPurpose, request);
          },
          [client](const auto& request) {
            return client->Call<protocols::v1::InspectorReferral>(absl::StrCat(kPath, "GetInspectorReferral"),
                                                                  kPurpose, request);
          }};
}

ObservationRelay::ObservationRelay(storage::Database* database, const storage::PageTokens* tokens,
                                   const Clock* clock, InspectorReferralClient referrals)
    : database_(database),
      clock_(clock),
      holder_(NewId(absl::Now())),
      observations_("observation", tokens),
      lists_("indicator_list", tokens),
      referrals_(std::move(referrals)) {}

void ObservationRelay::Start() {
  passes_.Start("relay_failed", absl::Seconds(1), [this]() -> absl::StatusOr<bool> {
    ACCORD_RETURN_IF_ERROR(Pass().status());
    return false;
  });
}

absl::StatusOr<int> ObservationRelay::Pass() {
  using storage::Transaction;
  const absl::Time now = clock_->Now();
  ACCORD_ASSIGN_OR_RETURN(const bool mine, database_->Transact([&](Transaction& tx) {
    return storage::TakeLease(tx, "observations", holder_, now, kLease);
  }));
  if (!mine) return 0;
  ACCORD_ASSIGN_OR_RETURN(const auto due, database_->Read([&](Transaction& tx) {
    return storage::DueAt(tx, kObservationKind, now, 200);
  }));
  for (const storage::Due& each : due) {
    const absl::Status status = Forward(each.name);
    if (status.ok()) continue;
    // An observation that fails does not stop the others.
    LogWarning("observation_not_forwarded", {{"rule", RuleOf(status)}});
    const absl::Duration pause =
        MayRelaySucceedLater(status) ? std::max(kRetry, PauseBeforeAskingAgain(now - each.at)) : kRetry;
    ACCORD_RETURN_IF_ERROR(database_->Transact(
        [&](Transaction& tx) { return storage::Postpone(tx, kObservationKind, each.name, now + pause); }));
  }
  return static_cast<int>(due.size());
}

InspectorReferralClient::Result ObservationRelay::Send(const Observation& observation,
                                                       const v1::IndicatorList& list) const {
  protocols::v1::CreateInspectorReferralRequest request;
  request.set_parent("agencies/" + referrals_.agency);
  request.set_request_id(IdOf(observation.name()));
  auto* referral = request.mutable_inspector_referral();
  referral->set_on_behalf_of(OwnerOf(observation.name()));
  referral->set_to_agency(observation.to_agency());
  referral->set_observed_on(observation.observed_on());
  referral->set_sector(list.sector());
  referral->set_workplace(observation.workplace());
  *referral->mutable_indicators() = observation.indicators();
  referral->set_indicator_list_version(list.version());
  return referrals_.create(request);
}

InspectorReferralClient::Result ObservationRelay::SendOrAsk(const Observation& observation,
                                                            const v1::IndicatorList& list) const {
  if (observation.state() == v1::OBSERVATION_STATE_QUEUED) return Send(observation, list);
  protocols::v1::GetInspectorReferralRequest get;
  get.set_name(observation.referral());
  auto referral = referrals_.get(get);
  // A referral that nobody acknowledged is not deleted, so one that is not found was lost by a restore.
  if (absl::IsNotFound(referral.status())) return Send(observation, list);
  return referral;
}

absl::Status ObservationRelay::Forward(const std::string& name) {
  Observation observation;
  v1::IndicatorList list;
  ACCORD_RETURN_IF_ERROR(database_->Read([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(observations_.GetAny(tx, name, &observation));
    return lists_.GetAny(tx, observation.indicator_list(), &list);
  }));
  const std::string before = observation.SerializeAsString();
  const auto referral = SendOrAsk(observation, list);
  if (referral.ok()) {
    observation.set_referral(referral->name());
    observation.set_state(referral->has_acknowledged_at() ? v1::OBSERVATION_STATE_ACKNOWLEDGED
                                                          : v1::OBSERVATION_STATE_REFERRED);
  } else if (IsRelayRefusalFinal(referral.status())) {
    observation.set_state(v1::OBSERVATION_STATE_REFUSED);
    observation.set_refusal(RuleOf(referral.status()));
  } else {
    return referral.status();
  }
  const absl::Time now = clock_->Now();
  return database_->Transact([&](storage::Transaction& tx) -> absl::Status {
    Observation changed = observation;
    if (changed.SerializeAsString() != before) {
      const storage::Write write{"platform", "relay", NewId(now), now};
      ACCORD_RETURN_IF_ERROR(
          observations_.Update(tx, &changed, observation.etag(), write, ObservationPlacement(changed)));
    }
    std::optional<absl::Time> next;
    if (changed.state() == v1::OBSERVATION_STATE_REFERRED) {
      next = now + PauseBeforeAskingAgain(now - FromProto(observation.create_time()));
    }
    return storage::Schedule(tx, kObservationKind, name, next);
  });
}

}  // namespace accord::training
