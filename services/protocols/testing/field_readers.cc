#include "services/protocols/testing/field_readers.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/note_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "common/base/clock.h"
#include "services/protocols/testing/field_lines.h"
#include "services/protocols/testing/field_words.h"

namespace accord::protocols {
namespace {

using google::protobuf::Message;
using testing::In;
using testing::World;

bool StandsIn(const Message& record, const std::string& text) {
  const auto texts = testing::TextsIn(record);
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& each) { return each.find(text) != std::string::npos; });
}

bool IsDirector(const Caller& who) {
  return who.Has(annotations::v1::ROLE_CAS_DIRECTOR) || who.Has(annotations::v1::ROLE_POLICE_CHIEF);
}

// This says whether two people of the agency requested and confirmed an emergency access less than four
// hours ago.
bool Opened(const std::string& agency, const std::string& name, const World& world, absl::Time now) {
  return std::any_of(world.begin(), world.end(), [&](const auto& each) {
    const auto* access = dynamic_cast<const v1::EmergencyAccess*>(each.second.get());
    return access != nullptr && access->resource() == name && OwnerOf(access->name()) == agency &&
           access->state() == v1::EMERGENCY_ACCESS_STATE_GRANTED && FromProto(access->expire_time()) > now;
  });
}

// Section 8 says who reads a referral: the sender and the receiver, and whoever sent it first; of the
// implicated agency, its director alone.
bool ReadsReferral(const Caller& who, const v1::Referral& r, const std::string& text, const World& world,
                   absl::Time now) {
  const bool implicated = r.staff_suspect() && r.implicated_agency() == who.agency;
  const bool concerned = ViewersIn(r, world).contains(who.agency);
  if (IsAmong(who, "duty")) {
    if (concerned && (!implicated || IsDirector(who))) return true;
    return !implicated && Opened(who.agency, r.name(), world, now);
  }
  // Privacy officers read the referral without what is personal.
  return IsAmong(who, "privacy") && concerned && !implicated &&
         (text.rfind("agencies/", 0) == 0 || r.lawful_basis() == text || r.screening().tool() == text ||
          r.screening().tool_version() == text);
}

// Parties read all of a protocol except what is for police alone. Everybody reads the public sections of one
// in force, and the office reads those of what it drafted.
bool ReadsProtocol(const Caller& who, const v1::Protocol& p, const std::string& text) {
  const bool party = HasPart(who, p, "party", {});
  const bool police = who.kind == annotations::v1::AGENCY_KIND_POLICE_SERVICE;
  const bool open_to_all = StateIn(p) == "in_force" || StateIn(p) == "under_review";
  const bool drafted = !p.drafted_by().empty() && p.drafted_by() == who.agency;
  std::set<int> readable;
  for (const auto& section : p.sections()) {
    if (section.visibility() == v1::SECTION_VISIBILITY_PUBLIC ||
        (party && (section.visibility() == v1::SECTION_VISIBILITY_PARTIES || police))) {
      readable.insert(section.code());
      if (section.text() == text) return party || drafted || open_to_all;
    } else if (section.text() == text) {
      return false;
    }
  }
  for (const auto& comment : p.comments()) {
    if (comment.comment() == text || comment.reason() == text) {
      return party && readable.contains(comment.section());
    }
  }
  if (party) return true;
  if (!drafted && !open_to_all) return false;
  v1::Protocol open = p;
  open.clear_reviews();
  open.clear_notices();
  open.clear_end_reason();
  open.clear_sections();
  open.clear_comments();
  for (auto& each : *open.mutable_parties()) {
    each.clear_contacts();
    each.clear_decline_record();
    each.clear_signatory_name();
  }
  return StandsIn(open, text);
}

// This gives the referral that a record is about; it is null once the referral has ended.
const v1::Referral* ReferralOf(const std::string& about, const World& world) {
  const auto* joint = In<v1::JointInvestigation>(world, about);
  return In<v1::Referral>(world, joint == nullptr ? about : joint->referral());
}

// This gives the readers of what one side wrote or sent for its own agency or for both.
std::set<std::string> ReadersIn(const std::string& owner, bool both, const std::string& about,
                                const World& world) {
  const auto* r = ReferralOf(about, world);
  if (!both || r == nullptr) return {owner};
  std::set<std::string> sides = {OwnerOf(r->name()), r->to_agency()};
  if (r->staff_suspect()) sides.erase(r->implicated_agency());
  return sides;
}

}  // namespace

std::string ToldOf(const v1::EmergencyAccess& access, const World& world) {
  if (access.state() == v1::EMERGENCY_ACCESS_STATE_REQUESTED) return "";
  const auto* r = In<v1::Referral>(world, access.resource());
  const auto suspected = [&](const std::string& agency) {
    return r->staff_suspect() && r->implicated_agency() == agency;
  };
  if (r == nullptr || suspected(OwnerOf(access.name()))) return "";
  return suspected(OwnerOf(r->name())) ? r->to_agency() : OwnerOf(r->name());
}

