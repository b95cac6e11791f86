#include "services/protocols/parts.h"

#include <algorithm>

#include "absl/strings/strip.h"
#include "common/base/error.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

const PartSet kLeads = {Part::kLead};
const PartSet kSigns = {Part::kSignatory};
const PartSet kParty = {Part::kSignatory, Part::kConsulted, Part::kObserver};
const PartSet kSends = {Part::kSender};
const PartSet kReceives = {Part::kReceiver};
const PartSet kSides = {Part::kSender, Part::kReceiver};

constexpr char kNotLead[] = "NOT_THE_LEAD", kNotSignatory[] = "NOT_A_SIGNATORY", kNotParty[] = "NOT_A_PARTY",
               kNotSender[] = "NOT_THE_SENDER", kNotReceiver[] = "NOT_THE_RECEIVER",
               kNotSide[] = "NOT_SENDER_OR_RECEIVER";
constexpr char kLeadDoes[] = "Only the lead does this.", kSignatoryDoes[] = "Only a signatory does this.",
               kPartyDoes[] = "Only a party does this.", kSenderDoes[] = "Only the sending agency does this.",
               kReceiverDoes[] = "Only the receiving agency does this.",
               kSideDoes[] = "Only the sender or the receiver of the referral does this.";

}  // namespace

const std::vector<PartRule>& PartRules() {
  static const std::vector<PartRule> kRules = {
      {"CreateProtocol", {}, "", ""},
      {"UpdateProtocol", kLeads, kNotLead, kLeadDoes},
      {"OpenProtocolConsultation", kLeads, kNotLead, kLeadDoes},
      {"OfferProtocolForSignature", kLeads, kNotLead, kLeadDoes},
      {"WithdrawProtocol", kLeads, kNotLead, kLeadDoes},
      {"DisposeProtocolComment", kLeads, kNotLead, kLeadDoes},
      {"SignProtocol", kSigns, kNotSignatory, kSignatoryDoes},
      {"ActivateProtocol", kSigns, kNotSignatory, kSignatoryDoes},
      {"RenewProtocol", kSigns, kNotSignatory, kSignatoryDoes},
      {"TerminateProtocol", kSigns, kNotSignatory, kSignatoryDoes},
      {"ReviewProtocol", {Part::kSignatory, Part::kCoordinationOffice}, kNotSignatory, kSignatoryDoes},
      {"CommentOnProtocol", kParty, kNotParty, kPartyDoes},
      {"UpdateProtocolContacts", kParty, kNotParty, kPartyDoes},

      {"CreateReferral", {}, "", ""},
      {"CorrectReferral", kSends, kNotSender, kSenderDoes},
      {"RevokeReferral", kSends, kNotSender, kSenderDoes},
      {"AcknowledgeReferral", kReceives, kNotReceiver, kReceiverDoes},
      {"ScreenReferral", kReceives, kNotReceiver, kReceiverDoes},
      {"CloseReferral", kReceives, kNotReceiver, kReceiverDoes},
      {"RejectReferral", kReceives, kNotReceiver, kReceiverDoes},
      {"RedirectReferral", kReceives, kNotReceiver, kReceiverDoes},
      {"AssignReferral", kReceives, kNotReceiver, kReceiverDoes},
      {"RecordReferralRiskScreening", kReceives, kNotReceiver, kReceiverDoes},
      {"RecordReferralCommunityNotice", kReceives, kNotReceiver, kReceiverDoes},
      {"RecordReferralAssessment", kReceives, kNotReceiver, kReceiverDoes},
      {"RecordReferralResponse", kReceives, kNotReceiver, kReceiverDoes},
      {"RecordReferralPlaceOfSafety", kReceives, kNotReceiver, kReceiverDoes},
      {"RecordReferralVoluntaryAgreement", kReceives, kNotReceiver, kReceiverDoes},
      {"RecordReferralYouthRecord", kSides, kNotSide, kSideDoes},
      {"FlagReferral", kSides, kNotSide, kSideDoes},
      {"ClearReferralFlag", kSides, kNotSide, kSideDoes},
      {"CreateReferralFilter", {}, "", ""},
      {"DeleteReferralFilter", {}, "", ""},

      {"CreateJointInvestigation", kSides, kNotSide, kSideDoes},
      {"PlanJointInvestigation", kSides, kNotSide, kSideDoes},
      {"JoinJointInvestigation", kSides, kNotSide, kSideDoes},
      {"RecordJointInvestigationStep", kSides, kNotSide, kSideDoes},
      {"RecordJointInvestigationDecision", kSides, kNotSide, kSideDoes},
      {"ConcludeJointInvestigation", kLeads, kNotLead, kLeadDoes},

      {"CreateDispute", {}, "", ""},
      {"EscalateDispute", {Part::kRaiser, Part::kOtherSide}, "NOT_A_SIDE", "Only the two agencies do this."},
      {"ResolveDispute",
       {Part::kRaiser},
       "NOT_THE_RAISER",
       "The agency that raised it says when it is over."},

      {"CreateInspectorReferral", {}, "", ""},
      {"AcknowledgeInspectorReferral", kReceives, kNotReceiver, kReceiverDoes},
      {"CloseInspectorReferral", kReceives, kNotReceiver, kReceiverDoes},

      {"RequestEmergencyAccess", {}, "", ""},
      {"ApproveEmergencyAccess", {}, "", ""},
      {"PlaceLegalHold", kSides, kNotSide, kSideDoes},
      {"LiftLegalHold", {}, "", ""},
  };
  return kRules;
}

