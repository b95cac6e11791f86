#include "services/prosecution/accused/accused_service.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/opaque_reference.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/cases/event_days.h"
#include "services/prosecution/next_due.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

std::string StageName(v1::Stage stage) { return ShortName(v1::Stage_descriptor(), stage); }

// The office counts restitution by this value.
std::string RestitutionOfAccused(const Accused& accused) {
  bool considered = false;
  for (const auto& order : accused.orders()) {
    if (order.restitution().ordered()) return "ordered";
    considered |= order.restitution().considered();
  }
  return considered ? "considered" : "none";
}

// This gives the lead whose assignment lasts; it is empty if there is none.
v1::Assignment LeadOfAccused(const v1::Case& of) {
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
  placement.parties = CrownOfficesOf(*rules_, accused.name(), accused.team_flag());
  placement.parties.push_back(ViewerInCapacity(accused.police_service(), "police"));
  placement.counted_by = {kOffice};
  for (const auto& [field, value] : {std::pair<std::string, std::string>{"stage", placement.state},
                                     {"region", accused.court_region()},
                                     {"restitution", RestitutionOfAccused(accused)}}) {
    placement.fields[absl::StrCat(field, "@", kOffice)] = value;
  }
  return placement;
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
  ACCORD_RETURN_IF_ERROR(UpdateBoardAndSchedule(tx, accused, call.now()));
  ACCORD_RETURN_IF_ERROR(AddComputed(tx, call.now(), &accused, &opened.of));
  return accused;
}

absl::Status AccusedService::AddComputed(Tx& tx, absl::Time now, Accused* accused, v1::Case* of) {
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, CaseOf(accused->name()), of));
  *accused->mutable_clock() = ClockOf(*rules_, *accused, OntarioDay(now));
  const v1::Assignment lead = LeadOfAccused(*of);
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
  ACCORD_RETURN_IF_ERROR(AddComputed(tx, call.now(), &accused, &of));
  WithholdUnreadable(*rules_, of, &call);
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
  WithholdUnreadable(*rules_, opened.of, &call);
  const v1::JordanClock clock = ClockOf(*rules_, accused, OntarioDay(call.now()));
  ACCORD_ASSIGN_OR_RETURN(const bool moved, CeilingMoved(tx, accused, clock));
  if (moved || clock.conservative().ceiling() != opened.ceiling) accused.clear_alerted_days();
  ACCORD_RETURN_IF_ERROR(accused_.Update(tx, &accused, etag, write, PlacementOf(accused)));
  ACCORD_RETURN_IF_ERROR(UpdateBoardAndSchedule(tx, accused, call.now()));
  ACCORD_RETURN_IF_ERROR(AddComputed(tx, call.now(), &accused, &opened.of));
  return std::move(accused);
}

absl::StatusOr<v1::ListAccusedResponse> AccusedService::List(host::Call& call, Tx& tx,
                                                             const v1::ListAccusedRequest& request) {
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.case_(), &of));
  // Whoever reads a case reads all of its accused. The office of the case sees them, whoever has the
  // case now.
  const storage::ListQuery query{OwnerOf(of.name()),
                                 {},
                                 request.page_size(),
                                 request.page_token(),
                                 absl::StrCat(of.name(), "/accused/")};
  ACCORD_ASSIGN_OR_RETURN(auto page, accused_.List<v1::Accused>(tx, query));
  v1::ListAccusedResponse response;
  for (v1::Accused& accused : page.items) {
    v1::Case shown;
    ACCORD_RETURN_IF_ERROR(AddComputed(tx, call.now(), &accused, &shown));
    *response.add_accused() = std::move(accused);
  }
  response.set_next_page_token(page.next_page_token);
  WithholdUnreadable(*rules_, of, &call);
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
    if (!day || IsRuleInForce(offence, *day)) *response.add_offences() = offence;
  }
  *response.mutable_currency() = rules_->set().currency();
  response.set_rule_set(rules_->digest());
  return response;
}

}  // namespace accord::prosecution
