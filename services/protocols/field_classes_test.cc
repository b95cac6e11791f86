// Every field of what this service stores is classified: sensitive in its proto, or open for a reason that is
// written down here. A field that is neither fails.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/protocols/v1/attachment_service.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/note_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"

namespace accord::protocols {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Each message has its reasons, and each reason its fields.
struct Open {
  const char* message;
  const char* reason;
  const char* fields;
};
constexpr char kNames[] = "names and versions of records, which name nobody";
constexpr char kState[] = "where the work stands, and its clocks, by which oversight counts";
constexpr char kHand[] = "agencies and their own workers, who answer for what they do";
constexpr char kAgreement[] = "of an agreement between agencies, which tells of no youth";
const std::vector<Open> kOpen = {
    {"Protocol", kNames, "name etag create_time update_time parent_protocol supersedes superseded_by"},
    {"Protocol", kAgreement,
     "kind title territory state version text_digest legal_basis effective_from effective_to next_review_due "
     "terminates_on ended_by end_reason next_due next_due_what drafted_by"},
    {"ProtocolParty", kAgreement,
     "agency capacity part signatory_title signatory_name signed_by signed_digest signed_at declined_on "
     "decline_record renewal_signed"},
    {"PartyContact", kAgreement, "kind desk telephone last_verified_at"},
    {"Section", kAgreement, "code text visibility"},
    {"ConsultationComment", kAgreement, "id agency section comment disposition reason create_time"},
    {"Review", kAgreement, "kind reason start_time end_time outcome law law_changed_on"},
    {"TerminationNotice", kAgreement, "agency reason terminates_on time"},
    {"Referral", kNames,
     "name protocol protocol_version etag create_time update_time redirected_to redirected_from "
     "joint_investigation"},
    {"Referral", kState,
     "kind age_band urgency state event_date phone_contact_at acknowledge_due assessment_due response_due "
     "completion_due acknowledged_at screened_at assessed_at responded_at reporting_mandatory "
     "service_referral_offer_required outcome ended_at rule_set"},
    {"Referral", "the law that allows the sending, by which oversight judges it", "lawful_basis"},
    {"Referral", kHand,
     "to_agency acknowledged_by screened_by assignee staff_suspect implicated_agency followers"},
    {"RiskScreening", "which tool, never what it said", "tool tool_version time"},
    {"RiskScreening", kHand, "assessor"},
    {"CommunityNotice", kHand, "recorded_by time"},
    {"ReferralFlag", kNames, "id"},
    {"ReferralFlag", kState, "due_on cleared"},
    {"ReferralFlag", kHand, "agency raised_by"},
    {"Escalation", kState, "clock level due time"},
    {"ClockBefore", kState, "clock due"},
    {"LateEntry", kState, "act happened_at entered_at"},
    {"LateEntry", kHand, "entered_by"},
    {"ReferralAmendment", kState, "kind fields state_before time"},
    {"ReferralAmendment", kHand, "agency actor"},
    {"VoluntaryAgreement", kHand, "recorded_by"},
    {"YouthRecord", kState, "rule_set"},
    {"YouthRecord", kHand, "recorded_by recorded_by_agency confirmed_by confirmed_by_agency"},
    {"JointInvestigation", kNames, "name referral etag create_time update_time"},
    {"JointInvestigation", kState, "state planned_order outcome next_due next_due_what"},
    {"JointMember", kHand, "agency actor"},
    {"JointStep", kState, "kind recorded deviation time"},
    {"JointStep", kHand, "agency actor"},
    {"JointDecision", kHand, "agency actor time"},
    {"Dispute", kNames, "name about etag create_time update_time"},
    {"Dispute", kState, "state next_due"},
    {"Dispute", kHand, "with_agency"},
    {"Duplicate", kNames, "name referral same_as etag create_time update_time"},
    {"Duplicate", kState, "state"},
    {"Duplicate", kHand, "agencies linked_by unlinked_by"},
    {"DisputeLevel", kState, "level start_time due lapsed"},
    {"DisputeLevel", kHand, "agency actor"},
    {"DisputeAnswer", kHand, "agency actor time"},
    {"Note", kNames, "name about etag create_time update_time"},
    {"Note", kHand, "readers written_by"},
    {"PhoneContact", kState, "called_at reached"},
    {"Attachment", kNames, "name about etag create_time update_time"},
    {"Attachment", kState, "state size received"},
    {"Attachment", kHand, "readers sent_by"},
    {"Attachment", "what kind of file it is, never what it says", "media_type"},
    {"EvidenceReference", "where the file is kept, never which one it is", "system"},
    {"AttachmentChunk", kNames, "name etag create_time update_time"},
    {"InspectorReferral", kNames, "name etag create_time update_time"},
    {"InspectorReferral", kState,
     "observed_on state acknowledge_due acknowledged_at overdue indicator_list_version next_due"},
    {"InspectorReferral", kHand, "on_behalf_of to_agency acknowledged_by assignee"},
    {"InspectorReferral", "of a workplace: no worker is identified", "sector workplace indicators outcome"},
    {"PrivacyAlert", kNames, "name resource etag create_time update_time"},
    {"PrivacyAlert", "for officers: names no person", "kind hour count hourly_mean by_agency"},
    {"PrivacyAlertAcknowledgement", kHand, "agency acknowledged_by acknowledge_time"},
    {"EmergencyAccess", kNames, "name resource etag create_time update_time"},
    {"EmergencyAccess", kState, "danger state expire_time"},
    {"EmergencyAccess", kHand, "requested_by approved_by ended_by"},
    {"EmergencyReview", kHand, "agency by finding time"},
    {"ReferralFilter", kNames, "name etag create_time update_time"},
    {"ReferralFilter", "a worker's own list", "title state sent_to_us assignee escalated"}};

void Collect(const Descriptor* message, std::set<const Descriptor*>* messages) {
  if (message->file()->package() != "accord.protocols.v1" || !messages->insert(message).second) return;
  for (int i = 0; i < message->field_count(); ++i) {
    if (message->field(i)->message_type() != nullptr) Collect(message->field(i)->message_type(), messages);
  }
}

std::string Id(const std::string& message, const std::string& field) { return message + "." + field; }

TEST(FieldClasses, EveryFieldIsSensitiveOrOpenForAReason) {
  std::set<const Descriptor*> messages;
  for (const Descriptor* root :
       {v1::Protocol::descriptor(), v1::Referral::descriptor(), v1::JointInvestigation::descriptor(),
        v1::Dispute::descriptor(), v1::InspectorReferral::descriptor(), v1::PrivacyAlert::descriptor(),
        v1::EmergencyAccess::descriptor(), v1::ReferralFilter::descriptor(), v1::Note::descriptor(),
        v1::Attachment::descriptor(), v1::AttachmentChunk::descriptor(), v1::Duplicate::descriptor()}) {
    Collect(root, &messages);
  }
  std::map<std::string, int> open;
  for (const Open& row : kOpen) {
    const std::vector<std::string> fields = absl::StrSplit(row.fields, ' ');
    for (const auto& field : fields) ++open[Id(row.message, field)];
  }
  for (const Descriptor* message : messages) {
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor* field = message->field(i);
      const std::string id = Id(message->name(), field->name());
      if (field->message_type() != nullptr && messages.contains(field->message_type())) continue;
      const bool sensitive = field->options().GetExtension(annotations::v1::rule).sensitive() !=
                             annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
      EXPECT_EQ(open[id] + static_cast<int>(sensitive), 1) << id << " is classified once, as either";
      open.erase(id);
    }
  }
  for (const auto& [id, times] : open) ADD_FAILURE() << id << " is no field";
}

}  // namespace
}  // namespace accord::protocols
