#include "services/protocols/lifecycles.h"

#include "accord/protocols/v1/attachment_service.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::protocols {

const Lifecycle& ProtocolLifecycle() {
  using namespace v1;
  static const Lifecycle table(ProtocolState_descriptor(),
                               {
                                   {PROTOCOL_STATE_DRAFT, "update", PROTOCOL_STATE_DRAFT},
                                   {PROTOCOL_STATE_DRAFT, "open_consultation", PROTOCOL_STATE_CONSULTATION},
                                   {PROTOCOL_STATE_DRAFT, "withdraw", PROTOCOL_STATE_WITHDRAWN},
                                   {PROTOCOL_STATE_CONSULTATION, "update", PROTOCOL_STATE_CONSULTATION},
                                   {PROTOCOL_STATE_CONSULTATION, "offer", PROTOCOL_STATE_FOR_SIGNATURE},
                                   {PROTOCOL_STATE_CONSULTATION, "withdraw", PROTOCOL_STATE_WITHDRAWN},
                                   {PROTOCOL_STATE_FOR_SIGNATURE, "update", PROTOCOL_STATE_CONSULTATION},
                                   {PROTOCOL_STATE_FOR_SIGNATURE, "sign", PROTOCOL_STATE_PARTIALLY_SIGNED},
                                   {PROTOCOL_STATE_FOR_SIGNATURE, "withdraw", PROTOCOL_STATE_WITHDRAWN},
                                   // A changed text voids the signatures that were given.
                                   {PROTOCOL_STATE_PARTIALLY_SIGNED, "update", PROTOCOL_STATE_CONSULTATION},
                                   {PROTOCOL_STATE_PARTIALLY_SIGNED, "sign", PROTOCOL_STATE_PARTIALLY_SIGNED},
                                   {PROTOCOL_STATE_PARTIALLY_SIGNED, "activate", PROTOCOL_STATE_IN_FORCE},
                                   {PROTOCOL_STATE_PARTIALLY_SIGNED, "withdraw", PROTOCOL_STATE_WITHDRAWN},
                                   {PROTOCOL_STATE_CONSULTATION, "comment", PROTOCOL_STATE_CONSULTATION},
                                   {PROTOCOL_STATE_IN_FORCE, "review", PROTOCOL_STATE_UNDER_REVIEW},
                                   {PROTOCOL_STATE_IN_FORCE, "notice", PROTOCOL_STATE_IN_FORCE},
                                   {PROTOCOL_STATE_IN_FORCE, "terminate", PROTOCOL_STATE_TERMINATED},
                                   {PROTOCOL_STATE_IN_FORCE, "expire", PROTOCOL_STATE_EXPIRED},
                                   {PROTOCOL_STATE_UNDER_REVIEW, "renew", PROTOCOL_STATE_UNDER_REVIEW},
                                   {PROTOCOL_STATE_UNDER_REVIEW, "renewed", PROTOCOL_STATE_IN_FORCE},
                                   {PROTOCOL_STATE_UNDER_REVIEW, "notice", PROTOCOL_STATE_UNDER_REVIEW},
                                   {PROTOCOL_STATE_UNDER_REVIEW, "terminate", PROTOCOL_STATE_TERMINATED},
                                   {PROTOCOL_STATE_UNDER_REVIEW, "expire", PROTOCOL_STATE_EXPIRED},
                                   {PROTOCOL_STATE_UNDER_REVIEW, "supersede", PROTOCOL_STATE_SUPERSEDED},
                               });
  return table;
}

const Lifecycle& ReferralLifecycle() {
  using namespace v1;
  static const Lifecycle table(ReferralState_descriptor(), [] {
    std::vector<Transition> rows = {{REFERRAL_STATE_SUBMITTED, "acknowledge", REFERRAL_STATE_ACKNOWLEDGED}};
    for (ReferralState before : {REFERRAL_STATE_SUBMITTED, REFERRAL_STATE_ACKNOWLEDGED}) {
      rows.push_back({before, "reject", REFERRAL_STATE_REJECTED, true});
      rows.push_back({before, "revoke", REFERRAL_STATE_REVOKED});
      rows.push_back({before, "redirect", REFERRAL_STATE_REDIRECTED});
      rows.push_back({before, "work", before});
      rows.push_back({before, "correct", before});
    }
    for (ReferralState outcome :
         {REFERRAL_STATE_JOINT, REFERRAL_STATE_CAS_LEAD, REFERRAL_STATE_POLICE_LEAD,
          REFERRAL_STATE_CONSULT_ONLY, REFERRAL_STATE_NOT_ELIGIBLE_CFSA, REFERRAL_STATE_NO_FURTHER_ACTION}) {
      rows.push_back({REFERRAL_STATE_ACKNOWLEDGED, ScreenEvent(outcome), outcome, true});
      rows.push_back({outcome, "close", REFERRAL_STATE_CLOSED});
      rows.push_back({outcome, "work", outcome});
      rows.push_back({outcome, "correct", outcome});
    }
    // A referral that is opened again is acknowledged, and has its outcome decided anew.
    rows.push_back({REFERRAL_STATE_CLOSED, "reopen", REFERRAL_STATE_ACKNOWLEDGED});
    return rows;
  }());
  return table;
}

