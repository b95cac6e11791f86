// This file says what docs/domain.md 4 asks of a single change, beyond who makes it and at which stage.
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/prosecution/v1/link_service.pb.h"
#include "common/base/clock.h"
#include "services/prosecution/testing/field_oracle.h"

namespace accord::prosecution {
namespace {

using google::protobuf::util::MessageDifferencer;
using testing::Act;
using testing::Change;
using testing::World;

// Objects unless what was written stays and one more element stands behind it.
template <class List>
std::string AddsOne(const List& before, const List& after) {
  if (after.size() != before.size() + 1) return "not one more than before";
  for (int i = 0; i < before.size(); ++i) {
    if (!MessageDifferencer::Equals(before.Get(i), after.Get(i))) return "what was recorded was changed";
  }
  return "";
}

// Objects unless at most one element differs from before, or is new.
template <class List>
std::string ChangesOne(const List& before, const List& after) {
  if (after.size() < before.size()) return "what was recorded was taken away";
  int changed = after.size() - before.size();
  for (int i = 0; i < before.size(); ++i) changed += !MessageDifferencer::Equals(before.Get(i), after.Get(i));
  return changed <= 1 ? "" : "more than one was changed";
}

bool IsVictimOf(const v1::Case& of, const std::string& id) {
  return std::any_of(of.victims().begin(), of.victims().end(),
                     [&](const auto& victim) { return victim.id() == id; });
}

bool Done(const v1::Count& count) { return count.disposition() != v1::DISPOSITION_UNSPECIFIED; }

// By section 4.1 an assignment is refused on a recorded conflict, and is of the case's office or the
// provincial team.
std::string ObjectionToAssignment(const v1::Case& before, const v1::Case& after) {
  if (after.assignments_size() != before.assignments_size() + 1) return "not one more assignment";
  const v1::Assignment& made = *after.assignments().rbegin();
  for (const auto& conflict : before.conflicts()) {
    if (conflict.agency() == made.agency() && conflict.crown() == made.crown())
      return "assigned in spite of a conflict";
  }
  for (int i = 0; i < before.assignments_size(); ++i) {
    v1::Assignment was = before.assignments(i);
    const v1::Assignment& is = after.assignments(i);
    if (MessageDifferencer::Equals(was, is)) continue;
    const bool same = was.agency() == made.agency() && was.crown() == made.crown();
    const bool lead = was.mode() == v1::ASSIGNMENT_MODE_LEAD && made.mode() == v1::ASSIGNMENT_MODE_LEAD;
    if (!was.to().empty() || !(same || lead)) return "another assignment was changed";
    was.set_to(is.to());
    if (!MessageDifferencer::Equals(was, is)) return "an assignment became another";
  }
  return "";
}

// Objects unless lasting assignments of people of one office end, and at most one person of that office comes
// who is in no conflict.
std::string ObjectionToReplacement(const v1::Case& before, const v1::Case& after) {
  const int come = after.assignments_size() - before.assignments_size();
  if (come < 0 || come > 1) return "not at most one more assignment";
  std::set<std::string> offices;
  for (int i = 0; i < before.assignments_size(); ++i) {
    v1::Assignment was = before.assignments(i);
    const v1::Assignment& is = after.assignments(i);
    if (MessageDifferencer::Equals(was, is)) continue;
    if (!was.to().empty() || is.to().empty()) return "what had ended was changed";
    was.set_to(is.to());
    if (!MessageDifferencer::Equals(was, is)) return "an assignment became another";
    offices.insert(is.agency());
  }
  if (offices.size() != 1) return "nobody was replaced, or people of two offices were";
  if (come == 0) return "";
  const v1::Assignment& made = *after.assignments().rbegin();
  for (const auto& conflict : before.conflicts()) {
    if (conflict.agency() == made.agency() && conflict.crown() == made.crown())
      return "assigned in spite of a conflict";
  }
  return offices.contains(made.agency()) ? "" : "replaced by somebody of another office";
}

// Objects unless the conflict is the caller's own, and the caller's assignments end.
std::string ObjectionToConflict(const Caller& who, const v1::Case& before, const v1::Case& after) {
  const std::string added = AddsOne(before.conflicts(), after.conflicts());
  if (!added.empty()) return added;
  const v1::Conflict& declared = *after.conflicts().rbegin();
  if (declared.agency() != who.agency || declared.crown() != who.actor) return "declared for somebody else";
  if (after.assignments_size() != before.assignments_size()) return "assignments came or went";
  for (int i = 0; i < before.assignments_size(); ++i) {
    const v1::Assignment &was = before.assignments(i), &is = after.assignments(i);
    const bool own = is.agency() == who.agency && is.crown() == who.actor;
    if (own ? is.to().empty() : !MessageDifferencer::Equals(was, is))
      return "not the own assignments alone ended";
  }
  return "";
}

// By section 4.5, whose wish was asked, and who was told, stays asked and told.
std::string ObjectionToBan(const v1::Case& before, const v1::Case& after, const std::string& today) {
  for (const auto& ban : after.bans()) {
    if (!IsVictimOf(after, ban.victim())) return "the ban of nobody in this case";
    if (std::max({ban.wishes_inquired_on(), ban.informed_of_ban_on(), ban.informed_of_revocation_on()}) >
        today)
      return "told in the future";
  }
  for (int i = 0; i < before.bans_size(); ++i) {
    const v1::PublicationBan &was = before.bans(i), &is = after.bans(i);
    if (was.victim() != is.victim() || was.authority() != is.authority()) return "a ban became another";
    if ((!was.wishes_inquired_on().empty() && is.wishes_inquired_on().empty()) ||
        (!was.informed_of_ban_on().empty() && is.informed_of_ban_on().empty()) ||
        (!was.informed_of_revocation_on().empty() && is.informed_of_revocation_on().empty())) {
      return "what a victim was told was taken back";
    }
  }
  return ChangesOne(before.bans(), after.bans());
}

std::string ObjectionToAid(const v1::Case& before, const v1::Case& after) {
  for (int i = 0; i < after.aids_size(); ++i) {
    const v1::TestimonialAid& is = after.aids(i);
    const v1::AidState from = i < before.aids_size() ? before.aids(i).state() : v1::AID_STATE_UNSPECIFIED;
    if (!IsVictimOf(after, is.victim())) return "an aid for nobody in this case";
    if (from == is.state()) continue;
    const bool next = (from == v1::AID_STATE_UNSPECIFIED && is.state() == v1::AID_STATE_CONSIDERED) ||
                      (from == v1::AID_STATE_CONSIDERED && is.state() == v1::AID_STATE_APPLIED) ||
                      (from == v1::AID_STATE_APPLIED &&
                       (is.state() == v1::AID_STATE_ORDERED || is.state() == v1::AID_STATE_REFUSED)) ||
                      (from == v1::AID_STATE_ORDERED && is.state() == v1::AID_STATE_USED);
    if (!next) return "an aid that skips what comes before";
  }
  return ChangesOne(before.aids(), after.aids());
}

// Under s. 278.1 only a court orders records, to the judge and then to the accused.
std::string ObjectionToRecords(const v1::Case& before, const v1::Case& after, const std::string& today) {
  for (const auto& filed : after.records_applications()) {
    if (!IsVictimOf(after, filed.victim())) return "the records of nobody in this case";
    if (!filed.ordered_to_accused_on().empty() &&
        (filed.ordered_to_judge_on().empty() || filed.ordered_to_judge_on() < filed.filed_on() ||
         filed.ordered_to_accused_on() < filed.ordered_to_judge_on())) {
      return "records reached the accused before the judge";
    }
    if (std::max({filed.filed_on(), filed.ordered_to_judge_on(), filed.ordered_to_accused_on(),
                  filed.counsel_offered_on()}) > today) {
      return "ordered in the future";
    }
  }
  return ChangesOne(before.records_applications(), after.records_applications());
}

std::string ObjectionToCharge(const v1::Accused& accused, const v1::Case& of, const std::string& today) {
  if (accused.charge_date() > today) return "charged in the future";
  if (accused.team_flag() != of.team_flag() || accused.police_service() != of.police_service())
    return "not of its case";
  for (const auto& count : accused.counts()) {
    if (!count.victim().empty() && !IsVictimOf(of, count.victim())) return "a count of nobody in this case";
    if (count.offence_from() > accused.charge_date()) return "charged before the offence";
    // These are ss. 286.5 and 279.04.
    if (count.section() == "286.5" || count.section() == "279.04") return "what is no charge";
    if (Done(count)) return "a count that is over when it is laid";
  }
  return "";
}

// One information has one case for whoever reads it; a caller who opens one does not hear of what
// others have.
std::string ObjectionToOpening(const Caller& who, const std::string& name, const v1::Case& opened,
                               const World& world) {
  if (!opened.assignments().empty() || !opened.conflicts().empty()) return "begun with more";
  for (const auto& [other, record] : world) {
    const auto* of = As<v1::Case>(record.get());
    if (of == nullptr || other == name || !Opens(who, *of)) continue;
    if (of->police_service() == opened.police_service() &&
        of->information_number() == opened.information_number())
      return "a second case for an information that the person knows of";
  }
  return "";
}

// What a court says in the end is recorded in the end. Whoever is guilty is sentenced, or the record says
// why not.
std::string ObjectionToConclusion(v1::Stage from, const v1::Accused& concluded) {
  bool guilty = false, judged = false, sentenced = false;
  for (const auto& count : concluded.counts()) {
    const v1::Disposition how = count.disposition();
    guilty |= how == v1::DISPOSITION_GUILTY_PLEA || how == v1::DISPOSITION_CONVICTED;
    judged |= how == v1::DISPOSITION_ACQUITTED || how == v1::DISPOSITION_NCR;
  }
  for (const auto& order : concluded.orders()) sentenced |= order.on() >= concluded.retrial_from();
  if (guilty && !sentenced && concluded.no_sentence_reason().empty()) return "guilty and not sentenced";
  if (!guilty && !concluded.no_sentence_reason().empty()) return "nobody was to be sentenced";
  const bool end = from == v1::STAGE_VERDICT || from == v1::STAGE_SENTENCING;
  return (guilty || judged) && !end ? "judged before the end" : "";
}

std::string ObjectionToStage(const Caller& who, const v1::Accused& before, const v1::Accused& after,
                             const v1::Case& of, const std::string& today) {
  const std::string added = AddsOne(before.stages(), after.stages());
  if (!added.empty()) return added;
  const v1::StageChange& reached = *after.stages().rbegin();
  if (reached.by() != who.actor || reached.stage() != after.stage()) return "in the name of somebody else";
  if (reached.on() > today || reached.on() < before.stages().rbegin()->on())
    return "not after the last stage";
  if (after.stage() == v1::STAGE_CONCLUDED &&
      !std::all_of(after.counts().begin(), after.counts().end(), Done))
    return "concluded with a count open";
  if (after.stage() == v1::STAGE_CONCLUDED && before.stage() != v1::STAGE_APPEAL) {
    const std::string undecided = ObjectionToConclusion(before.stage(), after);
    if (!undecided.empty()) return undecided;
  }
  if (after.stage() == v1::STAGE_PRELIMINARY &&
      std::none_of(after.counts().begin(), after.counts().end(),
                   [](const auto& count) { return count.preliminary_eligible(); })) {
    return "an inquiry that no count allows";
  }
  for (const auto& victim : of.victims()) {
    if (after.stage() != v1::STAGE_TRIAL || !victim.vulnerable()) continue;
    if (std::none_of(of.aids().begin(), of.aids().end(),
                     [&](const auto& aid) { return aid.victim() == victim.id(); }))
      return "a trial without an aid considered";
  }
  if (before.forum() != after.forum() && after.forum() != v1::FORUM_SCJ)
    return "to a lower court by indictment";
  if (before.trial_ended() && after.trial_end() != before.trial_end() && after.stage() != v1::STAGE_RETRIAL)
    return "the end of a trial was moved";
  return "";
}

// This says how one count ended, once, between the charge and today.
std::string ObjectionToDisposition(const v1::Accused& before, const v1::Accused& after,
                                   const std::string& today) {
  for (int i = 0; i < before.counts_size(); ++i) {
    v1::Count was = before.counts(i);
    const v1::Count& is = after.counts(i);
    if (MessageDifferencer::Equals(was, is)) continue;
    if (Done(was)) return "a disposition was changed";
    if (is.disposed_on() > today || is.disposed_on() < after.charge_date()) return "not after the charge";
    was.set_disposition(is.disposition());
    was.set_disposed_on(is.disposed_on());
    if (!MessageDifferencer::Equals(was, is)) return "a count became another";
  }
  return ChangesOne(before.counts(), after.counts());
}

// Section 810.1 is for persons under 16. A bond lasts twelve months, and two years with a qualifying prior
// except under s. 810.
std::string ObjectionToBond(const v1::Recognizance& bond) {
  if (bond.section() == "810.1" && (!bond.has_protected_age() || bond.protected_age() >= 16))
    return "of nobody under 16";
  const int years = bond.qualifying_prior() && bond.section() != "810" ? 2 : 1;
  const absl::CivilDay from = *ParseDay(bond.from());
  const absl::CivilDay end(from.year() + years, from.month(), from.day());
  return *ParseDay(bond.to()) < end ? "" : "longer than the law allows";
}

std::string ObjectionToAccused(const Act& act, const v1::Accused& before, const v1::Accused& after,
                               const v1::Case& of, const std::string& today) {
  const std::string& method = act.method;
  if (method == "CorrectAccused" || method == "CorrectAccusedAppearance" || method == "UndoAccusedStage") {
    return ObjectionToCorrection(act, before, after, of, today);
  }
  if (method == "AdvanceAccused") return ObjectionToStage(*act.who, before, after, of, today);
  if (method == "RecordAccusedDisposition") return ObjectionToDisposition(before, after, today);
  if (method == "BookAccusedTrial") return before.trial_ended() ? "booked after its end" : "";
  if (method == "ChangeAccusedForum") return AddsOne(before.forums(), after.forums());
  if (method == "RecordAccusedAppearance") return AddsOne(before.appearances(), after.appearances());
  if (method == "RecordAccusedDelay") {
    for (int i = 0; i < after.delays_size(); ++i) {
      const bool old =
          i < before.delays_size() && MessageDifferencer::Equals(before.delays(i), after.delays(i));
      if (!old && after.delays(i).by() != act.who->actor) return "attributed in the name of somebody else";
      if (after.delays(i).from() >= after.delays(i).to()) return "a delay of no day";
    }
    return ChangesOne(before.delays(), after.delays());
  }
  if (method == "RecordAccusedDelayArgument") {
    std::set<std::pair<int, int>> positions;
    for (int i = 0; i < after.delay_arguments_size(); ++i) {
      const v1::DelayArgument& is = after.delay_arguments(i);
      if (!positions.emplace(is.question(), is.party()).second) return "a party holds two positions";
      const bool old =
          i < before.delay_arguments_size() && MessageDifferencer::Equals(before.delay_arguments(i), is);
      if (old) continue;
      if (is.by() != act.who->actor) return "argued in the name of somebody else";
      if (is.on() > today || is.on() < after.charge_date()) return "not after the charge";
    }
    return ChangesOne(before.delay_arguments(), after.delay_arguments());
  }
  if (method == "RecordAccusedBail") {
    for (const auto& kept_from : after.bails().rbegin()->no_contact()) {
      if (!IsVictimOf(of, kept_from)) return "kept from nobody in this case";
    }
    return AddsOne(before.bails(), after.bails());
  }
  if (method == "RecordAccusedDisclosure") {
    const bool first = before.disclosures().empty();
    const bool initial = after.disclosures().rbegin()->kind() == v1::DISCLOSURE_KIND_INITIAL;
    return first == initial ? AddsOne(before.disclosures(), after.disclosures()) : "the wrong package first";
  }
  if (method == "RecordAccusedSentence") {
    const v1::Restitution& restitution = after.orders().rbegin()->restitution();
    if (!restitution.considered() && (restitution.ordered() || restitution.reason().empty())) {
      return "restitution was not considered";
    }
    return AddsOne(before.orders(), after.orders());
  }
  if (method == "RecordAccusedRecognizance") {
    const std::string wrong = ObjectionToBond(*after.recognizances().rbegin());
    return wrong.empty() ? AddsOne(before.recognizances(), after.recognizances()) : wrong;
  }
  return "";
}

}  // namespace

std::string ObjectionToDeed(const Act& act, const Change& change, const World& world,
                            const std::string& today) {
  const bool makes = change.before == nullptr;
  if (makes && act.method != "CreateAccused" && OwnerOf(change.name) != act.who->agency)
    return "made in the name of another agency";
  const v1::Case* of = CaseIn(*change.after, world);
  if (const auto* after = As<v1::Case>(change.after.get())) {
    if (makes) return ObjectionToOpening(*act.who, change.name, *after, world);
    const auto& before = *As<v1::Case>(change.before.get());
    if (act.method == "CorrectCase") return ObjectionToCaseCorrection(*act.who, before, *after, world);
    if (act.method == "AssignCrown") return ObjectionToAssignment(before, *after);
    if (act.method == "ReplaceCrown") return ObjectionToReplacement(before, *after);
    if (act.method == "DeclareCaseConflict") return ObjectionToConflict(*act.who, before, *after);
    if (act.method == "RecordPublicationBan") return ObjectionToBan(before, *after, today);
    if (act.method == "RecordTestimonialAid") return ObjectionToAid(before, *after);
    return ObjectionToRecords(before, *after, today);
  }
  if (const auto* after = As<v1::Accused>(change.after.get())) {
    return makes ? ObjectionToCharge(*after, *of, today)
                 : ObjectionToAccused(act, *As<v1::Accused>(change.before.get()), *after, *of, today);
  }
  if (const auto* link = As<v1::CaseDuplicate>(change.after.get())) {
    return makes ? ObjectionToDuplicate(*act.who, *link, world) : "";
  }
  if (const auto* link = As<v1::LinkToken>(change.after.get())) {
    const auto* withdrawn = As<v1::WithdrawLinkTokenRequest>(act.request);
    if (withdrawn != nullptr && withdrawn->on_behalf_of() != link->support_agency())
      return "ended for an agency that it was not made for";
    if (!makes) return "";
    if (!IsVictimOf(*of, link->victim())) return "links nobody in this case";
    if (link->consent_on() > today) return "before the victim agreed";
    return link->expires_on() >= today ? "" : "opens in the past";
  }
  if (const auto* alert = As<v1::CeilingAlert>(change.after.get())) {
    return alert->acknowledged_by() == act.who->actor ? "" : "read in the name of somebody else";
  }
  if (const auto* note = As<v1::CaseNote>(change.after.get())) {
    const bool both = absl::StrContains(change.name, "/caseNotes/both-");
    if (both != (note->readers() == v1::CASE_NOTE_READERS_BOTH)) return "its name says other readers";
    if (note->written_by() != act.who->actor) return "written in the name of somebody else";
  }
  return "";
}

}  // namespace accord::prosecution
