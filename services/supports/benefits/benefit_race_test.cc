// These tests let two people act on the claims of one survivor at once, on PostgreSQL.
#include <functional>
#include <string>

#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

class BenefitRaces : public BenefitFixture {
 protected:
  BenefitRaces() : BenefitRaces(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit BenefitRaces(const std::string& dsn) : BenefitFixture(dsn), lockstep_(dsn) {}

  std::function<absl::Status()> Approves(const v1::BenefitClaim& claim, int64_t cents) {
    v1::ApproveBenefitClaimRequest request;
    request.set_name(claim.name());
    request.set_etag(claim.etag());
    request.set_amount_cents(cents);
    return [=, this] { return Call<v1::BenefitClaim>(manager_, request).status(); };
  }
  std::function<absl::Status()> Withdraws(const v1::Consent& consent) {
    v1::WithdrawConsentRequest request;
    request.set_name(consent.name());
    request.set_etag(consent.etag());
    request.set_withdrawal_channel(v1::WITHDRAWAL_CHANNEL_ORAL);
    return [=, this] { return Call<v1::Consent>(colleague_, request).status(); };
  }

  testing::Lockstep lockstep_;
};

TEST_F(BenefitRaces, OfTwoApprovalsThatTogetherAreAboveTheLimitOneIsMade) {
  Line(1000000);
  const v1::Consent consent = Given(Reported(), ToClaim());
  const auto claim = [&](const std::string& day) {
    return Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 60000, day));
  };
  const v1::BenefitClaim first = claim("2026-11-20"), second = claim("2026-11-19");
  const auto results = lockstep_.Run({Approves(first, 60000), Approves(second, 60000)});
  EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << results[1];
}

// Invariant 10 requires that a claim that is concurrent with a withdrawal is refused or cancelled.
TEST_F(BenefitRaces, WhatIsClaimedWhileTheSurvivorWithdrawsIsReadByNobody) {
  for (int round = 0; round < 5; ++round) {
    const v1::Consent consent = Given(Reported(), ToClaim());
    v1::RequestBenefitClaimRequest request;
    request.set_consent(consent.name());
    *request.mutable_benefit_claim() = NewClaim(v1::BENEFIT_CODE_PHONE, 100);
    const auto results = lockstep_.Run(
        {Withdraws(consent), [=, this] { return Call<v1::BenefitClaim>(worker_, request).status(); }});
    ASSERT_OK(results[0]);
    EXPECT_EQ(RuleOf(results[1]), results[1].ok() ? "" : "CONSENT_NOT_LIVE");
    EXPECT_TRUE(ClaimsFor(program_).empty()) << results[1];
    for (const v1::BenefitClaim& each : ClaimsFor(manager_)) {
      EXPECT_EQ(each.state(), v1::BENEFIT_CLAIM_STATE_CANCELLED);
    }
  }
}

TEST_F(BenefitRaces, WhatIsApprovedWhileTheSurvivorWithdrawsReservesNothingAndIsReadByNobody) {
  const v1::FundLine line = Line(1000000);
  for (int round = 0; round < 5; ++round) {
    const v1::Consent consent = Given(Reported(), ToClaim());
    const v1::BenefitClaim claim = Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 60000));
    const auto results = lockstep_.Run({Withdraws(consent), Approves(claim, 60000)});
    ASSERT_OK(results[0]);
    EXPECT_EQ(UnreadClaim(claim.name(), program_), "NOT_FOUND") << results[1];
    EXPECT_EQ(Read(line).reserved_cents(), 0) << results[1];
  }
}

}  // namespace
}  // namespace accord::supports
