#include "services/protocols/oversight/privacy_alert_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/earlier_step.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {
namespace {

// An agency that opened a record in an emergency reads the alert about that too.
storage::Placement PlacementOf(const v1::PrivacyAlert& alert) {
  storage::Placement placement;
  placement.owner = OwnerOf(alert.name());
  placement.parties = {placement.owner, kOffice};
  if (!alert.by_agency().empty()) placement.parties.push_back(alert.by_agency());
  return placement;
}

}  // namespace

std::string AlertViewerOf(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE ? kOffice : caller.agency;
}

absl::StatusOr<int> PrivacyAlertService::CountReferrals(storage::Transaction& tx, absl::Time now, int batch) {
  ACCORD_ASSIGN_OR_RETURN(const CountedRates counted,
                          CountSendingRates(tx, rules_->rate().baseline_days(), batch));
  for (const SendingRate& rate : counted.rates) ACCORD_RETURN_IF_ERROR(Judge(tx, rate, now));
  return counted.notes;
}

absl::Status PrivacyAlertService::Judge(storage::Transaction& tx, const SendingRate& rate, absl::Time now) {
  const v1::RateRule& rule = rules_->rate();
  if (rate.count < rule.floor() || rate.count <= rule.factor() * rate.hourly_mean) return absl::OkStatus();
  v1::PrivacyAlert alert;
  alert.set_name(
      absl::StrCat("agencies/", rate.agency, "/privacyAlerts/rate-", absl::ToUnixSeconds(rate.hour)));
  v1::PrivacyAlert known;
  const absl::Status found = alerts_.GetAny(tx, alert.name(), &known);
  if (!absl::IsNotFound(found)) return found;
  alert.set_kind(v1::PRIVACY_ALERT_KIND_RATE_ANOMALY);
  *alert.mutable_hour() = ToProto(rate.hour);
  alert.set_count(rate.count);
  alert.set_hourly_mean(rate.hourly_mean);
  return alerts_.Insert(tx, &alert, {"platform", "calendar", NewId(now), now}, PlacementOf(alert));
}

void PrivacyAlertService::Register(host::Handlers* handlers) {
  using S = PrivacyAlertService;
  handlers->Bind("accord.protocols.v1.PrivacyAlertService", this, &S::Get, &S::List, &S::Acknowledge);
}

absl::StatusOr<v1::PrivacyAlert> PrivacyAlertService::Get(host::Call& call, storage::Transaction& tx,
                                                          const v1::GetPrivacyAlertRequest& request) {
  v1::PrivacyAlert alert;
  ACCORD_RETURN_IF_ERROR(alerts_.Get(tx, request.name(), AlertViewerOf(call.caller()), &alert));
  return alert;
}

absl::StatusOr<v1::ListPrivacyAlertsResponse> PrivacyAlertService::List(
    host::Call& call, storage::Transaction& tx, const v1::ListPrivacyAlertsRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(
      auto page, alerts_.List<v1::PrivacyAlert>(
                     tx, {AlertViewerOf(call.caller()), {}, request.page_size(), request.page_token(), ""}));
  v1::ListPrivacyAlertsResponse response;
  for (auto& alert : page.items) *response.add_privacy_alerts() = std::move(alert);
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::PrivacyAlert> PrivacyAlertService::Acknowledge(
    host::Call& call, storage::Transaction& tx, const storage::Write& write,
    const v1::AcknowledgePrivacyAlertRequest& request) {
  const Caller& caller = call.caller();
  v1::PrivacyAlert alert;
  ACCORD_RETURN_IF_ERROR(alerts_.Get(tx, request.name(), AlertViewerOf(caller), &alert));
  const auto& known = alert.acknowledgements();
  const auto done = std::find_if(known.begin(), known.end(),
                                 [&](const auto& each) { return each.agency() == caller.agency; });
  if (done != known.end()) {
    return Refuse(rules::kAlreadyRecorded,
                  absl::StrCat("This alert was acknowledged ",
                               host::DoneBy(caller, done->agency(), done->acknowledged_by(),
                                            FromProto(done->acknowledge_time())),
                               "."));
  }
  v1::PrivacyAlertAcknowledgement* added = alert.add_acknowledgements();
  added->set_agency(caller.agency);
  added->set_acknowledged_by(caller.actor);
  *added->mutable_acknowledge_time() = ToProto(call.now());
  ACCORD_RETURN_IF_ERROR(alerts_.Update(tx, &alert, request.etag(), write, PlacementOf(alert)));
  return alert;
}

}  // namespace accord::protocols
