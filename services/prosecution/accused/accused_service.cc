#include "services/prosecution/accused/accused_service.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/access/names.h"
#include "common/access/sensitive.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/opaque_reference.h"
#include "common/storage/records/schedule.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/board_store.h"
#include "services/prosecution/cases/event_days.h"
#include "services/prosecution/cases/seats.h"
#include "services/prosecution/lifecycles.h"
#include "services/prosecution/next_due.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

std::string StageName(v1::Stage stage) { return ShortName(v1::Stage_descriptor(), stage); }

// The office counts restitution by this value.
std::string RestitutionOf(const Accused& accused) {
  bool considered = false;
  for (const auto& order : accused.orders()) {
    if (order.restitution().ordered()) return "ordered";
    considered |= order.restitution().considered();
  }
  return considered ? "considered" : "none";
}

// Gives the lead whose assignment lasts; an empty one if there is none.
v1::Assignment LeadOf(const v1::Case& of) {
  for (const auto& each : of.assignments()) {
    if (each.mode() == v1::ASSIGNMENT_MODE_LEAD && each.to().empty()) return each;
  }
  return {};
}

}  // namespace

std::string CaseOf(const std::string& accused_name) {
  return accused_name.substr(0, accused_name.rfind("/accused/"));
}

void AccusedService::Register(host::Handlers* handlers) {
  using S = AccusedService;
  handlers->Bind("accord.prosecution.v1.AccusedService", this, &S::Create, &S::Get, &S::Advance,
                 &S::ChangeForum, &S::BookTrial, &S::RecordDelay, &S::RecordDelayArgument,
                 &S::RecordAppearance, &S::RecordDisposition, &S::RecordSentence, &S::RecordBail,
                 &S::RecordDisclosure, &S::RecordRecognizance, &S::Correct, &S::CorrectAppearance,
                 &S::UndoStage, &S::ListBoard, &S::List, &S::GetAlert, &S::ListAlerts, &S::AcknowledgeAlert,
                 &S::ListOffences);
}

storage::Placement AccusedService::PlacementOf(const Accused& accused) const {
  storage::Placement placement;
  placement.owner = OwnerOf(accused.name());
  placement.state = StageName(accused.stage());
  placement.parties = CrownsOf(*rules_, accused.name(), accused.team_flag());
  placement.parties.push_back(InCapacity(accused.police_service(), "police"));
  placement.counted_by = {kOffice};
  for (const auto& [field, value] : {std::pair<std::string, std::string>{"stage", placement.state},
                                     {"region", accused.court_region()},
                                     {"restitution", RestitutionOf(accused)}}) {
    placement.fields[absl::StrCat(field, "@", kOffice)] = value;
  }
  return placement;
}

absl::Status AccusedService::CheckCounts(const v1::Case& of, const std::string& path,
                                         Accused* accused) const {
  const absl::CivilDay charged = *ParseDay(accused->charge_date());
  for (auto& count : *accused->mutable_counts()) {
    ACCORD_RETURN_IF_ERROR(CheckOrder({{absl::StrCat(path, "counts.offence_from"), count.offence_from()},
                                       {absl::StrCat(path, "counts.offence_to"), count.offence_to()},
                                       {absl::StrCat(path, "charge_date"), accused->charge_date()}}));
    if (!count.offence_to().empty() && !ParseDay(count.offence_to())) {
      return RefuseFields(
          {{absl::StrCat(path, "counts.offence_to"), "must be YYYY-MM-DD, a day that exists"}});
    }
    ACCORD_RETURN_IF_ERROR(CheckVictim(of, count.victim()));
    ACCORD_ASSIGN_OR_RETURN(const v1::Offence offence,
                            rules_->Charge(count.section(), *ParseDay(count.offence_from())));
    if (count.mode() == v1::COUNT_MODE_SUMMARY && rules_->Summary(offence) == Permission::kNo) {
      return Refuse(rules::kModeNotPermitted,
                    "This offence has been prosecuted by indictment only since its first day.");
    }
    count.set_title(offence.title());
    count.set_minimum_note(offence.minimum_note());
    const Permission inquiry = rules_->Preliminary(offence, *ParseDay(count.offence_from()), charged);
    count.set_preliminary_eligible(count.mode() == v1::COUNT_MODE_INDICTABLE && inquiry == Permission::kYes);
    count.clear_law_notes();
    for (auto& note : rules_->NotesOn(offence, count, charged)) count.add_law_notes(std::move(note));
    count.set_rule_set(rules_->digest());
  }
  return absl::OkStatus();
}

