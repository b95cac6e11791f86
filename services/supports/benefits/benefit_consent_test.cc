// These tests show who reads a claim, and what becomes of it when the survivor's consent ends.
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class BenefitConsents : public BenefitFixture {
 protected:
  v1::BenefitClaim Documents(int64_t cents = 20000) {
    return NewClaim(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, cents);
  }
};

TEST_F(BenefitConsents, AreReadByTheCasesWorkersTheManagersAndTheProgramThatIsNotToldWhoseTheyAre) {
  const std::string house = Approved("2017-01-01");
  const v1::SupportCase item = Reported();
  const v1::Consent consent = Given(item, ToClaim());
  v1::BenefitClaim recovery = NewClaim(v1::BENEFIT_CODE_TRAUMA_INFORMED_RECOVERY, 100000, "2017-03-01");
  recovery.set_facility(house);
  const v1::BenefitClaim claim = Claimed(consent, recovery);
  v1::BenefitClaim read;
  for (const Caller& who : {worker_, manager_}) {
    ASSERT_EQ(UnreadClaim(claim.name(), who, &read), "") << who.actor;
    EXPECT_EQ(read.facility(), house) << who.actor;
  }
  ASSERT_EQ(UnreadClaim(claim.name(), program_, &read), "");
  EXPECT_EQ(read.amount_requested_cents(), 100000);
  EXPECT_EQ(read.payee().provider(), "PROVIDER-WORDS");
  const std::string seen = read.SerializeAsString() + ClaimsFor(program_).at(0).SerializeAsString();
  for (const std::string& kept : {item.name(), consent.name(), house}) {
    EXPECT_THAT(seen, Not(HasSubstr(kept))) << kept;
  }
  EXPECT_EQ(read.charged(), v1::CHARGED_IN_RELATION_UNSPECIFIED) << "what it has to look at is a concern";
  const Caller elsewhere = Support("vs-peel", "program", annotations::v1::ROLE_OVS_PROGRAM);
  for (const Caller& other : {colleague_, stranger_, receiver_, elsewhere}) {
    EXPECT_EQ(UnreadClaim(claim.name(), other), "NOT_FOUND") << other.actor;
    EXPECT_THAT(ClaimsFor(other), IsEmpty()) << other.actor;
  }
  EXPECT_EQ(UnreadClaim(claim.name(), payer_), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_THAT(ClaimsFor(worker_, item.name()), SizeIs(1));
}

// T23 requires that lawful acts stay, and that everything that was not delivered ends with the consent.
TEST_F(BenefitConsents, EndWithTheirConsentUnlessTheSurvivorWasHelpedAlready) {
  const v1::FundLine line = Line(100000);
  v1::Consent consent = Given(Reported(), ToClaim());
  v1::BenefitClaim fresh = Claimed(consent, Documents(10000));
  v1::BenefitClaim approved = Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 40000));
  ASSERT_EQ(Approve(manager_, &approved, 40000), "");
  v1::BenefitClaim helped = Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 30000, "2026-11-19"));
  ASSERT_EQ(Approve(manager_, &helped, 30000), "");
  ASSERT_EQ(Deliver(&helped, 30000, "invoice 1"), "");
  EXPECT_EQ(Read(line).reserved_cents(), 70000);
  EXPECT_THAT(ClaimsFor(program_), SizeIs(3));

  ASSERT_EQ(Withdraw(colleague_, &consent), "");
  EXPECT_THAT(ClaimsFor(program_), IsEmpty());
  for (const v1::BenefitClaim& each : {fresh, approved, helped}) {
    EXPECT_EQ(UnreadClaim(each.name(), program_), "NOT_FOUND");
  }
  v1::BenefitClaim read;
  for (const v1::BenefitClaim& each : {fresh, approved}) {
    ASSERT_EQ(UnreadClaim(each.name(), worker_, &read), "");
    EXPECT_EQ(read.state(), v1::BENEFIT_CLAIM_STATE_CANCELLED);
    EXPECT_EQ(read.decisions().rbegin()->event(), "consent_withdrawn");
  }
  EXPECT_EQ(Read(line).reserved_cents(), 30000);
  v1::BenefitPayment payment = PaymentOf(helped);
  ASSERT_EQ(Pay(payer_, &payment), "") << "the provider has helped, and is paid";
  ASSERT_EQ(UnreadClaim(helped.name(), worker_, &read), "");
  EXPECT_EQ(read.state(), v1::BENEFIT_CLAIM_STATE_PAID);
}

