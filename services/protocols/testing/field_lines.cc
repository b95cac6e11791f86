#include "services/protocols/testing/field_lines.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "services/protocols/testing/field_readers.h"

namespace accord::protocols {
namespace {

using google::protobuf::Message;
using testing::IsOf;
using testing::Words;
using testing::World;

const char kEarly[] = "draft consultation for_signature partially_signed";
const char kOperative[] = "in_force under_review";
const char kFresh[] = "submitted acknowledged";
const char kScreened[] = "joint cas_lead police_lead consult_only not_eligible_cfsa no_further_action";
const char kOpenStates[] =
    "submitted acknowledged joint cas_lead police_lead consult_only not_eligible_cfsa no_further_action";

std::set<std::string> PartsIn(const std::string& agency, const v1::Protocol& p) {
  std::set<std::string> parts;
  if (OwnerOf(p.name()) == agency) parts.insert("lead");
  for (const auto& party : p.parties()) {
    if (party.agency() != agency) continue;
    if (party.part() == v1::PARTY_PART_SIGNATORY) parts.insert("signatory");
    if (party.part() == v1::PARTY_PART_CONSULTED) parts.insert("consulted");
    if (party.part() == v1::PARTY_PART_OBSERVER) parts.insert("observer");
  }
  if (!parts.empty()) parts.insert("party");
  return parts;
}

std::set<std::string> PartsIn(const std::string& agency, const v1::Referral& r) {
  if (r.staff_suspect() && r.implicated_agency() == agency) return {"implicated"};
  std::set<std::string> parts;
  if (OwnerOf(r.name()) == agency) parts.insert("sender");
  if (r.to_agency() == agency) parts.insert("receiver");
  if (parts.empty() && OwnerOf(r.redirected_from()) == agency) parts.insert("follower");
  return parts;
}

}  // namespace

const std::vector<Line>& Lines() {
  static const std::vector<Line> kLines = {
      // These are the lines of section 2.3 for protocols.
      {"CreateProtocol", "Protocol", "signers office", "", "-", "draft", ""},
      {"UpdateProtocol", "Protocol", "signers", "lead", "draft", "draft",
       "title territory legal_basis effective_from effective_to parties sections text_digest"},
      {"UpdateProtocol", "Protocol", "signers", "lead", "consultation for_signature partially_signed",
       "consultation",
       "title territory legal_basis effective_from effective_to parties sections text_digest state"},
      {"OpenProtocolConsultation", "Protocol", "signers", "lead", "draft", "consultation", "state"},
      {"CommentOnProtocol", "Protocol", "signers", "party", "consultation", "consultation", "comments"},
      {"DisposeProtocolComment", "Protocol", "signers", "lead", "consultation", "consultation", "comments"},
      {"OfferProtocolForSignature", "Protocol", "signers", "lead", "consultation", "for_signature",
       "state version text_digest"},
      {"SignProtocol", "Protocol", "signers", "signatory", "for_signature partially_signed",
       "partially_signed in_force", "state parties next_review_due"},
      {"ActivateProtocol", "Protocol", "signers", "signatory", "partially_signed", "in_force",
       "state next_review_due"},
      {"WithdrawProtocol", "Protocol", "signers", "lead", kEarly, "withdrawn", "state ended_by end_reason"},
      {"ReviewProtocol", "Protocol", "signers", "signatory", "in_force", "under_review",
       "state reviews parties"},
      {"ReviewProtocol", "Protocol", "reviewers", "anybody", "in_force", "under_review",
       "state reviews parties"},
      // A change of the law calls for a review of whatever rests on it.
      {"OpenLegislativeReviews", "Protocol", "reviewers", "anybody", "in_force", "under_review",
       "state reviews parties"},
      {"RenewProtocol", "Protocol", "signers", "signatory", "under_review", kOperative,
       "state reviews parties next_review_due"},
      {"TerminateProtocol", "Protocol", "signers", "signatory", kOperative, kOperative,
       "terminates_on ended_by end_reason notices"},
      {"UpdateProtocolContacts", "Protocol", "signers", "party", "*", "*", "parties"},
      // These are the lines of section 2.4 for referrals.
      {"CreateReferral", "Referral", "duty", "signatory", "- in_force under_review", "submitted", ""},
      {"AcknowledgeReferral", "Referral", "duty", "receiver", "submitted", "acknowledged",
       "state acknowledged_at acknowledged_by late_entries"},
      {"ScreenReferral", "Referral", "supervisors", "receiver", "acknowledged", kScreened,
       "state screened_at screened_by outcome_reason service_referral_offer_required late_entries"},
      {"CloseReferral", "Referral", "supervisors", "receiver", kScreened, "closed",
       "state outcome supports_offered ended_at"},
      {"RejectReferral", "Referral", "supervisors", "receiver", kFresh, "rejected",
       "state end_reason ended_at"},
      {"RevokeReferral", "Referral", "duty", "sender", kFresh, "revoked", "state end_reason ended_at"},
      {"RedirectReferral", "Referral", "supervisors", "receiver", kFresh, "redirected",
       "state end_reason redirected_to ended_at"},
      {"CorrectReferral", "Referral", "duty", "sender", kOpenStates, kOpenStates,
       "reporter_belief indicators youth_wishes phone_contact_at caregiver_suspect indigenous_identity "
       "community_notice_required community_notice age_band event_date urgency ground_code existing_order "
       "reporting_mandatory law_notes acknowledge_due assessment_due response_due completion_due "
       "rule_set amendments"},
      {"UndoReferralStep", "Referral", "supervisors", "receiver", absl::StrCat(kScreened, " rejected"),
       kFresh,
       "state screened_at screened_by outcome_reason service_referral_offer_required end_reason ended_at "
       "amendments"},
      {"ReopenReferral", "Referral", "supervisors", "receiver", "closed", "acknowledged",
       "state outcome screened_at screened_by outcome_reason service_referral_offer_required ended_at "
       "assessment_due response_due completion_due rule_set amendments"},
      {"AssignReferral", "Referral", "duty", "receiver", kOpenStates, kOpenStates, "assignee"},
      {"FlagReferral", "Referral", "duty", "sender receiver", "*", "*", "flags"},
      {"ClearReferralFlag", "Referral", "duty", "sender receiver", "*", "*", "flags"},
      {"RecordReferralRiskScreening", "Referral", "duty", "receiver", kOpenStates, kOpenStates, "screening"},
      {"RecordReferralCommunityNotice", "Referral", "duty", "receiver", kOpenStates, kOpenStates,
       "community_notice"},
      {"RecordReferralAssessment", "Referral", "duty", "receiver", kOpenStates, kOpenStates,
       "assessed_at late_entries"},
      {"RecordReferralResponse", "Referral", "duty", "receiver", kOpenStates, kOpenStates,
       "responded_at late_entries"},
      {"RecordReferralPlaceOfSafety", "Referral", "duty", "receiver", kOpenStates, kOpenStates,
       "brought_at place_of_safety_until rule_set"},
      // It is often the police who bring the youth.
      {"RecordReferralPlaceOfSafety", "Referral", "police", "sender", kOpenStates, kOpenStates,
       "brought_at place_of_safety_until rule_set"},
      {"RecordReferralVoluntaryAgreement", "Referral", "societies", "receiver", kOpenStates, kOpenStates,
       "voluntary_agreement rule_set"},
      {"RecordReferralYouthRecord", "Referral", "supervisors", "sender receiver", "*", "*",
       "youth_record proposed_youth_records"},
      {"CreateReferralFilter", "ReferralFilter", "duty", "", "-", "", ""},
      {"DeleteReferralFilter", "ReferralFilter", "duty", "oneself", "*", "-", ""},
      {"CreateJointInvestigation", "JointInvestigation", "supervisors", "sender receiver", "- joint", "open",
       ""},
      {"PlanJointInvestigation", "JointInvestigation", "supervisors", "sender receiver", "open", "open",
       "planned_order steps"},
      {"JoinJointInvestigation", "JointInvestigation", "supervisors", "sender receiver", "open", "open",
       "team"},
      {"LeaveJointInvestigation", "JointInvestigation", "supervisors", "sender receiver", "open", "open",
       "team"},
      {"RecordJointInvestigationStep", "JointInvestigation", "duty", "sender receiver", "open", "open",
       "steps"},
      {"RecordJointInvestigationDecision", "JointInvestigation", "supervisors", "sender receiver", "open",
       "open", "decisions"},
      {"ConcludeJointInvestigation", "JointInvestigation", "supervisors", "lead", "open", "concluded",
       "state outcome charges_laid child_protection_verified referrals_made youth_declined"},
      {"CreateNote", "Note", "duty", "sender receiver", "- *", "", ""},
      {"CreateAttachment", "Attachment", "duty", "sender receiver", "- *", "uploading referenced", ""},
      {"UploadAttachmentChunk", "Attachment", "duty", "owner", "uploading", "uploading", "received"},
      {"UploadAttachmentChunk", "AttachmentChunk", "duty", "owner", "- uploading", "", ""},
      {"CommitAttachment", "Attachment", "duty", "owner", "uploading", "ready", "state media_type sha256"},
      {"DiscardAttachment", "Attachment", "duty", "owner", "uploading refused", "-", ""},
      {"DiscardAttachment", "AttachmentChunk", "duty", "owner", "*", "-", ""},
      {"CreateDispute", "Dispute", "supervisors", "sender receiver party", "- *", "open", ""},
      {"EscalateDispute", "Dispute", "supervisors", "raiser asked", "open", "open", "levels"},
      {"AnswerDispute", "Dispute", "supervisors", "raiser asked", "open", "open", "answers"},
      {"ResolveDispute", "Dispute", "supervisors", "raiser", "open", "resolved", "state resolution"},
      {"LinkDuplicate", "Duplicate", "duty", "sender receiver", "- *", "linked", ""},
      {"UnlinkDuplicate", "Duplicate", "duty", "owner", "linked", "unlinked",
       "state unlinked_by unlink_reason"},
      // These are the lines of section 5 for what inspectors saw.
      {"CreateInspectorReferral", "InspectorReferral", "services", "", "-", "submitted", ""},
      {"AcknowledgeInspectorReferral", "InspectorReferral", "duty", "receiver", "submitted", "acknowledged",
       "state acknowledged_at acknowledged_by"},
      {"CloseInspectorReferral", "InspectorReferral", "duty", "receiver", "acknowledged", "closed",
       "state outcome"},
      {"AssignInspectorReferral", "InspectorReferral", "duty", "receiver", "submitted acknowledged",
       "submitted acknowledged", "assignee"},
      // These are the lines of section 1.5 for break-glass and for what must be kept.
      {"RequestEmergencyAccess", "EmergencyAccess", "duty", "", "-", "requested", ""},
      {"ApproveEmergencyAccess", "EmergencyAccess", "duty", "owner", "requested", "granted",
       "state approved_by expire_time"},
      {"EndEmergencyAccess", "EmergencyAccess", "duty", "owner", "granted", "ended",
       "state ended_by expire_time"},
      {"ReviewEmergencyAccess", "EmergencyAccess", "privacy", "owner told", "granted ended", "granted ended",
       "reviews"},
      {"AcknowledgePrivacyAlert", "PrivacyAlert", "privacy", "told", "*", "*", "acknowledgements"},
      {"PlaceLegalHold", "", "privacy", "sender receiver", "*", "", ""},
      {"LiftLegalHold", "", "privacy", "sender receiver", "*", "", ""},
  };
  return kLines;
}

bool IsAmong(const Caller& who, const std::string& people) {
  using namespace annotations::v1;
  for (const std::string& group : Words(people)) {
    const auto society = [&](std::initializer_list<Role> roles) {
      return IsOf(who, AGENCY_KIND_CHILDREN_AID_SOCIETY, PURPOSE_CHILD_PROTECTION, roles);
    };
    const auto police = [&](std::initializer_list<Role> roles) {
      return IsOf(who, AGENCY_KIND_POLICE_SERVICE, PURPOSE_CRIMINAL_INVESTIGATION, roles);
    };
    const auto office = [&](std::initializer_list<Role> roles) {
      return IsOf(who, AGENCY_KIND_COORDINATION_OFFICE, PURPOSE_PROTOCOL_GOVERNANCE, roles);
    };
    const bool is =
        group == "duty" ? society({ROLE_CAS_WORKER, ROLE_CAS_SUPERVISOR, ROLE_CAS_DIRECTOR}) ||
                              police({ROLE_POLICE_MEMBER, ROLE_POLICE_SUPERVISOR, ROLE_POLICE_CHIEF})
        : group == "police"      ? police({ROLE_POLICE_MEMBER, ROLE_POLICE_SUPERVISOR, ROLE_POLICE_CHIEF})
        : group == "societies"   ? society({ROLE_CAS_WORKER, ROLE_CAS_SUPERVISOR, ROLE_CAS_DIRECTOR})
        : group == "supervisors" ? society({ROLE_CAS_SUPERVISOR, ROLE_CAS_DIRECTOR}) ||
                                       police({ROLE_POLICE_SUPERVISOR, ROLE_POLICE_CHIEF})
        : group == "signers"
            ? IsOf(who, AGENCY_KIND_CHILDREN_AID_SOCIETY, PURPOSE_PROTOCOL_GOVERNANCE, {ROLE_CAS_DIRECTOR}) ||
                  IsOf(who, AGENCY_KIND_POLICE_SERVICE, PURPOSE_PROTOCOL_GOVERNANCE, {ROLE_POLICE_CHIEF})
        : group == "office"    ? office({ROLE_OFFICE_STAFF})
        : group == "reviewers" ? office({ROLE_OFFICE_STAFF, ROLE_OFFICE_DIRECTOR})
        : group == "privacy"   ? who.purpose == PURPOSE_PRIVACY_REVIEW && who.Has(ROLE_PRIVACY_OFFICER)
        : group == "services"  ? who.kind == AGENCY_KIND_PLATFORM_SERVICE && who.Has(ROLE_PLATFORM_SERVICE)
                               : false;
    if (is) return true;
  }
  return false;
}

bool HasPart(const Caller& who, const Message& record, const std::string& parts, const World& world) {
  std::set<std::string> has = {"anybody"};
  if (const auto* p = dynamic_cast<const v1::Protocol*>(&record)) has.merge(PartsIn(who.agency, *p));
  if (const auto* r = dynamic_cast<const v1::Referral*>(&record)) has.merge(PartsIn(who.agency, *r));
  if (const auto* joint = dynamic_cast<const v1::JointInvestigation*>(&record)) {
    const auto referral = world.find(joint->referral());
    if (referral != world.end()) {
      has.merge(PartsIn(who.agency, dynamic_cast<const v1::Referral&>(*referral->second)));
    }
    if (OwnerOf(joint->name()) == who.agency && !has.contains("implicated")) has.insert("lead");
  }
  if (const auto* dispute = dynamic_cast<const v1::Dispute*>(&record)) {
    if (OwnerOf(dispute->name()) == who.agency) has.insert("raiser");
    if (dispute->with_agency() == who.agency) has.insert("asked");
  }
  if (const auto* inspection = dynamic_cast<const v1::InspectorReferral*>(&record)) {
    if (OwnerOf(inspection->name()) == who.agency) has.insert("sender");
    if (inspection->to_agency() == who.agency) has.insert("receiver");
  }
  const auto* access = dynamic_cast<const v1::EmergencyAccess*>(&record);
  if (access != nullptr && ToldOf(*access, world) == who.agency) has.insert("told");
  if (dynamic_cast<const v1::PrivacyAlert*>(&record) != nullptr &&
      ViewersIn(record, world).contains(who.agency)) {
    has.insert("told");
  }
  const std::string name = testing::TextOf(record, "name");
  if (OwnerOf(name) == who.agency) has.insert({"owner", "oneself"});
  const auto wanted = Words(parts);
  return std::any_of(wanted.begin(), wanted.end(), [&](const auto& part) { return has.contains(part); });
}

std::string SideEffect(const std::string& act, const testing::Change& change, const World&) {
  const auto* protocol = dynamic_cast<const v1::Protocol*>(change.after.get());
  if ((act == "SignProtocol" || act == "ActivateProtocol") && protocol != nullptr &&
      change.before != nullptr) {
    // The protocol that it replaces ends, and so does what was added to that one.
    if (Among(StateIn(*change.before), kOperative) && protocol->state() == v1::PROTOCOL_STATE_SUPERSEDED) {
      return OtherFields(*change.before, *change.after, "state superseded_by reviews");
    }
    if (Among(StateIn(*change.before), kOperative) && protocol->state() == v1::PROTOCOL_STATE_TERMINATED &&
        !protocol->parent_protocol().empty()) {
      return OtherFields(*change.before, *change.after, "state end_reason reviews");
    }
  }
  const auto* referral = dynamic_cast<const v1::Referral*>(change.after.get());
  if (act == "CreateJointInvestigation" && referral != nullptr && change.before != nullptr) {
    return OtherFields(*change.before, *change.after, "joint_investigation");
  }
  if (act == "RedirectReferral" && referral != nullptr && change.before == nullptr) {
    return StateIn(*referral) == "submitted" && !referral->redirected_from().empty() ? ""
                                                                                     : "not an onward one";
  }
  const auto* alert = dynamic_cast<const v1::PrivacyAlert*>(change.after.get());
  if (act == "ApproveEmergencyAccess" && alert != nullptr && change.before == nullptr) return "";
  return "not an effect of this";
}

}  // namespace accord::protocols
