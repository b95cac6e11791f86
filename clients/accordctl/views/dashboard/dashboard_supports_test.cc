// This file is about the day of a worker who supports survivors, on the dashboard.
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/testing/dashboard_fixture.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SupportsDashboard : public DashboardTest {
 protected:
  static supports::v1::SurvivorNotice Notice() {
    supports::v1::SurvivorNotice notice;
    notice.set_name("agencies/vs-york/survivorNotices/01n");
    notice.set_state(supports::v1::SURVIVOR_NOTICE_STATE_OPEN);
    notice.set_due_on("2026-11-25");
    notice.mutable_safe_contact()->set_reach("416 555 0100");
    notice.mutable_safe_contact()->set_hours("HOURS-WORDS");
    notice.mutable_safe_contact()->set_code_word("CODE-WORDS");
    return notice;
  }
  static supports::v1::SupportReferral Received() {
    supports::v1::SupportReferral referral;
    referral.set_name("agencies/vs-durham/supportReferrals/01r");
    referral.set_state(supports::v1::SUPPORT_REFERRAL_STATE_SENT);
    referral.set_to_agency("ps-york");
    referral.set_acknowledge_by("2026-11-26");
    referral.mutable_handed()->set_needs("NEEDS-WORDS");
    referral.mutable_handed()->mutable_safe_contact()->set_reach("416 555 0100");
    return referral;
  }
};

TEST_F(SupportsDashboard, ANoticeIsDueAtTheEndOfItsDayAndWaitsForWhoWorksInTheCase) {
  const auto lines = Of(Notice());
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].turn, Turn::kMine);
  EXPECT_EQ(lines[0].due, EndOfDay(absl::CivilDay(2026, 11, 25)));
  EXPECT_TRUE(lines[0].Overdue(viewer_.now));
  EXPECT_EQ(lines[0].next, "survivor-notice get agencies/vs-york/survivorNotices/01n");
  supports::v1::SurvivorNotice closed = Notice();
  closed.set_state(supports::v1::SURVIVOR_NOTICE_STATE_CLOSED);
  EXPECT_THAT(Of(closed), IsEmpty());
}

TEST_F(SupportsDashboard, AReferralWaitsUntilItIsAcknowledgedAndThenUntilItIsAnswered) {
  supports::v1::SupportReferral referral = Received();
  auto lines = Of(referral);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].what, "acknowledge");
  EXPECT_EQ(lines[0].due, EndOfDay(absl::CivilDay(2026, 11, 26)));
  referral.set_state(supports::v1::SUPPORT_REFERRAL_STATE_ACKNOWLEDGED);
  lines = Of(referral);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].what, "answer");
  EXPECT_FALSE(lines[0].due);
  for (const auto state :
       {supports::v1::SUPPORT_REFERRAL_STATE_ACCEPTED, supports::v1::SUPPORT_REFERRAL_STATE_DECLINED,
        supports::v1::SUPPORT_REFERRAL_STATE_COMPLETED, supports::v1::SUPPORT_REFERRAL_STATE_WITHDRAWN}) {
    referral.set_state(state);
    EXPECT_THAT(Of(referral), IsEmpty()) << state;
  }
}

TEST_F(SupportsDashboard, AClaimWaitsForWhoDecidesByTheDayThatItsRuleGives) {
  supports::v1::BenefitClaim claim;
  claim.set_name("agencies/vs-york/benefitClaims/01b");
  claim.set_state(supports::v1::BENEFIT_CLAIM_STATE_REQUESTED);
  claim.set_decide_by("2026-11-25");
  auto lines = Of(claim);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].next, "benefit-claim decide agencies/vs-york/benefitClaims/01b");
  EXPECT_TRUE(lines[0].Overdue(viewer_.now));
  claim.set_state(supports::v1::BENEFIT_CLAIM_STATE_ELIGIBLE);
  claim.clear_decide_by();
  lines = Of(claim);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].next, "benefit-claim approve agencies/vs-york/benefitClaims/01b");
  EXPECT_FALSE(lines[0].due) << "no time is known";
  claim.set_state(supports::v1::BENEFIT_CLAIM_STATE_PAID);
  EXPECT_THAT(Of(claim), IsEmpty());
}

TEST_F(SupportsDashboard, AClaimThatWasSentBackOrApprovedWaitsAtTheAgencyThatMadeIt) {
  supports::v1::BenefitClaim claim;
  claim.set_name("agencies/ps-york/benefitClaims/01b");
  claim.set_state(supports::v1::BENEFIT_CLAIM_STATE_INCOMPLETE);
  ASSERT_THAT(Of(claim), SizeIs(1));
  EXPECT_EQ(Of(claim)[0].next, "benefit-claim complete agencies/ps-york/benefitClaims/01b");
  EXPECT_FALSE(Of(claim)[0].due) << "its clock stands still";
  claim.set_state(supports::v1::BENEFIT_CLAIM_STATE_APPROVED);
  ASSERT_THAT(Of(claim), SizeIs(1));
  EXPECT_EQ(Of(claim)[0].next, "benefit-claim deliver agencies/ps-york/benefitClaims/01b");
  // The program that decided has nothing more to do.
  claim.set_name("agencies/vs-york/benefitClaims/01b");
  EXPECT_THAT(Of(claim), IsEmpty());
}