std::set<std::string> ViewersIn(const Message& record, const World& world) {
  if (const auto* r = dynamic_cast<const v1::Referral*>(&record)) {
    std::set<std::string> viewers = {OwnerOf(r->name()), r->to_agency(), OwnerOf(r->redirected_from())};
    viewers.insert(r->followers().begin(), r->followers().end());
    return viewers;
  }
  if (const auto* joint = dynamic_cast<const v1::JointInvestigation*>(&record)) {
    const auto* r = In<v1::Referral>(world, joint->referral());
    return r == nullptr ? std::set<std::string>{} : std::set<std::string>{OwnerOf(r->name()), r->to_agency()};
  }
  if (const auto* dispute = dynamic_cast<const v1::Dispute*>(&record)) {
    return {OwnerOf(dispute->name()), dispute->with_agency()};
  }
  if (const auto* note = dynamic_cast<const v1::Note*>(&record)) {
    return ReadersIn(OwnerOf(note->name()), note->readers() == v1::READERS_BOTH, note->about(), world);
  }
  if (const auto* attachment = dynamic_cast<const v1::Attachment*>(&record)) {
    const bool readable = attachment->state() == v1::ATTACHMENT_STATE_READY ||
                          attachment->state() == v1::ATTACHMENT_STATE_REFERENCED;
    return ReadersIn(OwnerOf(attachment->name()), readable && attachment->readers() == v1::READERS_BOTH,
                     attachment->about(), world);
  }
  if (dynamic_cast<const v1::AttachmentChunk*>(&record) != nullptr) return {};
  if (const auto* link = dynamic_cast<const v1::Duplicate*>(&record)) {
    return {link->agencies().begin(), link->agencies().end()};
  }
  if (const auto* inspection = dynamic_cast<const v1::InspectorReferral*>(&record)) {
    return {OwnerOf(inspection->name()), inspection->to_agency()};
  }
  if (const auto* alert = dynamic_cast<const v1::PrivacyAlert*>(&record)) {
    return {OwnerOf(alert->name()), alert->by_agency(), "co-pahtco"};
  }
  std::set<std::string> viewers = {OwnerOf(testing::TextOf(record, "name"))};
  if (const auto* access = dynamic_cast<const v1::EmergencyAccess*>(&record)) {
    viewers.insert(ToldOf(*access, world));
  }
  return viewers;
}

bool MayRead(const Caller& who, const Message& record, const std::string& text, const World& world,
             absl::Time now) {
  if (const auto* p = dynamic_cast<const v1::Protocol*>(&record)) return ReadsProtocol(who, *p, text);
  if (const auto* r = dynamic_cast<const v1::Referral*>(&record)) {
    return ReadsReferral(who, *r, text, world, now);
  }
  if (!ViewersIn(record, world).contains(who.agency)) return false;
  if (const auto* joint = dynamic_cast<const v1::JointInvestigation*>(&record)) {
    const auto* r = In<v1::Referral>(world, joint->referral());
    const bool implicated = r->staff_suspect() && r->implicated_agency() == who.agency;
    return IsAmong(who, "duty") && (!implicated || IsDirector(who));
  }
  if (dynamic_cast<const v1::Dispute*>(&record) != nullptr) return IsAmong(who, "supervisors");
  if (dynamic_cast<const v1::Note*>(&record) != nullptr) return IsAmong(who, "duty");
  if (dynamic_cast<const v1::Attachment*>(&record) != nullptr) return IsAmong(who, "duty");
  if (dynamic_cast<const v1::Duplicate*>(&record) != nullptr) return IsAmong(who, "duty");
  if (dynamic_cast<const v1::InspectorReferral*>(&record) != nullptr) return IsAmong(who, "duty services");
  if (dynamic_cast<const v1::PrivacyAlert*>(&record) != nullptr) return IsAmong(who, "privacy");
  if (dynamic_cast<const v1::EmergencyAccess*>(&record) != nullptr) return IsAmong(who, "duty privacy");
  return dynamic_cast<const v1::ReferralFilter*>(&record) != nullptr && IsAmong(who, "duty");
}

std::string ObjectionToEnd(const testing::Change& change, const World& world, const std::string& today) {
  std::string about = change.name;
  if (const auto* joint = dynamic_cast<const v1::JointInvestigation*>(change.before.get())) {
    about = joint->referral();
  }
  if (const auto* dispute = dynamic_cast<const v1::Dispute*>(change.before.get())) about = dispute->about();
  if (const auto* access = dynamic_cast<const v1::EmergencyAccess*>(change.before.get())) {
    about = access->resource();
  }
  const v1::Attachment* attachment = dynamic_cast<const v1::Attachment*>(change.before.get());
  if (const auto* chunk = dynamic_cast<const v1::AttachmentChunk*>(change.before.get())) {
    attachment = In<v1::Attachment>(world, AttachmentOf(*chunk));
  }
  if (attachment != nullptr) about = attachment->about();
  if (const auto* note = dynamic_cast<const v1::Note*>(change.before.get())) about = note->about();
  if (const auto* r = ReferralOf(about, world)) about = r->name();
  std::set<std::string> family = {about};
  if (const auto* link = dynamic_cast<const v1::Duplicate*>(change.before.get())) {
    family = {link->referral(), link->same_as()};
  }
  for (bool more = true; more;) {
    more = false;
    for (const auto& [name, record] : world) {
      const auto* r = dynamic_cast<const v1::Referral*>(record.get());
      if (r == nullptr) continue;
      if (family.contains(name)) more |= family.insert(r->redirected_from()).second;
      if (family.contains(name)) more |= family.insert(r->redirected_to()).second;
    }
  }
  for (const std::string& name : family) {
    const auto* r = In<v1::Referral>(world, name);
    if (r != nullptr && !r->youth_record().access_ends_on().empty() &&
        r->youth_record().access_ends_on() <= today) {
      return "";
    }
  }
  return "ended though the law lets it be seen";
}

}  // namespace accord::protocols
