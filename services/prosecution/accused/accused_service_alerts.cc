// The coordinator gets these alerts about accused near their ceilings, each with the ceiling of today. The
// calendar raises them.
#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/earlier_step.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/accused/ceiling_alerts.h"
#include "services/prosecution/next_due.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

}  // namespace

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

absl::Status AccusedService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Accused accused;
  ACCORD_RETURN_IF_ERROR(accused_.GetAny(tx, name, &accused));
  // When other law comes into force this looks at everybody, but the coordinator is told only of the
  // team's accused.
  if (!accused.team_flag()) return UpdateBoardAndSchedule(tx, accused, now);
  // Other law may move the ceiling, and with it the days on which the coordinator is told.
  ACCORD_ASSIGN_OR_RETURN(const bool moved,
                          CeilingMoved(tx, accused, ClockOf(*rules_, accused, OntarioDay(now))));
  if (moved) accused.clear_alerted_days();
  const auto due = CeilingAlertsDue(*rules_, accused, OntarioDay(now));
  if (due.empty() && !moved) return UpdateBoardAndSchedule(tx, accused, now);
  const storage::Write write{"platform", "calendar", NewId(now), now};
  const std::string& team = rules_->set().team_agency();
  const std::string ceiling = ClockOf(*rules_, accused, OntarioDay(now)).conservative().ceiling();
  // If several alert days before the ceiling came at once, only the nearest is told.
  std::vector<int> told;
  if (!due.empty() && due.back() == kPastCeiling) told.push_back(kPastCeiling);
  if (!due.empty() && due.front() != kPastCeiling) {
    told.push_back(*std::min_element(due.begin(), due.end() - static_cast<int>(told.size())));
  }
  for (int days : told) {
    v1::CeilingAlert alert;
    alert.set_name(absl::StrCat("agencies/", team, "/ceilingAlerts/", NewId(now)));
    alert.set_accused(name);
    alert.set_ceiling(ceiling);
    alert.set_days(days);
    alert.set_trial_past_ceiling(days == kPastCeiling);
    ACCORD_RETURN_IF_ERROR(alerts_.Insert(tx, &alert, write, {team, "", {team}, {}}));
  }
  for (int days : due) accused.add_alerted_days(days);
  const std::string etag = accused.etag();
  ACCORD_RETURN_IF_ERROR(accused_.Update(tx, &accused, etag, write, PlacementOf(accused)));
  return UpdateBoardAndSchedule(tx, accused, now);
}

}  // namespace accord::prosecution
