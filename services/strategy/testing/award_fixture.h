// This fixture has decided calls, and takes their applications further.
#ifndef ACCORD_SERVICES_STRATEGY_TESTING_AWARD_FIXTURE_H_
#define ACCORD_SERVICES_STRATEGY_TESTING_AWARD_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {

class AwardFixture : public FundingFixture {
 protected:
  explicit AwardFixture(const std::string& dsn = "") : FundingFixture(dsn) {}

  // This makes a decided call, whose applications have different scores. The panel recommends 300000 cents
  // for each.
  Round Decided(int applications, const std::string& envelope = "") {
    v1::CreateFundingCallRequest request = NewFundingCall();
    request.mutable_funding_call()->set_envelope(envelope);
    request.mutable_funding_call()->mutable_criteria(0)->set_max_points(100);
    Round round = Evaluated(applications, request);
    for (std::size_t i = 0; i < round.applications.size(); ++i) {
      ScoreBoth(&round, i, static_cast<int>(i) + 1, 2);
      EXPECT_EQ(Declare(round.applications[i], chair_), "");
      EXPECT_EQ(Recommend(round.applications[i], 300000, chair_), "");
    }
    EXPECT_EQ(Step(round.call, chair_, v1::ConcludeFundingCallRequest()), "");
    EXPECT_EQ(Step(round.call, head_, v1::DecideFundingCallRequest()), "");
    for (v1::FundingApplication& application : round.applications) application = Read(application, writer_);
    return round;
  }
  static v1::ApproveFundingApplicationRequest Approval(int64_t cents = 300000) {
    v1::ApproveFundingApplicationRequest request;
    auto* year = request.add_years();
    year->set_fiscal_year("2026-27");
    year->set_amount_cents(cents);
    return request;
  }
  std::string Approve(v1::FundingApplication* application) { return Move(head_, application, Approval()); }
  std::string Offer(const v1::FundingApplication& application, v1::FundingAgreement* agreement) {
    v1::CreateFundingAgreementRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_funding_agreement()->set_funding_application(application.name());
    request.mutable_funding_agreement()->add_reports()->set_due("2026-12-20");
    return Rule(Call<v1::FundingAgreement>(writer_, request), agreement);
  }
  std::string Sign(v1::FundingAgreement* agreement, const Caller& caller, const std::string& paper = "") {
    v1::SignFundingAgreementRequest request;
    request.set_text_sha256(agreement->text_sha256());
    request.set_paper_ref(paper);
    return Move(caller, agreement, request);
  }
  // This gives an agreement that both sides have signed.
  v1::FundingAgreement InForce(v1::FundingApplication* application, const Caller& applicant) {
    EXPECT_EQ(Approve(application), "");
    v1::FundingAgreement agreement;
    EXPECT_EQ(Offer(*application, &agreement), "");
    EXPECT_EQ(Sign(&agreement, applicant), "");
    EXPECT_EQ(Sign(&agreement, head_), "");
    EXPECT_EQ(agreement.state(), v1::FUNDING_AGREEMENT_STATE_IN_FORCE);
    return agreement;
  }
  int64_t CommittedOf(const v1::Envelope& envelope) {
    v1::EnvelopePosition position;
    EXPECT_EQ(Position(envelope, staff_, &position), "");
    return position.committed_cents();
  }
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_TESTING_AWARD_FIXTURE_H_
