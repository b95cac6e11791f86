#include "common/access/separation.h"

#include "absl/strings/str_split.h"

namespace accord {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const Act* SeparatedActOf(const std::vector<Act>& acts, std::string_view method) {
  for (const Act& act : acts) {
    if (act.method == method) return &act;
  }
  return nullptr;
}

// This gives the string at a path of fields; it is empty if there is none.
std::string TextAtRecordPath(const Message& message, std::string_view path) {
  const Message* at = &message;
  const std::vector<std::string> parts = absl::StrSplit(absl::string_view(path.data(), path.size()), '.');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    if (field == nullptr || field->is_repeated()) return "";
    const bool last = i + 1 == parts.size();
    if (last) {
      return field->type() == FieldDescriptor::TYPE_STRING ? at->GetReflection()->GetString(*at, field) : "";
    }
    if (field->message_type() == nullptr) return "";
    at = &at->GetReflection()->GetMessage(*at, field);
  }
  return "";
}

}  // namespace

const std::vector<Separation>& Separations() {
  static const std::vector<Separation>* table = new std::vector<Separation>{
      {&rules::kGradedBySubmitter,
       "Somebody grades who had no hand in writing or submitting it.",
       {{"accord.intelligence.v1.ReportService.CreateReport", ""},
        {"accord.intelligence.v1.ReportService.UpdateReportDraft", "report.name"},
        {"accord.intelligence.v1.ReportService.SubmitReport", "name"}},
       {{"accord.intelligence.v1.ReportService.GradeReport", "name"}}},
      {&rules::kSubmittedByGrader,
       "Somebody writes and submits who never graded it.",
       {{"accord.intelligence.v1.ReportService.GradeReport", "name"}},
       {{"accord.intelligence.v1.ReportService.UpdateReportDraft", "report.name"},
        {"accord.intelligence.v1.ReportService.SubmitReport", "name"}}},
      {&rules::kApproverNotIndependent,
       "Somebody approves who neither wrote nor ever sanitised it.",
       {{"accord.intelligence.v1.ProductService.CreateProduct", ""},
        {"accord.intelligence.v1.ProductService.SanitiseProduct", "name"}},
       {{"accord.intelligence.v1.ProductService.ApproveProduct", "name"}}},
      {&rules::kPurgeNeedsTwo,
       "Somebody confirms who never proposed it.",
       {{"accord.intelligence.v1.PurgeService.ProposeReportPurge", "name"}},
       {{"accord.intelligence.v1.PurgeService.ConfirmReportPurge", "name"}}},
      {&rules::kEmergencyNeedsTwo,
       "Somebody other than who proposed it confirms.",
       {{"accord.intelligence.v1.DisseminationService.ProposeEmergencyRelease", ""}},
       {{"accord.intelligence.v1.DisseminationService.ConfirmEmergencyRelease", "name"}}},
      {&rules::kTwoPeople,
       "A second person of another grade agrees.",
       {{"accord.protocols.v1.EmergencyAccessService.RequestEmergencyAccess", ""}},
       {{"accord.protocols.v1.EmergencyAccessService.ApproveEmergencyAccess", "name"}}},
      {&rules::kReviewerInvolved,
       "A privacy officer reviews who neither asked for the access, nor agreed to it, nor ended it.",
       {{"accord.protocols.v1.EmergencyAccessService.RequestEmergencyAccess", ""},
        {"accord.protocols.v1.EmergencyAccessService.ApproveEmergencyAccess", "name"},
        {"accord.protocols.v1.EmergencyAccessService.EndEmergencyAccess", "name"}},
       {{"accord.protocols.v1.EmergencyAccessService.ReviewEmergencyAccess", "name"}}},
      {&rules::kReviewSignedByDecider,
       "A privacy officer signs who decided on nobody in it.",
       {{"accord.registry.v1.AccessReviewService.DecideAccessReview", "name"}},
       {{"accord.registry.v1.AccessReviewService.SignAccessReview", "name"}}},
      {&rules::kConflictRecorded,
       "You have declared a conflict in this case: somebody else assigns in it.",
       {{"accord.prosecution.v1.CaseService.DeclareCaseConflict", "name"}},
       {{"accord.prosecution.v1.CaseService.AssignCrown", "name"},
        {"accord.prosecution.v1.CaseService.ReplaceCrown", "name"}}},
      {&rules::kIssuedByMarker,
       "Somebody issues who marked nothing of the enrolment.",
       {{"accord.training.v1.OfferingService.RecordEnrolmentAttendance", "name"},
        {"accord.training.v1.OfferingService.RecordEnrolmentAssessment", "name"},
        {"accord.training.v1.OfferingService.CompleteEnrolment", "name"}},
       {{"accord.training.v1.CertificateService.IssueCompletionCertificate", "enrolment"}}},
      {&rules::kCommittedByPlanner,
       "Somebody commits who did not plan it.",
       {{"accord.strategy.v1.MoneyService.CreateAllocation", ""}},
       {{"accord.strategy.v1.MoneyService.CommitAllocation", "name"}}},
      {&rules::kPublishedByApprover,
       "Somebody publishes who did not approve it.",
       {{"accord.strategy.v1.ProgressReportService.ApproveProgressReport", "name"}},
       {{"accord.strategy.v1.ProgressReportService.PublishProgressReport", "name"}}},
      {&rules::kThreePeople,
       "Somebody decides who did not request it.",
       {{"accord.supports.v1.BenefitClaimService.RequestBenefitClaim", ""},
        {"accord.supports.v1.BenefitClaimService.CompleteBenefitClaim", "name"}},
       {{"accord.supports.v1.BenefitClaimService.DecideBenefitClaim", "name"},
        {"accord.supports.v1.BenefitClaimService.ReviewBenefitClaim", "name"},
        {"accord.supports.v1.BenefitClaimService.ApproveBenefitClaim", "name"}}},
      {&rules::kReviewedByDecider,
       "Somebody reviews who did not decide on it before.",
       {{"accord.supports.v1.BenefitClaimService.DecideBenefitClaim", "name"}},
       {{"accord.supports.v1.BenefitClaimService.ReviewBenefitClaim", "name"}}},
      {&rules::kThreePeople,
       "Somebody pays who neither requested nor decided.",
       {{"accord.supports.v1.BenefitClaimService.RequestBenefitClaim", ""},
        {"accord.supports.v1.BenefitClaimService.CompleteBenefitClaim", "name"},
        {"accord.supports.v1.BenefitClaimService.DecideBenefitClaim", "name"},
        {"accord.supports.v1.BenefitClaimService.ReviewBenefitClaim", "name"},
        {"accord.supports.v1.BenefitClaimService.ApproveBenefitClaim", "name"},
        {"accord.supports.v1.BenefitClaimService.DeliverBenefitClaim", "name"}},
       {{"accord.supports.v1.BenefitPaymentService.PayBenefitPayment", "claim"}}},
      {&rules::kReversalNeedsTwo,
       "Somebody confirms who did not say that it came back.",
       {{"accord.supports.v1.BenefitPaymentService.ReverseBenefitPayment", ""}},
       {{"accord.supports.v1.BenefitPaymentService.ConfirmBenefitReversal", "name"}}},
      {&rules::kSamePerson,
       "Somebody approves who did not ask for it.",
       {{"accord.strategy.v1.MoneyService.CreatePayment", ""}},
       {{"accord.strategy.v1.MoneyService.ApprovePayment", "name"}}},
      {&rules::kSamePerson,
       "Somebody pays who neither asked for it nor approved it.",
       {{"accord.strategy.v1.MoneyService.CreatePayment", ""},
        {"accord.strategy.v1.MoneyService.ApprovePayment", "name"}},
       {{"accord.strategy.v1.MoneyService.PayPayment", "name"}}},
      {&rules::kSamePerson,
       "Somebody confirms who did not ask for the reversal.",
       {{"accord.strategy.v1.MoneyService.RequestPaymentReversal", ""}},
       {{"accord.strategy.v1.MoneyService.ConfirmPaymentReversal", "name"}}},
      {&rules::kSamePerson,
       "Somebody publishes who did not write it.",
       {{"accord.strategy.v1.FundingCallService.CreateFundingCall", ""},
        {"accord.strategy.v1.FundingCallService.ReviseFundingCall", "funding_call.name"}},
       {{"accord.strategy.v1.FundingCallService.PublishFundingCall", "name"}}},
      {&rules::kSamePerson,
       "Somebody confirms who did not screen it.",
       {{"accord.strategy.v1.FundingApplicationService.ScreenFundingApplication", "name"}},
       {{"accord.strategy.v1.FundingApplicationService.ConfirmFundingApplicationIneligible", "name"}}},
      {&rules::kSamePerson,
       "A director reviews who had no hand in the screening.",
       {{"accord.strategy.v1.FundingApplicationService.ScreenFundingApplication", "name"},
        {"accord.strategy.v1.FundingApplicationService.ConfirmFundingApplicationIneligible", "name"}},
       {{"accord.strategy.v1.FundingApplicationService.ReviewFundingApplication", "name"}}},
      {&rules::kSamePerson,
       "A second person admits what the director proposed.",
       {{"accord.strategy.v1.FundingApplicationService.ProposeLateFundingApplication", "name"}},
       {{"accord.strategy.v1.FundingApplicationService.AdmitLateFundingApplication", "name"}}},
      {&rules::kSamePerson,
       "A director rules on a conflict who did not declare it.",
       {{"accord.strategy.v1.FundingAssessmentService.CreateConflictDeclaration", ""}},
       {{"accord.strategy.v1.FundingAssessmentService.RuleConflictDeclaration", "name"}}},
      {&rules::kSamePerson,
       "A director decides who did not conclude for the panel.",
       {{"accord.strategy.v1.FundingCallService.ConcludeFundingCall", "name"}},
       {{"accord.strategy.v1.FundingCallService.DecideFundingCall", "name"}}},
      {&rules::kSamePerson,
       "A director approves who did not enter, change or submit the application.",
       {{"accord.strategy.v1.FundingApplicationService.CreateFundingApplication", ""},
        {"accord.strategy.v1.FundingApplicationService.ReviseFundingApplication", "funding_application.name"},
        {"accord.strategy.v1.FundingApplicationService.SubmitFundingApplication", "name"}},
       {{"accord.strategy.v1.FundingAgreementService.ApproveFundingApplication", "name"}}},
      {&rules::kSamePerson,
       "A director approves who did not recommend it for the panel.",
       {{"accord.strategy.v1.FundingAssessmentService.CreatePanelDecision",
         "panel_decision.funding_application"},
        {"accord.strategy.v1.FundingAssessmentService.RevisePanelDecision",
         "panel_decision.funding_application"}},
       {{"accord.strategy.v1.FundingAgreementService.ApproveFundingApplication", "name"}}},
      {&rules::kSamePerson,
       "Somebody puts a rule set in force who did not propose it.",
       {{"accord.prosecution.v1.LawService.ProposeLawChange", ""}},
       {{"accord.prosecution.v1.LawService.ApproveLawChange", "name"}}},
      {&rules::kSamePerson,
       "Somebody puts a rule set in force who did not propose it.",
       {{"accord.protocols.v1.LawService.ProposeLawChange", ""}},
       {{"accord.protocols.v1.LawService.ApproveLawChange", "name"}}},
      {&rules::kSamePerson,
       "Somebody puts a rule set in force who did not propose it.",
       {{"accord.supports.v1.LawService.ProposeLawChange", ""}},
       {{"accord.supports.v1.LawService.ApproveLawChange", "name"}}},
  };
  return *table;
}

const Act* RememberedAct(std::string_view method) {
  for (const Separation& each : Separations()) {
    if (const Act* act = SeparatedActOf(each.done, method)) return act;
  }
  return nullptr;
}

std::vector<Bar> BarsOf(std::string_view method) {
  std::vector<Bar> bars;
  for (const Separation& each : Separations()) {
    if (const Act* act = SeparatedActOf(each.barred, method)) bars.push_back({act, &each});
  }
  return bars;
}

std::string RecordOf(const Act& act, const Message& request, const Message* response) {
  if (!act.record.empty()) return TextAtRecordPath(request, act.record);
  return response == nullptr ? "" : TextAtRecordPath(*response, "name");
}

}  // namespace accord
