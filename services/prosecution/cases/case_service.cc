#include "services/prosecution/cases/case_service.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/aggregates/suppress.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/prosecution/board_store.h"
#include "services/prosecution/cases/seats.h"

namespace accord::prosecution {
namespace {

using v1::Case;

// Index fields of an accused, each a table of the office's counts.
constexpr std::array kTables = {"stage", "region", "restitution"};

storage::Placement PlacementOf(const Rules& rules, const Case& item) {
  storage::Placement placement;
  placement.owner = OwnerOf(item.name());
  placement.parties = CrownsOf(rules, item.name(), item.team_flag());
  placement.fields["region"] = item.court_region();
  return placement;
}

// The prosecutor's duties to each victim (s. 486.4 and 486.51), as far as they are open.
std::vector<std::string> OpenTasks(const Rules& rules, const Case& item, absl::CivilDay today) {
  std::vector<std::string> tasks;
  for (const auto& filed : item.records_applications()) {
    if (!filed.counsel_offered_on().empty()) continue;
    tasks.push_back(
        absl::StrCat(filed.victim(), ": offer counsel to the victim and the holder of the records"));
  }
  if (FormatDay(today) < rules.set().ban_wishes_from()) return tasks;
  for (const auto& victim : item.victims()) {
    bool inquired = false, told = false, told_of_revocation = false;
    for (const auto& ban : item.bans()) {
      if (ban.victim() != victim.id()) continue;
      inquired |= !ban.wishes_inquired_on().empty();
      told |= !ban.informed_of_ban_on().empty();
      told_of_revocation |= !ban.informed_of_revocation_on().empty();
    }
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
  handlers->Bind("accord.prosecution.v1.CaseService", this, &S::Establishment, &S::Create, &S::Get,
                 &S::Correct, &S::Assign, &S::DeclareConflict, &S::RecordBan, &S::RecordAid,
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
  for (int i = 0; i < item.victims_size(); ++i) {
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
  return item;
}

CaseService::Result CaseService::Get(host::Call& call, Tx& tx, const v1::GetCaseRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  Withhold(*rules_, item, &call);
  return item;
}

CaseService::Result CaseService::Keep(host::Call& call, Tx& tx, const storage::Write& write,
                                      const std::string& etag, Case item) {
  item.clear_open_tasks();
  for (auto& task : OpenTasks(*rules_, item, OntarioDay(call.now()))) item.add_open_tasks(std::move(task));
  ACCORD_RETURN_IF_ERROR(cases_.Update(tx, &item, etag, write, PlacementOf(*rules_, item)));
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
    // A case has one lead.
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
  // Whose assignment has ended by it is answered what he or she said, and nothing of the case.
  Case told;
  told.set_name(kept.name());
  told.set_etag(kept.etag());
  *told.add_conflicts() = *kept.conflicts().rbegin();
  return told;
}

absl::StatusOr<v1::ListCaseStatusesResponse> CaseService::ListStatuses(
    host::Call& call, Tx& tx, const v1::ListCaseStatusesRequest& request) {
  const storage::ListQuery query{
      InCapacity(call.caller().agency, "police"), {}, request.page_size(), request.page_token(), ""};
  ACCORD_ASSIGN_OR_RETURN(auto page, accused_.List<v1::Accused>(tx, query));
  v1::ListCaseStatusesResponse response;
  for (const auto& accused : page.items) {
    Case item;
    ACCORD_RETURN_IF_ERROR(
        cases_.GetAny(tx, accused.name().substr(0, accused.name().rfind("/accused/")), &item));
    auto* status = response.add_case_statuses();
    // The answer holds no accused, and the Crown's office hears who read of one.
    call.Disclose(accused.name());
    status->set_accused(accused.name());
    status->set_information_number(item.information_number());
    status->set_stage(accused.stage());
    status->set_next_on(NextDay(accused));
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<Tallies> CaseService::CountAll(Tx& tx) {
  Tallies tallies;
  for (const char* table : kTables) {
    ACCORD_ASSIGN_OR_RETURN(const auto counts, accused_.CountBy(tx, kOffice, table));
    for (const auto& [value, n] : counts) tallies.emplace_back(absl::StrCat(table, "/", value), n);
  }
  return tallies;
}

absl::StatusOr<v1::CountProsecutionsResponse> CaseService::Count(host::Call&, Tx& tx,
                                                                 const v1::CountProsecutionsRequest&) {
  ACCORD_ASSIGN_OR_RETURN(const OfficeCounts counted, ReadOfficeCounts(tx));
  v1::CountProsecutionsResponse response;
  if (counted.at) *response.mutable_as_of() = ToProto(*counted.at);
  for (const char* table : kTables) {
    Tallies row;
    std::vector<int64_t> cells;
    for (const auto& tally : counted.tallies) {
      if (!absl::StartsWith(tally.first, absl::StrCat(table, "/"))) continue;
      row.push_back(tally);
      cells.push_back(tally.second);
    }
    const auto shown = Suppress(cells, rules_->set().small_cell());
    for (std::size_t i = 0; i < row.size(); ++i) {
      auto* cell = response.add_counts();
      cell->set_label(row[i].first);
      if (shown[i]) cell->set_count(*shown[i]);
      cell->set_suppressed(!shown[i]);
    }
  }
  return response;
}

}  // namespace accord::prosecution