const Lifecycle& JointLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      JointInvestigationState_descriptor(),
      {
          {JOINT_INVESTIGATION_STATE_OPEN, "plan", JOINT_INVESTIGATION_STATE_OPEN},
          {JOINT_INVESTIGATION_STATE_OPEN, "join", JOINT_INVESTIGATION_STATE_OPEN},
          {JOINT_INVESTIGATION_STATE_OPEN, "leave", JOINT_INVESTIGATION_STATE_OPEN},
          {JOINT_INVESTIGATION_STATE_OPEN, "step", JOINT_INVESTIGATION_STATE_OPEN},
          {JOINT_INVESTIGATION_STATE_OPEN, "decide", JOINT_INVESTIGATION_STATE_OPEN},
          {JOINT_INVESTIGATION_STATE_OPEN, "conclude", JOINT_INVESTIGATION_STATE_CONCLUDED},
      });
  return table;
}

const Lifecycle& DisputeLifecycle() {
  using namespace v1;
  static const Lifecycle table(DisputeState_descriptor(),
                               {
                                   {DISPUTE_STATE_OPEN, "escalate", DISPUTE_STATE_OPEN},
                                   {DISPUTE_STATE_OPEN, "answer", DISPUTE_STATE_OPEN},
                                   {DISPUTE_STATE_OPEN, "resolve", DISPUTE_STATE_RESOLVED},
                               });
  return table;
}

const Lifecycle& DuplicateLifecycle() {
  using namespace v1;
  static const Lifecycle table(DuplicateState_descriptor(),
                               {
                                   {DUPLICATE_STATE_LINKED, "unlink", DUPLICATE_STATE_UNLINKED},
                               });
  return table;
}

const Lifecycle& InspectionLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      InspectorReferralState_descriptor(),
      {
          {INSPECTOR_REFERRAL_STATE_SUBMITTED, "acknowledge", INSPECTOR_REFERRAL_STATE_ACKNOWLEDGED},
          {INSPECTOR_REFERRAL_STATE_SUBMITTED, "assign", INSPECTOR_REFERRAL_STATE_SUBMITTED},
          {INSPECTOR_REFERRAL_STATE_ACKNOWLEDGED, "assign", INSPECTOR_REFERRAL_STATE_ACKNOWLEDGED},
          {INSPECTOR_REFERRAL_STATE_ACKNOWLEDGED, "close", INSPECTOR_REFERRAL_STATE_CLOSED},
      });
  return table;
}

const Lifecycle& EmergencyLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      EmergencyAccessState_descriptor(),
      {
          {EMERGENCY_ACCESS_STATE_REQUESTED, "approve", EMERGENCY_ACCESS_STATE_GRANTED},
          {EMERGENCY_ACCESS_STATE_GRANTED, "end", EMERGENCY_ACCESS_STATE_ENDED},
          // Privacy officers review the access, whether it lasts or not.
          {EMERGENCY_ACCESS_STATE_GRANTED, "review", EMERGENCY_ACCESS_STATE_GRANTED},
          {EMERGENCY_ACCESS_STATE_ENDED, "review", EMERGENCY_ACCESS_STATE_ENDED},
      });
  return table;
}

const Lifecycle& AttachmentLifecycle() {
  using namespace v1;
  static const Lifecycle table(AttachmentState_descriptor(),
                               {
                                   {ATTACHMENT_STATE_UPLOADING, "upload", ATTACHMENT_STATE_UPLOADING},
                                   {ATTACHMENT_STATE_UPLOADING, "discard", ATTACHMENT_STATE_UPLOADING},
                                   {ATTACHMENT_STATE_UPLOADING, "commit", ATTACHMENT_STATE_READY},
                                   // These steps are taken where a scanner is configured.
                                   {ATTACHMENT_STATE_UPLOADING, "quarantine", ATTACHMENT_STATE_QUARANTINED},
                                   {ATTACHMENT_STATE_QUARANTINED, "pass", ATTACHMENT_STATE_READY},
                                   {ATTACHMENT_STATE_QUARANTINED, "refuse", ATTACHMENT_STATE_REFUSED},
                                   {ATTACHMENT_STATE_REFUSED, "discard", ATTACHMENT_STATE_REFUSED},
                                   {ATTACHMENT_STATE_READY, "download", ATTACHMENT_STATE_READY},
                               });
  return table;
}

absl::Status AdvanceProtocol(v1::Protocol* protocol, const std::string& event) {
  ACCORD_ASSIGN_OR_RETURN(int next, ProtocolLifecycle().Next(protocol->state(), event));
  protocol->set_state(static_cast<v1::ProtocolState>(next));
  return absl::OkStatus();
}

absl::Status AdvanceReferral(v1::Referral* referral, const std::string& event) {
  ACCORD_ASSIGN_OR_RETURN(int next, ReferralLifecycle().Next(referral->state(), event));
  referral->set_state(static_cast<v1::ReferralState>(next));
  return absl::OkStatus();
}

std::string ScreenEvent(v1::ReferralState outcome) {
  return "screen_" + ShortName(v1::ReferralState_descriptor(), outcome);
}

}  // namespace accord::protocols
