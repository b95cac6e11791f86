#include "services/protocols/referrals/referral_family.h"

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/attachment_service.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/note_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/protocols/notes/noted_referral.h"
#include "services/protocols/referral_viewers.h"
#include "services/protocols/referrals/referral_end.h"

namespace accord::protocols {
namespace {

using v1::Referral;

constexpr int kBatch = 1000;

// This gives the agencies whose privacy officers are told: those among the viewers, but not an agency whose
// staff is suspected.
std::vector<std::string> AgenciesAmong(std::vector<std::string> viewers) {
  std::erase_if(viewers, [](const std::string& viewer) { return viewer.find('#') != std::string::npos; });
  return viewers;
}

// This gives the agencies that are told of an attachment. The other side learns of it only if it could
// be read.
std::vector<std::string> ReadersOfAttachment(const v1::Attachment& attachment, const Referral& referral) {
  const bool readable = attachment.state() == v1::ATTACHMENT_STATE_READY ||
                        attachment.state() == v1::ATTACHMENT_STATE_REFERENCED;
  return ReadersOf(readable ? attachment.readers() : v1::READERS_OWN_AGENCY, OwnerOf(attachment.name()),
                   referral);
}

// This gives those who are told of an access: the agency that asked for it and, once the record was open, the
// owner, or the receiver in the owner's place.
std::vector<std::string> AgenciesToldOfAccess(const v1::EmergencyAccess& access, const Referral& referral) {
  const std::string opener = OwnerOf(access.name()), owner = OwnerOf(referral.name());
  if (access.state() == v1::EMERGENCY_ACCESS_STATE_REQUESTED || Implicated(referral, opener)) return {opener};
  return {opener, SidesOf(referral).front() == owner ? owner : referral.to_agency()};
}

}  // namespace

absl::StatusOr<std::vector<Referral>> ReferralFamily::Relatives(Tx& tx, const Referral& referral) {
  std::vector<Referral> relatives = {referral};
  std::set<std::string> known = {referral.name(), ""};
  for (std::size_t i = 0; i < relatives.size(); ++i) {
    for (const std::string& name : {relatives[i].redirected_from(), relatives[i].redirected_to()}) {
      if (!known.insert(name).second) continue;
      Referral relative;
      ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, name, &relative));
      // A relative that was erased already has no content, not even its name.
      if (!relative.name().empty()) relatives.push_back(std::move(relative));
    }
  }
  return relatives;
}

absl::Status ReferralFamily::AddDisputes(Tx& tx, const std::set<std::string>& about,
                                         const std::set<std::string>& viewers, std::vector<Member>* members) {
  std::set<std::string> seen;
  for (const std::string& viewer : viewers) {
    ACCORD_ASSIGN_OR_RETURN(const auto disputes,
                            disputes_.ListEvery<v1::Dispute>(tx, {viewer, {}, kBatch, "", ""}));
    for (const auto& dispute : disputes) {
      if (!about.contains(dispute.about()) || !seen.insert(dispute.name()).second) continue;
      members->push_back({"dispute", dispute.name(), {OwnerOf(dispute.name()), dispute.with_agency()}});
    }
  }
  return absl::OkStatus();
}

absl::Status ReferralFamily::AddNotesAndAttachments(Tx& tx, const Referral& relative,
                                                    std::vector<Member>* members) {
  for (const std::string& about : {relative.name(), relative.joint_investigation()}) {
    if (about.empty()) continue;
    ACCORD_ASSIGN_OR_RETURN(const auto notes,
                            notes_.ListEvery<v1::Note>(tx, {kFamily, {{"about", about}}, kBatch, "", ""}));
    for (const auto& note : notes) {
      members->push_back({"note", note.name(), ReadersOf(note.readers(), OwnerOf(note.name()), relative)});
    }
    ACCORD_ASSIGN_OR_RETURN(const auto attachments, attachments_.ListEvery<v1::Attachment>(
                                                        tx, {kFamily, {{"about", about}}, kBatch, "", ""}));
    for (const auto& attachment : attachments) {
      members->push_back({"attachment", attachment.name(), ReadersOfAttachment(attachment, relative)});
    }
  }
  return absl::OkStatus();
}