absl::Status CheckPart(const google::protobuf::Message& request, const PartSet& parts) {
  absl::string_view method = request.GetDescriptor()->name();
  absl::ConsumeSuffix(&method, "Request");
  const auto& rules = PartRules();
  const auto row = std::find_if(rules.begin(), rules.end(), [&](const PartRule& each) {
    return absl::string_view(each.method.data(), each.method.size()) == method;
  });
  // What no row names, nobody does.
  if (row == rules.end()) {
    return Refuse(absl::StatusCode::kPermissionDenied, "PART_UNKNOWN", "No part may do this.");
  }
  const bool has =
      std::any_of(parts.begin(), parts.end(), [&](Part part) { return row->any.contains(part); });
  if (has || row->any.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kPermissionDenied, row->rule, row->message);
}

PartSet PartsIn(const v1::Protocol& protocol, const Caller& caller) {
  PartSet parts;
  if (caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE)
    parts.insert(Part::kCoordinationOffice);
  if (OwnerOf(protocol.name()) == caller.agency) parts.insert(Part::kLead);
  const v1::ProtocolParty* party = PartyOf(protocol, caller.agency);
  if (party == nullptr) return parts;
  if (party->part() == v1::PARTY_PART_SIGNATORY) parts.insert(Part::kSignatory);
  if (party->part() == v1::PARTY_PART_CONSULTED) parts.insert(Part::kConsulted);
  if (party->part() == v1::PARTY_PART_OBSERVER) parts.insert(Part::kObserver);
  return parts;
}

PartSet PartsIn(const v1::Referral& referral, const Caller& caller) {
  // Whatever else the agency is.
  if (referral.staff_suspect() && referral.implicated_agency() == caller.agency) return {Part::kImplicated};
  PartSet parts;
  if (OwnerOf(referral.name()) == caller.agency) parts.insert(Part::kSender);
  if (referral.to_agency() == caller.agency) parts.insert(Part::kReceiver);
  if (parts.empty() && OwnerOf(referral.redirected_from()) == caller.agency) parts.insert(Part::kFollower);
  return parts;
}

PartSet PartsIn(const v1::JointInvestigation& joint, const v1::Referral& referral, const Caller& caller) {
  PartSet parts = PartsIn(referral, caller);
  if (OwnerOf(joint.name()) == caller.agency && !parts.contains(Part::kImplicated)) parts.insert(Part::kLead);
  return parts;
}

PartSet PartsIn(const v1::Dispute& dispute, const Caller& caller) {
  if (OwnerOf(dispute.name()) == caller.agency) return {Part::kRaiser};
  return dispute.with_agency() == caller.agency ? PartSet{Part::kOtherSide} : PartSet{};
}

PartSet PartsIn(const v1::InspectorReferral& referral, const Caller& caller) {
  if (OwnerOf(referral.name()) == caller.agency) return {Part::kSender};
  return referral.to_agency() == caller.agency ? PartSet{Part::kReceiver} : PartSet{};
}

}  // namespace accord::protocols