AccusedService::Result AccusedService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::CreateAccusedRequest& request) {
  Opened opened;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.parent(), &opened.of));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), opened.of));
  Accused accused = request.accused();
  ACCORD_RETURN_IF_ERROR(
      CheckOpaqueReference("accused.accused_ref", accused.accused_ref(), OntarioDay(call.now())));
  ACCORD_RETURN_IF_ERROR(CheckPastDay("accused.charge_date", accused.charge_date(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckCounts(opened.of, "accused.", &accused));
  accused.set_name(absl::StrCat(request.parent(), "/accused/", NewId(call.now())));
  accused.set_stage(v1::STAGE_CHARGED);
  accused.set_court_region(opened.of.court_region());
  accused.set_police_service(opened.of.police_service());
  accused.set_team_flag(opened.of.team_flag());
  auto* stage = accused.add_stages();
  stage->set_stage(v1::STAGE_CHARGED);
  stage->set_on(accused.charge_date());
  stage->set_by(call.caller().actor);
  auto* forum = accused.add_forums();
  forum->set_forum(accused.forum());
  forum->set_on(accused.charge_date());
  ACCORD_RETURN_IF_ERROR(accused_.Insert(tx, &accused, write, PlacementOf(accused)));
  ACCORD_RETURN_IF_ERROR(Follow(tx, accused, call.now()));
  ACCORD_RETURN_IF_ERROR(Show(tx, call.now(), &accused, &opened.of));
  return accused;
}

absl::Status AccusedService::Show(Tx& tx, absl::Time now, Accused* accused, v1::Case* of) {
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, CaseOf(accused->name()), of));
  *accused->mutable_clock() = ClockOf(*rules_, *accused, OntarioDay(now));
  const v1::Assignment lead = LeadOf(*of);
  accused->set_lead_crown(lead.crown());
  accused->set_lead_crown_agency(lead.agency());
  AddNextDue(*rules_, *of, accused);
  accused->set_information_number(of->information_number());
  return absl::OkStatus();
}

AccusedService::Result AccusedService::Get(host::Call& call, Tx& tx, const v1::GetAccusedRequest& request) {
  Accused accused;
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(accused_.GetAny(tx, request.name(), &accused));
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, CaseOf(request.name()), &of));
  ACCORD_RETURN_IF_ERROR(Show(tx, call.now(), &accused, &of));
  Withhold(*rules_, of, &call);
  return accused;
}

absl::StatusOr<AccusedService::Opened> AccusedService::Open(host::Call& call, Tx& tx,
                                                            const std::string& name) {
  Opened opened;
  ACCORD_RETURN_IF_ERROR(accused_.GetAny(tx, name, &opened.accused));
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, CaseOf(name), &opened.of));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), opened.of));
  opened.ceiling = ClockOf(*rules_, opened.accused, OntarioDay(call.now())).conservative().ceiling();
  return opened;
}

AccusedService::Result AccusedService::Keep(host::Call& call, Tx& tx, const storage::Write& write,
                                            const std::string& etag, Opened opened) {
  Accused& accused = opened.accused;
  Withhold(*rules_, opened.of, &call);
  const v1::JordanClock clock = ClockOf(*rules_, accused, OntarioDay(call.now()));
  ACCORD_ASSIGN_OR_RETURN(const bool moved, CeilingMoved(tx, accused, clock));
  if (moved || clock.conservative().ceiling() != opened.ceiling) accused.clear_alerted_days();
  ACCORD_RETURN_IF_ERROR(accused_.Update(tx, &accused, etag, write, PlacementOf(accused)));
  ACCORD_RETURN_IF_ERROR(Follow(tx, accused, call.now()));
  ACCORD_RETURN_IF_ERROR(Show(tx, call.now(), &accused, &opened.of));
  return std::move(accused);
}

absl::Status AccusedService::Follow(Tx& tx, const Accused& accused, absl::Time now) {
  const absl::CivilDay today = OntarioDay(now);
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, CaseOf(accused.name()), &of));
  const BoardRow row{BoardSeats(*rules_, of), accused.court_region(), StageName(accused.stage()),
                     ClockOf(*rules_, accused, today).conservative().ceiling(), accused.name()};
  ACCORD_RETURN_IF_ERROR(PutOnBoard(tx, row, accused.stage() != v1::STAGE_CONCLUDED));
  ACCORD_RETURN_IF_ERROR(LetCoordinatorFollow(tx, *rules_, "accused", accused.name()));
  std::optional<absl::Time> at;
  if (const auto next = NextAlert(*rules_, accused, today); next && accused.team_flag()) {
    at = EndOfDay(*next - 1);
  }
  return storage::Schedule(tx, "accused", accused.name(), at);
}

