#include "services/protocols/oversight.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/protocols/parties.h"
#include "services/protocols/protocol_store.h"

namespace accord::protocols {

absl::Status NoteRate(storage::Transaction& tx, storage::Resources* alerts, const v1::RateRule& rule,
                      const storage::Write& write) {
  ACCORD_ASSIGN_OR_RETURN(const SendingRate rate,
                          NoteSent(tx, write.agency, write.now, rule.baseline_days()));
  if (rate.count < rule.floor() || rate.count <= rule.factor() * rate.hourly_mean) return absl::OkStatus();
  v1::PrivacyAlert alert;
  alert.set_name(
      absl::StrCat("agencies/", write.agency, "/privacyAlerts/rate-", absl::ToUnixSeconds(rate.hour)));
  v1::PrivacyAlert known;
  if (!absl::IsNotFound(alerts->GetAny(tx, alert.name(), &known))) return absl::OkStatus();
  alert.set_kind(v1::PRIVACY_ALERT_KIND_RATE_ANOMALY);
  *alert.mutable_hour() = ToProto(rate.hour);
  alert.set_count(rate.count);
  alert.set_hourly_mean(rate.hourly_mean);
  storage::Placement placement;
  placement.owner = write.agency;
  placement.parties = {write.agency, kOffice};
  return alerts->Insert(tx, &alert, write, placement);
}

void PrivacyAlertService::Register(host::Handlers* handlers) {
  handlers->Bind("accord.protocols.v1.PrivacyAlertService", this, &PrivacyAlertService::List);
}

absl::StatusOr<v1::ListPrivacyAlertsResponse> PrivacyAlertService::List(
    host::Call& call, storage::Transaction& tx, const v1::ListPrivacyAlertsRequest& request) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  ACCORD_ASSIGN_OR_RETURN(
      auto page,
      alerts_.List<v1::PrivacyAlert>(
          tx, {office ? kOffice : call.caller().agency, {}, request.page_size(), request.page_token(), ""}));
  v1::ListPrivacyAlertsResponse response;
  for (auto& alert : page.items) *response.add_privacy_alerts() = std::move(alert);
  response.set_next_page_token(page.next_page_token);
  return response;
}

}  // namespace accord::protocols