// T23 also requires that a withdrawal does not change what was paid.
TEST_F(BenefitConsents, LeaveAClaimThatWasPaidAsItIs) {
  const v1::FundLine line = Line(100000);
  v1::Consent consent = Given(Reported(), ToClaim());
  v1::BenefitPayment payment =
      Due(Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 30000)), 30000, 30000, "invoice 1");
  ASSERT_EQ(Pay(payer_, &payment), "");
  ASSERT_EQ(Withdraw(colleague_, &consent), "");
  v1::BenefitClaim read;
  ASSERT_EQ(UnreadClaim(payment.claim(), worker_, &read), "");
  EXPECT_EQ(read.state(), v1::BENEFIT_CLAIM_STATE_PAID);
  ASSERT_GT(read.decisions_size(), 0);
  EXPECT_NE(read.decisions().rbegin()->event(), "consent_withdrawn");
  EXPECT_EQ(Read(line).paid_cents(), 30000);
  EXPECT_EQ(UnreadClaim(payment.claim(), program_), "NOT_FOUND") << "reading ends all the same";
}

TEST_F(BenefitConsents, LeaveWhatIsOwedToAProviderWhoseInvoiceWasSentBack) {
  const v1::FundLine line = Line(100000);
  v1::Consent consent = Given(Reported(), ToClaim());
  v1::BenefitClaim claim = Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 30000));
  ASSERT_EQ(Approve(manager_, &claim, 30000), "");
  ASSERT_EQ(Deliver(&claim, 30000, "invoice l"), "");
  v1::BenefitPayment payment = PaymentOf(claim);
  v1::SendBackBenefitPaymentRequest back;
  back.set_reason("its number is mistyped");
  ASSERT_EQ(Move(payer_, &payment, back), "");
  ASSERT_EQ(Withdraw(colleague_, &consent), "");
  EXPECT_EQ(UnreadClaim(claim.name(), program_), "NOT_FOUND");
  ASSERT_EQ(UnreadClaim(claim.name(), worker_, &claim), "");
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_APPROVED);
  EXPECT_EQ(Read(line).reserved_cents(), 30000);
  ASSERT_EQ(Deliver(&claim, 30000, "invoice 1"), "");
  payment = PaymentOf(claim);
  EXPECT_EQ(Pay(payer_, &payment), "") << "the provider has helped, and is paid";
  EXPECT_EQ(Read(line).reserved_cents(), 0);
}

// T22 requires that a consent ends by its day, even if no job runs.
TEST_F(BenefitConsents, AreNeitherReadNorDecidedOnTheDayAfterTheConsentAlthoughNothingSweeps) {
  Line(100000);
  const v1::Consent consent = Given(Reported(), ToClaim("2026-12-24"));
  v1::BenefitClaim claim = Claimed(consent, Documents());
  v1::BenefitClaim approved = Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 1000));
  ASSERT_EQ(Approve(manager_, &approved, 1000), "");
  On("2026-12-24");
  EXPECT_THAT(ClaimsFor(program_), SizeIs(2));
  On("2026-12-25");
  EXPECT_THAT(ClaimsFor(program_), IsEmpty());
  EXPECT_EQ(UnreadClaim(claim.name(), program_), "NOT_FOUND");
  EXPECT_EQ(Decide(program_, &claim, "find_eligible"), "NOT_FOUND");
  EXPECT_EQ(Decide(manager_, &claim, "find_eligible"), "CONSENT_NOT_LIVE");
  EXPECT_EQ(Claim(consent, Documents()), "CONSENT_NOT_LIVE");
  EXPECT_EQ(Deliver(&approved, 1000, "invoice 1"), "") << "what was approved then is owed to the provider";
}

// T24 requires that counting needs a consent of its own, and that refusing it has no disadvantage.
TEST_F(BenefitConsents, AreApprovedForASurvivorWhoIsNotCounted) {
  Line(100000);
  const v1::SupportCase item = Reported();
  v1::BenefitClaim claim = Eligible(Given(item, ToClaim()), Documents());
  const std::vector<v1::Consent> consents = ConsentsOf(item);
  ASSERT_FALSE(consents.empty());
  for (const v1::Consent& each : consents) ASSERT_NE(each.purpose(), v1::CONSENT_PURPOSE_COUNTING);
  EXPECT_EQ(Approve(manager_, &claim, 20000), "");
}

}  // namespace
}  // namespace accord::supports
