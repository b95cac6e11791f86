// These tests let the person who did the first of two acts try the second one, which another person has
// to do.
#include "common/testing/separation_walk.h"
#include "common/testing/walk_fixture.h"
#include "services/strategy/funding/conflict_declaration_service.h"
#include "services/strategy/placements.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

class StrategySeparations : public testing::WalkFixture<FundingFixture> {
 protected:
  std::string StoreAllocation() {
    v1::Allocation allocation;
    allocation.set_name(absl::StrCat("agencies/co-pahtco/allocations/s", ++records_));
    allocation.set_envelope(envelope_.name());
    allocation.set_recipient("vs-york");
    allocation.set_amount_cents(100);
    allocation.set_state(v1::ALLOCATION_STATE_PLANNED);
    return Store("allocation", allocation, {"co-pahtco", "planned", {"co-pahtco", "vs-york"}, {}});
  }
  std::string StorePayment(v1::PaymentState state, const std::string& reverses = "") {
    v1::Payment payment;
    payment.set_name(absl::StrCat("agencies/co-pahtco/payments/s", ++records_));
    payment.set_allocation(StoreAllocation());
    payment.set_amount_cents(100);
    payment.set_reverses(reverses);
    payment.set_state(state);
    return Store("payment", payment, {"co-pahtco", "", {"co-pahtco", "min-mag"}, {}});
  }
  std::string StoreCall(v1::FundingCallState state) {
    v1::FundingCall call = NewFundingCall().funding_call();
    call.set_name(absl::StrCat("agencies/co-pahtco/fundingCalls/s", ++records_));
    call.set_state(state);
    return Store("funding_call", call, FundingCallPlacement(RealRules(), call));
  }
  std::string StoreApplication(v1::FundingApplicationState state) {
    v1::FundingApplication application;
    application.set_name(absl::StrCat("agencies/or-shelter/fundingApplications/s", ++records_));
    application.set_funding_call(StoreCall(v1::FUNDING_CALL_STATE_CLOSED));
    application.set_state(state);
    application.set_ineligible_proposed(true);
    application.set_late_reason("a storm");
    return Store("funding_application", application, {"or-shelter", "", {"or-shelter", "co-pahtco"}, {}});
  }
  std::string StoreDeclaration() {
    v1::ConflictDeclaration declaration;
    declaration.set_name(absl::StrCat("agencies/co-pahtco/conflictDeclarations/s", ++records_));
    declaration.set_funding_application(StoreApplication(v1::FUNDING_APPLICATION_STATE_ELIGIBLE));
    declaration.set_funding_call(StoreCall(v1::FUNDING_CALL_STATE_EVALUATION));
    declaration.set_person("director");
    declaration.set_state(v1::CONFLICT_DECLARATION_STATE_WAITING);
    return Store("conflict_declaration", declaration, ConflictDeclarationPlacement(RealRules(), declaration));
  }
  std::string StoreApprovedReport() {
    v1::ProgressReport report = NewReport("approved").progress_report();
    report.set_name(absl::StrCat("agencies/co-pahtco/progressReports/s", ++records_));
    report.set_state(v1::PROGRESS_REPORT_STATE_DIRECTOR_APPROVED);
    return Store("progress_report", report, PublicPlacement(report.name(), "director_approved"));
  }
  testing::Attempt AttemptAt(const std::string& method) {
    if (method == "CommitAllocation") return {StoreAllocation(), head_};
    if (method == "PublishProgressReport") return {StoreApprovedReport(), staff_};
    if (method == "PublishFundingCall") return {StoreCall(v1::FUNDING_CALL_STATE_DRAFT), head_};
    if (method == "ConfirmFundingApplicationIneligible") {
      return {StoreApplication(v1::FUNDING_APPLICATION_STATE_SUBMITTED), writer_};
    }
    if (method == "ReviewFundingApplication") {
      return {StoreApplication(v1::FUNDING_APPLICATION_STATE_INELIGIBLE), head_};
    }
    if (method == "AdmitLateFundingApplication") {
      return {StoreApplication(v1::FUNDING_APPLICATION_STATE_STARTED), head_};
    }
    if (method == "RuleConflictDeclaration") return {StoreDeclaration(), head_};
    if (method == "DecideFundingCall") return {StoreCall(v1::FUNDING_CALL_STATE_EVALUATION), head_};
    if (method == "ApproveFundingApplication") {
      return {StoreApplication(v1::FUNDING_APPLICATION_STATE_ELIGIBLE), head_};
    }
    if (method == "ApprovePayment") return {StorePayment(v1::PAYMENT_STATE_REQUESTED), writer_};
    if (method == "PayPayment") {
      return {StorePayment(v1::PAYMENT_STATE_APPROVED),
              Funded("min-mag", annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_FINANCE_OFFICER,
                     "finance")};
    }
    if (method == "ConfirmPaymentReversal") {
      const std::string paid = StorePayment(v1::PAYMENT_STATE_PAID);
      return {StorePayment(v1::PAYMENT_STATE_REVERSAL_REQUESTED, paid), writer_};
    }
    ADD_FAILURE() << "nothing is stored for " << method;
    return {};
  }

  const v1::Envelope envelope_ = Announced("separated");
  int records_ = 0;
};

TEST_F(StrategySeparations, AreOfTwoPeople) {
  EXPECT_EQ(testing::WalkSeparations(&in_process_, "accord.strategy.v1",
                                     [this](const std::string& method) { return AttemptAt(method); }),
            19);
}

}  // namespace
}  // namespace accord::strategy
