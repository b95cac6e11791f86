#include "services/protocols/testing/field_oracle.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <functional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "accord/protocols/v1/attachment_service.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/note_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "common/base/clock.h"
#include "services/protocols/testing/field_lines.h"
#include "services/protocols/testing/field_readers.h"
#include "services/protocols/testing/field_words.h"

namespace accord::protocols {
namespace {

using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using testing::Act;
using testing::Change;
using testing::World;

// This gives what a new record is about: the signatories of a protocol refer, and the sides of a referral
// investigate and disagree.
std::string AboutOf(const Message& made) {
  if (const auto* referral = As<v1::Referral>(&made)) return referral->protocol();
  if (const auto* joint = As<v1::JointInvestigation>(&made)) return joint->referral();
  if (const auto* dispute = As<v1::Dispute>(&made)) return dispute->about();
  if (const auto* note = As<v1::Note>(&made)) return note->about();
  if (const auto* attachment = As<v1::Attachment>(&made)) return attachment->about();
  if (const auto* chunk = As<v1::AttachmentChunk>(&made)) return AttachmentOf(*chunk);
  if (const auto* duplicate = As<v1::Duplicate>(&made)) return duplicate->referral();
  return "";
}

bool IsOfIndigenousPerson(const v1::Referral& r) {
  return r.indigenous_identity() == v1::INDIGENOUS_IDENTITY_FIRST_NATIONS ||
         r.indigenous_identity() == v1::INDIGENOUS_IDENTITY_INUIT ||
         r.indigenous_identity() == v1::INDIGENOUS_IDENTITY_METIS;
}

// Objects if a change touches what stands in the name of another party.
std::string OthersOfParties(const std::string& agency, const v1::Protocol& before,
                            const v1::Protocol& after) {
  if (before.parties_size() != after.parties_size()) return "parties came or went";
  for (int i = 0; i < before.parties_size(); ++i) {
    if (before.parties(i).agency() != agency &&
        !MessageDifferencer::Equals(before.parties(i), after.parties(i))) {
      return "another party's part was changed";
    }
  }
  return "";
}

// Objects unless what was said stays, and what is added is in the name of whoever adds it.
template <class List>
std::string AddsOwn(const std::string& agency, const List& before, const List& after) {
  if (after.size() < before.size()) return "something said before was taken away";
  for (int i = 0; i < after.size(); ++i) {
    if (i < before.size() ? !MessageDifferencer::Equals(before.Get(i), after.Get(i))
                          : after.Get(i).agency() != agency) {
      return "something is said in the name of another agency";
    }
  }
  return "";
}

// Objects unless one person of the agency leaves, or one of them comes, and no other agency's people change.
template <class List>
std::string OneLeaves(const std::string& agency, const List& before, const List& after) {
  std::multiset<std::string> gone, come;
  for (const auto& each : before) gone.insert(absl::StrCat(each.agency(), "/", each.actor()));
  for (const auto& each : after) {
    const std::string who = absl::StrCat(each.agency(), "/", each.actor());
    if (const auto same = gone.find(who); same != gone.end()) {
      gone.erase(same);
    } else {
      come.insert(who);
    }
  }
  const auto own = [&](const std::string& who) { return absl::StartsWith(who, agency + "/"); };
  if (gone.size() != 1 || come.size() > 1) return "more than one person left a team or came";
  const bool ours = own(*gone.begin()) && std::all_of(come.begin(), come.end(), own);
  return ours ? "" : "another agency's person left a team or came";
}

std::string PersonOf(const Caller& who) { return absl::StrCat(who.agency, "/", who.actor); }

int GradeOf(const Caller& who) {
  int grade = 0;
  for (const Role role : who.roles) {
    if (role == annotations::v1::ROLE_CAS_WORKER || role == annotations::v1::ROLE_POLICE_MEMBER) {
      grade = std::max(grade, 1);
    }
    if (role == annotations::v1::ROLE_CAS_SUPERVISOR || role == annotations::v1::ROLE_POLICE_SUPERVISOR) {
      grade = std::max(grade, 2);
    }
    if (role == annotations::v1::ROLE_CAS_DIRECTOR || role == annotations::v1::ROLE_POLICE_CHIEF) {
      grade = std::max(grade, 3);
    }
  }
  return grade;
}

}  // namespace

OracleOfProtocols::OracleOfProtocols()
    : TableOracle(Terms{.lines = &Lines(),
                        .is_among = IsAmong,
                        .has_part = HasPart,
                        .about = [](const Change& made) { return AboutOf(*made.after); },
                        .of_deed = std::bind_front(&OracleOfProtocols::ObjectionToDeed, this),
                        .first_look = std::bind_front(&OracleOfProtocols::FirstLook, this)}) {}

// A hold is a row of the form "held NAME AGENCY".
std::string OracleOfProtocols::ObjectionToHold(const Act& act, const Change& change, const World& world) {
  const std::vector<std::string> row = absl::StrSplit(change.name, ' ');
  if (act.method != (change.made ? "PlaceLegalHold" : "LiftLegalHold")) return "a hold came or went by it";
  if (row[2] != act.who->agency) return "a hold of another agency";
  return Objection(*act.who, act.method, row[1], world);
}

testing::TableOracle::Verdict OracleOfProtocols::FirstLook(const Act& act, const Change& change,
                                                           const World& world) {
  if (change.before == nullptr && change.after == nullptr) return {true, ObjectionToHold(act, change, world)};
  const auto* discarded = As<v1::Attachment>(change.after == nullptr ? change.before.get() : nullptr);
  if (discarded != nullptr && !Among(StateIn(*discarded), "uploading refused")) {
    return {true, "took away a file that was whole"};
  }
  const std::string objection = SideEffect(act.method, change, world);
  if (objection.empty()) return {true, ObjectionToDeed(act, change, world)};
  const auto filter = filters_.find(change.name);
  if (filter != filters_.end() && filter->second != PersonOf(*act.who)) return {true, "somebody else's"};
  return {false, objection};
}

std::string OracleOfProtocols::ObjectionToDeed(const Act& act, const Change& change, const World& world) {
  const std::string& agency = act.who->agency;
  const std::string& method = act.method;
  const std::string today = Today(now_);
  if (change.before == nullptr && method != "RedirectReferral" && method != "ApproveEmergencyAccess" &&
      method != "CreateProtocol" && OwnerOf(change.name) != agency) {
    return "made in the name of another agency";
  }
  if (method == "CreateProtocol") {
    const auto texts = testing::TextsIn(*change.after);
    drafted_[change.name] = {PersonOf(*act.who), {texts.begin(), texts.end()}};
  }
  if (method == "CreateReferralFilter") filters_[change.name] = PersonOf(*act.who);
  if (const auto* after = As<v1::Protocol>(change.after.get())) {
    const auto* before = As<v1::Protocol>(change.before.get());
    if (method == "CreateProtocol" && act.who->kind != annotations::v1::AGENCY_KIND_COORDINATION_OFFICE &&
        OwnerOf(change.name) != agency) {
      return "drafted in the name of another agency";
    }
    if (method == "UpdateProtocol") {
      for (const auto& party : after->parties()) {
        if (!party.signed_digest().empty()) return "a signature outlived a change";
      }
    }
    if (method == "SignProtocol" || method == "RenewProtocol" || method == "UpdateProtocolContacts") {
      const std::string others = OthersOfParties(agency, *before, *after);
      if (!others.empty()) return others;
    }
    if (method == "CommentOnProtocol") return AddsOwn(agency, before->comments(), after->comments());
    if (method == "TerminateProtocol") {
      if (!before->terminates_on().empty() && after->terminates_on() > before->terminates_on()) {
        return "a notice was put off";
      }
      if (after->terminates_on() < FormatDay(OntarioDay(now_) + 60)) return "a notice of less than 60 days";
      return AddsOwn(agency, before->notices(), after->notices());
    }
    if (method == "ReviewProtocol" && act.who->kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE &&
        after->reviews().rbegin()->kind() != v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE) {
      return "the office reviews when the law changed";
    }
    if (method == "OpenLegislativeReviews") {
      const auto& review = *after->reviews().rbegin();
      if (review.kind() != v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE) return "reviewed for no change of the law";
      const auto same = [&](const v1::Review& each) {
        return each.law() == review.law() && each.law_changed_on() == review.law_changed_on();
      };
      if (std::any_of(before->reviews().begin(), before->reviews().end(), same)) {
        return "reviewed twice for one change of the law";
      }
    }
    if (method == "RenewProtocol" && after->state() == v1::PROTOCOL_STATE_IN_FORCE) {
      for (const auto& party : after->parties()) {
        if (Signs(*after, party.agency()) && !party.renewal_signed())
          return "renewed without " + party.agency();
      }
    }
    if (after->state() == v1::PROTOCOL_STATE_IN_FORCE &&
        before->state() == v1::PROTOCOL_STATE_PARTIALLY_SIGNED) {
      return ObjectionToEntry(*after, world, today);
    }
  }
  if (const auto* after = As<v1::Referral>(change.after.get())) {
    const auto* before = As<v1::Referral>(change.before.get());
    if (method == "ScreenReferral" || method == "CloseReferral") {
      if ((after->community_notice_required() || IsOfIndigenousPerson(*after)) &&
          !after->has_community_notice()) {
        return "the community was not told";
      }
    }
    if (method == "CorrectReferral" && after->urgency() == v1::URGENCY_IMMEDIATE &&
        FromProto(after->phone_contact_at()) > FromProto(after->create_time())) {
      return "the call came after the immediate referral";
    }
    if (method == "CorrectReferral" && !before->redirected_from().empty() &&
        !OtherFields(*before, *after,
                     "phone_contact_at indigenous_identity community_notice_required community_notice "
                     "amendments")
             .empty()) {
      return "what another agency had said was changed";
    }
    if (method == "CorrectReferral" && before->community_notice_required() &&
        !after->community_notice_required()) {
      return "the duty to tell the community was taken back";
    }
    if (method == "CorrectReferral" && before->has_community_notice() && !after->has_community_notice() &&
        (before->community_notice().status() != v1::COMMUNITY_NOTICE_STATUS_DEFERRED ||
         before->community_notice_required())) {
      return "what the community was told was taken back";
    }
    if (before != nullptr) {
      const std::string objection = ObjectionToAmendment(act, *before, *after);
      if (!objection.empty()) return objection;
    }
    if (method == "RecordReferralYouthRecord") return ObjectionToYouthRecord(act, *before, *after);
    if (method == "FlagReferral") return AddsOwn(agency, before->flags(), after->flags());
    if (method == "ClearReferralFlag") {
      for (int i = 0; i < before->flags_size(); ++i) {
        if (before->flags(i).agency() != agency &&
            !MessageDifferencer::Equals(before->flags(i), after->flags(i))) {
          return "another agency's reminder";
        }
      }
    }
    if (after->event_date() > today) return "what happens in the future";
  }
  if (const auto* after = As<v1::JointInvestigation>(change.after.get())) {
    const auto* before = As<v1::JointInvestigation>(change.before.get());
    if (before == nullptr) return "";
    const std::string of_team = method == "LeaveJointInvestigation"
                                    ? OneLeaves(agency, before->team(), after->team())
                                    : AddsOwn(agency, before->team(), after->team());
    for (const std::string& said : {of_team, AddsOwn(agency, before->steps(), after->steps()),
                                    AddsOwn(agency, before->decisions(), after->decisions())}) {
      if (!said.empty()) return said;
    }
  }
  if (const auto* after = As<v1::Note>(change.after.get())) {
    const bool both = absl::StrContains(change.name, "/notes/both-");
    if (both != (after->readers() == v1::READERS_BOTH)) return "its name says other readers";
    if (after->has_phone_contact() && !both) return "a call between the sides that one of them does not read";
    if (after->written_by() != act.who->actor) return "written in the name of somebody else";
  }
  if (const auto* after = As<v1::Duplicate>(change.after.get())) return ObjectionToLink(*after, world);
  if (method == "AcknowledgePrivacyAlert") {
    const auto& read = As<v1::PrivacyAlert>(change.before.get())->acknowledgements();
    const bool again =
        std::any_of(read.begin(), read.end(), [&](const auto& each) { return each.agency() == agency; });
    if (again) return "acknowledged twice for one agency";
    return AddsOwn(agency, read, As<v1::PrivacyAlert>(change.after.get())->acknowledgements());
  }
  if (const auto* after = As<v1::EmergencyAccess>(change.after.get())) {
    if (method == "RequestEmergencyAccess") asked_[change.name] = {act.who->actor, GradeOf(*act.who)};
    const auto* before = As<v1::EmergencyAccess>(change.before.get());
    if (method == "ReviewEmergencyAccess") return AddsOwn(agency, before->reviews(), after->reviews());
    if (method == "EndEmergencyAccess") {
      const bool longer = FromProto(after->expire_time()) > FromProto(before->expire_time());
      return longer ? "open for longer by its end" : "";
    }
    if (method == "ApproveEmergencyAccess") {
      const auto& [asked_by, grade] = asked_[change.name];
      if (asked_by == act.who->actor) return "one person opened another agency's record";
      if (grade == GradeOf(*act.who)) return "two people of one grade opened another agency's record";
      if (FromProto(after->expire_time()) > now_ + absl::Hours(4)) return "open for more than four hours";
    }
  }
  return "";
}

// One person alone may say a first end that leaves time to object; anything else takes a second person.
std::string OracleOfProtocols::ObjectionToYouthRecord(const Act& act, const v1::Referral& before,
                                                      const v1::Referral& after) {
  if (MessageDifferencer::Equals(before.youth_record(), after.youth_record())) return "";
  const auto& said = after.youth_record();
  if (said.counted_from() > Today(now_)) return "an end in the future";
  const bool first = !before.has_youth_record() && before.proposed_youth_records().empty();
  if (first && said.access_ends_on() > FormatDay(OntarioDay(now_) + 30)) return "";
  const std::string what = absl::StrCat(said.disposition(), " ", said.counted_from());
  const std::string person = PersonOf(*act.who);
  for (const auto& [other, their_word] : said_[before.name()]) {
    if (other != person && their_word == what) return "";
  }
  return "one person alone ended a youth record, or changed its end";
}

bool OracleOfProtocols::MayLearn(const Caller& who, const testing::Told& told, const World& world,
                                 absl::Time now) {
  const auto& [name, record, text] = told;
  // A filter belongs to one person, who is told again what he or she took away.
  const auto filter = filters_.find(name);
  if (filter != filters_.end()) return filter->second == PersonOf(who) && IsAmong(who, "duty");
  if (record == nullptr) {
    // Only the name is left of a record that has ended, for the privacy officers of those who saw it.
    return text == name && IsAmong(who, "privacy") && saw_[name].contains(who.agency);
  }
  const auto drafted = drafted_.find(name);
  if (drafted != drafted_.end() && drafted->second.first == PersonOf(who) &&
      drafted->second.second.contains(text)) {
    return true;
  }
  if (MayRead(who, *record, text, world, now)) return true;
  // A person who reads the record for another purpose knows that it exists.
  Caller other = who;
  for (int purpose = 1; text == name && purpose < annotations::v1::Purpose_ARRAYSIZE; ++purpose) {
    other.purpose = static_cast<Purpose>(purpose);
    if (MayRead(other, *record, text, world, now)) return true;
  }
  return false;
}

void OracleOfProtocols::Learn(const Act& act, const std::vector<Change>& changes, absl::Time now) {
  TableOracle::Learn(act, changes, now);
  // What was said of a referral before it was sent on was said of the onward referral, too.
  for (const Change& change : changes) {
    const auto* sent = As<v1::Referral>(change.after.get());
    if (sent != nullptr) last_act_[sent->name()] = {act.method, act.who->agency};
    if (change.before == nullptr && sent != nullptr && !sent->redirected_from().empty()) {
      said_[sent->name()] = said_[sent->redirected_from()];
    }
  }
  const auto* request = As<v1::RecordReferralYouthRecordRequest>(act.request);
  if (request == nullptr || changes.empty()) return;
  auto& said = said_[request->name()];
  said[PersonOf(*act.who)] =
      absl::StrCat(request->record().disposition(), " ", request->record().counted_from());
  // A word to which two people agreed is settled.
  const auto* after = As<v1::Referral>(changes.front().after.get());
  if (after != nullptr && after->proposed_youth_records().empty()) said.clear();
}

}  // namespace accord::protocols