TEST_F(SupportsDashboard, ADisclosureWaitsUntilTheSurvivorIsToldOfEachStage) {
  supports::v1::SupportDisclosure disclosure;
  disclosure.set_name("agencies/ps-york/supportCases/01c/supportDisclosures/01d");
  disclosure.set_what("WHAT-WORDS");
  ASSERT_THAT(Of(disclosure), SizeIs(1));
  EXPECT_EQ(Of(disclosure)[0].next, "support-disclosure record " + disclosure.name());
  EXPECT_THAT(DashboardTable(Shown(Of(disclosure))), Not(HasSubstr("WHAT-WORDS")));
  disclosure.set_survivor_told_on("2026-11-20");
  EXPECT_THAT(Of(disclosure), IsEmpty());
  disclosure.set_ordered_to_accused_on("2026-11-21");
  EXPECT_THAT(Of(disclosure), SizeIs(1));
  disclosure.set_told_of_accused_on("2026-11-22");
  EXPECT_THAT(Of(disclosure), IsEmpty());
}

TEST_F(SupportsDashboard, APaymentWaitsUntilItIsMadeAndWhatCameBackUntilSomebodyElseConfirmsIt) {
  supports::v1::BenefitPayment payment;
  payment.set_name("agencies/min-mag/benefitPayments/01p");
  payment.set_state(supports::v1::BENEFIT_PAYMENT_STATE_DUE);
  ASSERT_THAT(Of(payment), SizeIs(1));
  EXPECT_EQ(Of(payment)[0].what, "pay");
  payment.set_state(supports::v1::BENEFIT_PAYMENT_STATE_REVERSAL_PROPOSED);
  ASSERT_THAT(Of(payment), SizeIs(1));
  EXPECT_EQ(Of(payment)[0].what, "confirm the reversal");
  payment.set_state(supports::v1::BENEFIT_PAYMENT_STATE_PAID);
  EXPECT_THAT(Of(payment), IsEmpty());
}

TEST_F(SupportsDashboard, AnOrderWaitsToBeServedAndTellsWhenItEnds) {
  supports::v1::RestrainingOrder order;
  order.set_name("agencies/vs-york/restrainingOrders/01o");
  order.set_state(supports::v1::RESTRAINING_ORDER_STATE_GRANTED);
  order.mutable_respondent()->set_full_name("RESPONDENT-WORDS");
  order.set_expires_on("2026-12-24");
  order.add_servings()->set_document(supports::v1::SERVED_DOCUMENT_OTHER);
  auto lines = Of(order);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].next, "restraining-order serve agencies/vs-york/restrainingOrders/01o");
  EXPECT_EQ(lines[0].turn, Turn::kTeam) << "police are asked to serve it";
  EXPECT_FALSE(lines[0].due) << "no time to serve it is known, and its last day is none";
  EXPECT_EQ(lines[0].note, "");
  order.set_unserved_days(20);
  lines = Of(order);
  EXPECT_EQ(lines[0].note, "unserved for 20 d");
  for (const std::string& form :
       {DashboardTable(Shown(lines)), DashboardPage(Shown(lines)), DashboardJson(Shown(lines)).dump()}) {
    EXPECT_THAT(form, Not(HasSubstr("RESPONDENT-WORDS")));
  }
  order.add_servings()->set_document(supports::v1::SERVED_DOCUMENT_ORDER);
  lines = Of(order);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].what, "the order ends");
  EXPECT_EQ(lines[0].due, EndOfDay(absl::CivilDay(2026, 12, 24)));
  order.set_state(supports::v1::RESTRAINING_ORDER_STATE_EXPIRED);
  EXPECT_THAT(Of(order), IsEmpty());
}

// It lies open on a desk, and a page of it is a file.
TEST_F(SupportsDashboard, ShowsNoContactAndNothingOfASurvivorInAnyForm) {
  std::vector<Waiting> lines = Of(Notice());
  for (Waiting& each : Of(Received())) lines.push_back(std::move(each));
  const Dashboard dashboard = Shown(std::move(lines));
  ASSERT_THAT(dashboard.waiting, SizeIs(2));
  for (const std::string& form :
       {DashboardTable(dashboard), DashboardPage(dashboard), DashboardJson(dashboard).dump()}) {
    EXPECT_THAT(form, HasSubstr("agencies/vs-york/survivorNotices/01n"));
    for (const char* words : {"416 555 0100", "HOURS-WORDS", "CODE-WORDS", "NEEDS-WORDS"}) {
      EXPECT_THAT(form, Not(HasSubstr(words))) << words;
    }
  }
}

}  // namespace
}  // namespace accord::ctl
