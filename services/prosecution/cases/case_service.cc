#include "services/prosecution/cases/case_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/opaque_reference.h"
#include "services/prosecution/cases/seats.h"
#include "services/prosecution/prosecution_store.h"

namespace accord::prosecution {
namespace {

using v1::Case;

storage::Placement PlacementOf(const Rules& rules, const Case& item) {
  storage::Placement placement;
  placement.owner = OwnerOf(item.name());
  placement.parties = CrownsOf(rules, item.name(), item.team_flag());
  for (std::string& seat : CaseSeats(rules, item)) placement.parties.push_back(std::move(seat));
  placement.fields["region"] = item.court_region();
  return placement;
}

// Under these the prosecutor who applies owes something to the victim (s. 486.4(3.2), 486.5(5.1) and (8.2)).
bool IsOwedFor(const v1::PublicationBan& ban) {
  const bool general =
      ban.authority() == v1::BAN_AUTHORITY_S486_4 || ban.authority() == v1::BAN_AUTHORITY_S486_5;
  return general && !ban.applied_by_another();
}

// The prosecutor's duties to each victim, as far as they are open. What the judge tells is no task of the
// prosecutor, and without an application by the prosecutor nothing is owed for a ban.
std::vector<std::string> OpenTasks(const Rules& rules, const Case& item, absl::CivilDay today) {
  std::vector<std::string> tasks;
  for (const auto& filed : item.records_applications()) {
    if (!filed.counsel_offered_on().empty()) continue;
    tasks.push_back(
        absl::StrCat(filed.victim(), ": offer counsel to the victim and the holder of the records"));
  }
  if (FormatDay(today) < rules.set().ban_wishes_from()) return tasks;
  for (const auto& victim : item.victims()) {
    bool owed = false, inquired = false, told = false, told_of_revocation = false;
    for (const auto& ban : item.bans()) {
      if (ban.victim() != victim.id() || !IsOwedFor(ban)) continue;
      owed = true;
      inquired |= !ban.wishes_inquired_on().empty();
      told |= !ban.informed_of_ban_on().empty();
      told_of_revocation |= !ban.informed_of_revocation_on().empty();
    }
    if (!owed) continue;
    if (!inquired)
      tasks.push_back(absl::StrCat(victim.id(), ": inquire whether a publication ban is wished"));
    if (!told)
      tasks.push_back(absl::StrCat(victim.id(), ": tell that a publication ban exists or may be had"));
    if (!told_of_revocation)
      tasks.push_back(absl::StrCat(victim.id(), ": tell of the right to vary or revoke it"));
  }
  return tasks;
}

}  // namespace

void CaseService::Register(host::Handlers* handlers) {
  using S = CaseService;
  handlers->Bind("accord.prosecution.v1.CaseService", this, &S::Establishment, &S::Create, &S::Get, &S::List,
                 &S::Correct, &S::Assign, &S::Replace, &S::DeclareConflict, &S::RecordBan, &S::RecordAid,
                 &S::RecordRecords, &S::ListStatuses, &S::Count);
}

absl::StatusOr<v1::Establishment> CaseService::Establishment(host::Call&, Tx&,
                                                             const v1::GetEstablishmentRequest&) {
  return rules_->set().establishment();
}

CaseService::Result CaseService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::CreateCaseRequest& request) {
  Case item = request.case_();
  ACCORD_RETURN_IF_ERROR(rules_->CheckRegion(item.court_region(), call.caller().agency));
  if (item.victims().empty() && item.team_flag()) {
    return RefuseFields({{"case.victims", "a trafficking prosecution names at least one victim"}});
  }
  item.set_name(absl::StrCat(request.parent(), "/cases/", NewId(call.now())));
  item.set_opened_by(call.caller().actor);
  for (int i = 0; i < item.victims_size(); ++i) {
    ACCORD_RETURN_IF_ERROR(
        CheckOpaqueReference("case.victims.ref", item.victims(i).ref(), OntarioDay(call.now())));
    item.mutable_victims(i)->set_id(absl::StrCat("v", i + 1));
    if (item.victims(i).under_18()) item.mutable_victims(i)->set_vulnerable(true);
  }
  for (auto& task : OpenTasks(*rules_, item, OntarioDay(call.now()))) item.add_open_tasks(std::move(task));
  ACCORD_RETURN_IF_ERROR(TakeInformation(
      tx, {item.police_service(), item.information_number()}, item.name(), [&](const std::string& other) {
        v1::Case known;
        return ReadCase(*rules_, call.caller(), tx, &cases_, other, &known);
      }));
  ACCORD_RETURN_IF_ERROR(cases_.Insert(tx, &item, write, PlacementOf(*rules_, item)));
  ACCORD_RETURN_IF_ERROR(LetCoordinatorFollow(tx, *rules_, "case", item.name()));
  return item;
}