absl::Status ReferralFamily::AddDuplicates(Tx& tx, const std::set<std::string>& about,
                                           std::vector<Member>* members) {
  std::set<std::string> seen;
  for (const std::string& name : about) {
    for (const char* field : {"referral", "same_as"}) {
      ACCORD_ASSIGN_OR_RETURN(const auto links, duplicates_.ListEvery<v1::Duplicate>(
                                                    tx, {kFamily, {{field, name}}, kBatch, "", ""}));
      for (const auto& link : links) {
        if (!seen.insert(link.name()).second) continue;
        members->push_back({"duplicate", link.name(), {link.agencies().begin(), link.agencies().end()}});
      }
    }
  }
  return absl::OkStatus();
}

absl::Status ReferralFamily::AddAccesses(Tx& tx, const Referral& relative, std::vector<Member>* members) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto accesses,
      accesses_.ListEvery<v1::EmergencyAccess>(tx, {kFamily, {{"about", relative.name()}}, kBatch, "", ""}));
  for (const auto& access : accesses) {
    members->push_back({"emergency_access", access.name(), AgenciesToldOfAccess(access, relative)});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ReferralFamily::Member>> ReferralFamily::MembersOf(
    Tx& tx, const std::vector<Referral>& relatives) {
  std::vector<Member> members;
  std::set<std::string> about, viewers;
  for (const Referral& relative : relatives) {
    const std::vector<std::string> told = AgenciesAmong(ViewersOf(relative));
    about.insert(relative.name());
    viewers.insert(told.begin(), told.end());
    members.push_back({"referral", relative.name(), told});
    if (!relative.joint_investigation().empty()) {
      members.push_back(
          {"joint_investigation", relative.joint_investigation(), AgenciesAmong(SidesOf(relative))});
    }
    ACCORD_RETURN_IF_ERROR(AddNotesAndAttachments(tx, relative, &members));
    ACCORD_RETURN_IF_ERROR(AddAccesses(tx, relative, &members));
  }
  ACCORD_RETURN_IF_ERROR(AddDisputes(tx, about, viewers, &members));
  ACCORD_RETURN_IF_ERROR(AddDuplicates(tx, about, &members));
  return members;
}

absl::Status ReferralFamily::AlertPrivacyOfficers(Tx& tx, const Member& member, absl::Time now) {
  const storage::Write write{"platform", "calendar", NewId(now), now};
  for (const std::string& agency : std::set<std::string>(member.agencies.begin(), member.agencies.end())) {
    v1::PrivacyAlert alert;
    alert.set_name(absl::StrCat("agencies/", agency, "/privacyAlerts/", NewId(now)));
    alert.set_kind(v1::PRIVACY_ALERT_KIND_RECORD_ENDED);
    alert.set_resource(member.name);
    *alert.mutable_hour() = ToProto(now);
    storage::Placement told;
    told.owner = agency;
    told.parties = {agency, kOffice};
    ACCORD_RETURN_IF_ERROR(alerts_.Insert(tx, &alert, write, told));
  }
  return absl::OkStatus();
}

absl::Status ReferralFamily::End(Tx& tx, const Referral& referral, const Ending& ending, absl::Time now) {
  // A record that nobody needs any more ends alone, because the referral that it was sent on as may still be
  // worked on.
  std::vector<Referral> relatives = {referral};
  if (ending.end == storage::End::kSealed) {
    ACCORD_ASSIGN_OR_RETURN(relatives, Relatives(tx, referral));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto members, MembersOf(tx, relatives));
  for (const Member& member : members) {
    ACCORD_ASSIGN_OR_RETURN(const bool held, storage::IsHeld(tx, member.name));
    if (!held) continue;
    return Refuse(rules::kLegalHold, "This record must be kept.");
  }
  const storage::Write write{"platform", "calendar", NewId(now), now};
  for (const Member& member : members) {
    if (member.kind == "attachment") {
      v1::Attachment attachment;
      ACCORD_RETURN_IF_ERROR(attachments_.GetAny(tx, member.name, &attachment));
      ACCORD_RETURN_IF_ERROR(pieces_.Drop(tx, write, attachment));
    }
    ACCORD_RETURN_IF_ERROR(
        storage::EndRecord(tx, member.kind, member.name, ending.reason, ending.end, write, member.agencies));
    if (member.kind == "referral") ACCORD_RETURN_IF_ERROR(AlertPrivacyOfficers(tx, member, now));
  }
  return absl::OkStatus();
}

}  // namespace accord::protocols
