#include "common/access/separation.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/access/method.h"

namespace accord {
namespace {

// These are the RPCs of this build, keyed by their names in the table.
std::map<std::string, Method> Methods() {
  std::map<std::string, Method> all;
  for (const auto& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) all.emplace(MethodFullName(method.path), method);
  }
  return all;
}

std::string NameField(const google::protobuf::Descriptor* message, std::string_view path) {
  const auto dot = path.find('.');
  const auto* field = message->FindFieldByName(std::string(path.substr(0, dot)));
  if (field == nullptr || field->is_repeated()) return "";
  if (dot == std::string_view::npos) {
    return field->type() == google::protobuf::FieldDescriptor::TYPE_STRING ? field->name() : "";
  }
  return field->message_type() == nullptr ? "" : NameField(field->message_type(), path.substr(dot + 1));
}

TEST(Separations, NameRpcsThatChangeSomethingAndTheRecordThatTheyChange) {
  const auto methods = Methods();
  for (const Separation& each : Separations()) {
    for (const auto* acts : {&each.done, &each.barred}) {
      for (const Act& act : *acts) {
        const auto method = methods.find(std::string(act.method));
        ASSERT_NE(method, methods.end()) << act.method;
        EXPECT_TRUE(method->second.rule.mutates()) << act.method;
        const auto* named = act.record.empty() ? method->second.descriptor->output_type()
                                               : method->second.descriptor->input_type();
        EXPECT_NE(NameField(named, act.record.empty() ? "name" : act.record), "") << act.method;
      }
    }
    // The method that creates a record cannot be barred, because nobody has acted on the
    // record before.
    for (const Act& act : each.barred) EXPECT_NE(act.record, "") << act.method;
  }
}

// These are the pairs that docs/domain.md requires, written independently of the table.
TEST(Separations, AreThoseOfTheDomain) {
  std::set<std::string> pairs;
  const auto verb = [](std::string_view method) { return std::string(method.substr(method.rfind('.') + 1)); };
  for (const Separation& each : Separations()) {
    for (const Act& done : each.done) {
      for (const Act& barred : each.barred)
        pairs.insert(absl::StrCat(verb(done.method), " then ", verb(barred.method)));
    }
  }
  EXPECT_THAT(
      pairs,
      ::testing::UnorderedElementsAre(
          "CreateReport then GradeReport", "UpdateReportDraft then GradeReport",
          "SubmitReport then GradeReport", "GradeReport then UpdateReportDraft",
          "GradeReport then SubmitReport", "CreateProduct then ApproveProduct",
          "SanitiseProduct then ApproveProduct", "ProposeReportPurge then ConfirmReportPurge",
          "ProposeEmergencyRelease then ConfirmEmergencyRelease",
          "RequestEmergencyAccess then ApproveEmergencyAccess",
          "RequestEmergencyAccess then ReviewEmergencyAccess",
          "ApproveEmergencyAccess then ReviewEmergencyAccess",
          "EndEmergencyAccess then ReviewEmergencyAccess", "DeclareCaseConflict then AssignCrown",
          "DeclareCaseConflict then ReplaceCrown",
          "RecordEnrolmentAttendance then IssueCompletionCertificate",
          "RecordEnrolmentAssessment then IssueCompletionCertificate",
          "CompleteEnrolment then IssueCompletionCertificate", "CreateAllocation then CommitAllocation",
          "ApproveProgressReport then PublishProgressReport", "RequestBenefitClaim then DecideBenefitClaim",
          "RequestBenefitClaim then ReviewBenefitClaim", "RequestBenefitClaim then ApproveBenefitClaim",
          "RequestBenefitClaim then PayBenefitPayment", "CompleteBenefitClaim then DecideBenefitClaim",
          "CompleteBenefitClaim then ReviewBenefitClaim", "CompleteBenefitClaim then ApproveBenefitClaim",
          "CompleteBenefitClaim then PayBenefitPayment", "DecideBenefitClaim then ReviewBenefitClaim",
          "DecideBenefitClaim then PayBenefitPayment", "ReviewBenefitClaim then PayBenefitPayment",
          "ApproveBenefitClaim then PayBenefitPayment", "DeliverBenefitClaim then PayBenefitPayment",
          "ReverseBenefitPayment then ConfirmBenefitReversal", "CreatePayment then ApprovePayment",
          "CreatePayment then PayPayment", "ApprovePayment then PayPayment",
          "RequestPaymentReversal then ConfirmPaymentReversal", "CreateFundingCall then PublishFundingCall",
          "ReviseFundingCall then PublishFundingCall",
          "ScreenFundingApplication then ConfirmFundingApplicationIneligible",
          "ScreenFundingApplication then ReviewFundingApplication",
          "ConfirmFundingApplicationIneligible then ReviewFundingApplication",
          "ProposeLateFundingApplication then AdmitLateFundingApplication",
          "CreateConflictDeclaration then RuleConflictDeclaration",
          "ConcludeFundingCall then DecideFundingCall",
          "CreateFundingApplication then ApproveFundingApplication",
          "ReviseFundingApplication then ApproveFundingApplication",
          "SubmitFundingApplication then ApproveFundingApplication",
          "CreatePanelDecision then ApproveFundingApplication",
          "RevisePanelDecision then ApproveFundingApplication", "ProposeLawChange then ApproveLawChange",
          "DecideAccessReview then SignAccessReview"));
}

TEST(Separations, ReadTheRecordOutOfTheRequestOrTheAnswer) {
  const auto methods = Methods();
  const Act* made = RememberedAct("accord.intelligence.v1.ReportService.CreateReport");
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->record, "");
  EXPECT_EQ(RememberedAct("accord.intelligence.v1.ReportService.GetReport"), nullptr);
  EXPECT_EQ(BarsOf("accord.intelligence.v1.ReportService.GradeReport").size(), 1u);
}

}  // namespace
}  // namespace accord