CaseService::Result CaseService::Get(host::Call& call, Tx& tx, const v1::GetCaseRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  Withhold(*rules_, item, &call);
  return item;
}

absl::Status CaseService::Place(Tx& tx, const std::string& name) {
  Case item;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, name, &item));
  return cases_.PlaceAgain(tx, item, PlacementOf(*rules_, item));
}

CaseService::Result CaseService::Keep(host::Call& call, Tx& tx, const storage::Write& write,
                                      const std::string& etag, Case item) {
  item.clear_open_tasks();
  for (auto& task : OpenTasks(*rules_, item, OntarioDay(call.now()))) item.add_open_tasks(std::move(task));
  ACCORD_RETURN_IF_ERROR(cases_.Update(tx, &item, etag, write, PlacementOf(*rules_, item)));
  ACCORD_RETURN_IF_ERROR(LetCoordinatorFollow(tx, *rules_, "case", item.name()));
  return item;
}

CaseService::Result CaseService::Assign(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::AssignCrownRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), item));
  const auto crowns = CrownsOf(*rules_, item.name(), item.team_flag());
  if (std::find(crowns.begin(), crowns.end(), request.agency()) == crowns.end()) {
    return Refuse(rules::kCrownOfAnotherRegion,
                  "A Crown of the case's own office or of the provincial team can be assigned.");
  }
  for (const auto& conflict : item.conflicts()) {
    if (conflict.agency() == request.agency() && conflict.crown() == request.crown()) {
      return Refuse(rules::kCrownInConflict,
                    "This Crown has declared a conflict in this case; assign another.");
    }
  }
  const std::string today = FormatDay(OntarioDay(call.now()));
  for (auto& assignment : *item.mutable_assignments()) {
    const bool same = assignment.agency() == request.agency() && assignment.crown() == request.crown();
    // A case has one lead at a time.
    const bool lead =
        request.mode() == v1::ASSIGNMENT_MODE_LEAD && assignment.mode() == v1::ASSIGNMENT_MODE_LEAD;
    if (assignment.to().empty() && (same || lead)) assignment.set_to(today);
  }
  auto* assignment = item.add_assignments();
  assignment->set_agency(request.agency());
  assignment->set_crown(request.crown());
  assignment->set_mode(request.mode());
  assignment->set_from(today);
  ACCORD_RETURN_IF_ERROR(GiveSeats(tx, *rules_, item));
  return Keep(call, tx, write, request.etag(), std::move(item));
}

CaseService::Result CaseService::DeclareConflict(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::DeclareCaseConflictRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  const std::string today = FormatDay(OntarioDay(call.now()));
  for (auto& assignment : *item.mutable_assignments()) {
    if (IsOf(assignment, call.caller())) assignment.set_to(today);
  }
  auto* conflict = item.add_conflicts();
  conflict->set_agency(call.caller().agency);
  conflict->set_crown(call.caller().actor);
  conflict->set_declared_on(today);
  Withhold(*rules_, item, &call);
  ACCORD_RETURN_IF_ERROR(GiveSeats(tx, *rules_, item));
  ACCORD_ASSIGN_OR_RETURN(Case kept, Keep(call, tx, write, request.etag(), std::move(item)));
  if (Reads(*rules_, call.caller(), kept)) return kept;
  // A caller whose own assignment has ended with this gets back what he or she said, and nothing else of
  // the case.
  Case told;
  told.set_name(kept.name());
  told.set_etag(kept.etag());
  *told.add_conflicts() = *kept.conflicts().rbegin();
  return told;
}

}  // namespace accord::prosecution