absl::Status AccusedService::Place(Tx& tx, const std::string& name, absl::Time now) {
  Accused accused;
  const absl::Status found = accused_.GetAny(tx, name, &accused);
  if (absl::IsNotFound(found)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(found);
  return Follow(tx, accused, now);
}

absl::StatusOr<bool> AccusedService::CeilingMoved(Tx& tx, const Accused& accused,
                                                  const v1::JordanClock& clock) {
  ACCORD_ASSIGN_OR_RETURN(const std::string shown, CeilingOnBoard(tx, accused.name()));
  return !shown.empty() && shown != clock.conservative().ceiling();
}

absl::Status AccusedService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Accused accused;
  ACCORD_RETURN_IF_ERROR(accused_.GetAny(tx, name, &accused));
  // When other law comes into force this looks at everybody, and the coordinator is told of the team's alone.
  if (!accused.team_flag()) return Follow(tx, accused, now);
  // Other law may move the ceiling, and with it the days on which the coordinator is told.
  ACCORD_ASSIGN_OR_RETURN(const bool moved,
                          CeilingMoved(tx, accused, ClockOf(*rules_, accused, OntarioDay(now))));
  if (moved) accused.clear_alerted_days();
  const auto due = AlertsDue(*rules_, accused, OntarioDay(now));
  if (due.empty() && !moved) return Follow(tx, accused, now);
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
  return Follow(tx, accused, now);
}

absl::StatusOr<v1::ListBoardResponse> AccusedService::ListBoard(host::Call& call, Tx& tx,
                                                                const v1::ListBoardRequest& request) {
  const std::string stage = request.stage() == v1::STAGE_UNSPECIFIED ? "" : StageName(request.stage());
  const std::string scope = absl::StrCat("board/", call.caller().agency, "/", call.caller().actor, "/",
                                         request.court_region(), "/", stage);
  BoardQuery query{SeatsOf(*rules_, call.caller()), request.court_region(), stage};
  ACCORD_ASSIGN_OR_RETURN(query.limit, storage::PageSize(request.page_size()));
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string position, tokens_->Open(scope, request.page_token()));
    const std::pair<std::string, std::string> after = absl::StrSplit(position, absl::MaxSplits('|', 1));
    query.after_ceiling = after.first;
    query.after_name = after.second;
  }
  const int size = query.limit++;
  v1::ListBoardResponse response;
  storage::PageBytes bytes;
  BoardEntry last;
  const auto more = [&](const BoardEntry& entry) -> absl::StatusOr<bool> {
    Accused accused;
    v1::Case of;
    ACCORD_RETURN_IF_ERROR(accused_.GetAny(tx, entry.name, &accused));
    ACCORD_RETURN_IF_ERROR(Show(tx, call.now(), &accused, &of));
    // A caller who has lost a role or an assignment reads no more, even if the board still has the row.
    if (!Reads(*rules_, call.caller(), of)) return true;
    if (ReadsDatesAlone(*rules_, call.caller(), of)) MaskSensitive(&accused, {});
    if (response.accused_size() == size || !bytes.Take(accused.ByteSizeLong())) {
      response.set_next_page_token(tokens_->Seal(scope, absl::StrCat(last.ceiling, "|", last.name)));
      return false;
    }
    *response.add_accused() = std::move(accused);
    last = entry;
    return true;
  };
  ACCORD_RETURN_IF_ERROR(EachOnBoard(tx, query, more));
  // A whole page does not look up who acts in which case, so victims are named only when one case is read.
  call.Withhold(annotations::v1::SENSITIVE_CLASS_VICTIM_IDENTITY);
  return response;
}

absl::StatusOr<v1::ListOffencesResponse> AccusedService::ListOffences(
    host::Call&, Tx&, const v1::ListOffencesRequest& request) {
  const auto day = ParseDay(request.day());
  if (!request.day().empty() && !day) {
    return RefuseFields({{"day", "must be YYYY-MM-DD, a day that exists, or empty"}});
  }
  v1::ListOffencesResponse response;
  for (const auto& offence : rules_->set().offences()) {
    if (!day || InForce(offence, *day)) *response.add_offences() = offence;
  }
  *response.mutable_currency() = rules_->set().currency();
  response.set_rule_set(rules_->digest());
  return response;
}

}  // namespace accord::prosecution
