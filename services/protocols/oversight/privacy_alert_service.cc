#include "services/protocols/oversight/privacy_alert_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

// The office's officer reads all.
std::string AlertViewerOf(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE ? kOffice : caller.agency;
}

}  // namespace

absl::StatusOr<int> PrivacyAlertService::CountReferrals(storage::Transaction& tx, absl::Time now, int batch) {
  ACCORD_ASSIGN_OR_RETURN(const CountedSent counted, CountSent(tx, rules_->rate().baseline_days(), batch));
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
  storage::Placement placement;
  placement.owner = rate.agency;
  placement.parties = {rate.agency, kOffice};
  return alerts_.Insert(tx, &alert, {"platform", "calendar", NewId(now), now}, placement);
}

void PrivacyAlertService::Register(host::Handlers* handlers) {
  using S = PrivacyAlertService;
  handlers->Bind("accord.protocols.v1.PrivacyAlertService", this, &S::Get, &S::List);
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

}  // namespace accord::protocols
