// The alerts that the coordinator gets about accused near their ceilings, each with the ceiling of today.
#include <map>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/calls/earlier_step.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/next_due.h"

namespace accord::prosecution {

absl::StatusOr<std::optional<absl::Time>> AccusedService::CeilingOf(const host::Call& call, Tx& tx,
                                                                    const std::string& name) {
  v1::Accused accused;
  const absl::Status found = accused_.GetAny(tx, name, &accused);
  if (absl::IsNotFound(found)) return std::nullopt;
  ACCORD_RETURN_IF_ERROR(found);
  return CeilingDue(accused, ClockOf(*rules_, accused, OntarioDay(call.now())));
}

absl::StatusOr<v1::CeilingAlert> AccusedService::GetAlert(host::Call& call, Tx& tx,
                                                          const v1::GetCeilingAlertRequest& request) {
  v1::CeilingAlert alert;
  ACCORD_RETURN_IF_ERROR(alerts_.Get(tx, request.name(), call.caller().agency, &alert));
  // An alert that was acknowledged already stays as it is.
  if (alert.has_acknowledge_time()) return alert;
  ACCORD_ASSIGN_OR_RETURN(const std::optional<absl::Time> ceiling, CeilingOf(call, tx, alert.accused()));
  if (ceiling) *alert.mutable_next_due() = ToProto(*ceiling);
  return alert;
}

absl::StatusOr<v1::ListCeilingAlertsResponse> AccusedService::ListAlerts(
    host::Call& call, Tx& tx, const v1::ListCeilingAlertsRequest& request) {
  const storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  ACCORD_ASSIGN_OR_RETURN(
      auto response, alerts_.ListInto(tx, query, &v1::ListCeilingAlertsResponse::mutable_ceiling_alerts));
  // Several alerts may be about one accused, who has one clock.
  std::map<std::string, std::optional<absl::Time>> ceilings;
  for (auto& alert : *response.mutable_ceiling_alerts()) {
    if (alert.has_acknowledge_time()) continue;
    const auto [at, fresh] = ceilings.try_emplace(alert.accused());
    if (fresh) {
      ACCORD_ASSIGN_OR_RETURN(at->second, CeilingOf(call, tx, alert.accused()));
    }
    if (at->second) *alert.mutable_next_due() = ToProto(*at->second);
  }
  return response;
}

absl::StatusOr<v1::CeilingAlert> AccusedService::AcknowledgeAlert(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::AcknowledgeCeilingAlertRequest& request) {
  const std::string& team = call.caller().agency;
  v1::CeilingAlert alert;
  ACCORD_RETURN_IF_ERROR(alerts_.Get(tx, request.name(), team, &alert));
  if (alert.has_acknowledge_time()) {
    return Refuse(rules::kAlreadyRecorded,
                  absl::StrCat("This alert is acknowledged already, ",
                               host::DoneBy(call.caller(), team, alert.acknowledged_by(),
                                            FromProto(alert.acknowledge_time())),
                               "."));
  }
  alert.set_acknowledged_by(call.caller().actor);
  *alert.mutable_acknowledge_time() = ToProto(call.now());
  ACCORD_RETURN_IF_ERROR(alerts_.Update(tx, &alert, request.etag(), write, {team, "", {team}, {}}));
  return alert;
}

}  // namespace accord::prosecution
