// These are the rows of the founding document that are about funds, shown through the gateway and on the
// real clock.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "accord/strategy/v1/money_service.pb.h"
#include "tests/e2e/funds.h"

namespace accord::e2e {
namespace {

using ::testing::HasSubstr;

using StrategyFunds = Funds;

TEST_F(StrategyFunds, SeedRow07_AnOpenCallIsRankedByTwoScorersEachAndItsRecordIsTheSameEachTime) {
  const AgencyClient york = Enrol("cas-york", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient dilico = Enrol("cas-i-dilico", {{"applicant", ROLE_FUND_APPLICANT}});
  const Scorers scorers = EnrolScorers();
  st::FundingCall call = OpenedAs(NewCall(absl::Seconds(30)));
  st::ReviseFundingCallRequest revise;
  *revise.mutable_funding_call() = ReadCall(call.name());
  revise.mutable_funding_call()->mutable_criteria(0)->set_max_points(5);
  const auto frozen = Call<st::FundingCall>(office_, "staff", "FundingCallService/ReviseFundingCall", revise);
  EXPECT_EQ(RuleOf(frozen.status()), "CRITERIA_FROZEN");
  std::vector<st::FundingApplication> applications = {Apply(york, "cas-york", call.name()),
                                                      Apply(dilico, "cas-i-dilico", call.name())};
  ASSERT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_CLOSED));
  std::vector<ToScore> to_score;
  for (st::FundingApplication& application : applications) {
    to_score.push_back(Screen(&application));
    st::GetFundingApplicationRequest get;
    get.set_name(application.name());
    const auto unread = Call<st::FundingApplication>(scorers.labour, "scorer",
                                                     "FundingApplicationService/GetFundingApplication", get);
    EXPECT_EQ(RuleOf(unread.status()), "NOT_FOUND") << "nothing was declared";
    DeclareNone(scorers, application.name());
  }
  BeginEvaluation(&call);
  for (std::size_t i = 0; i < applications.size(); ++i) {
    ScoreAndRecommend(scorers, to_score[i], 6 + static_cast<int>(i), 7, applications[i].name());
  }
  ConcludeAndDecide(&call);
  st::GetFundingCallRecordRequest get;
  get.set_name(call.name());
  const auto record =
      Must<st::FundingCallRecord>(office_, "director", "FundingRecordService/GetFundingCallRecord", get);
  ASSERT_EQ(record.applications_size(), 2);
  EXPECT_EQ(record.applications(0).funding_application(), applications[1].name());
  EXPECT_EQ(record.applications(0).rank(), 1);
  EXPECT_EQ(record.order_sha256(), call.concluded_digest());
  const auto again =
      Must<st::FundingCallRecord>(office_, "director", "FundingRecordService/GetFundingCallRecord", get);
  EXPECT_EQ(again.SerializeAsString(), record.SerializeAsString());
  const Ran shown = ctl_("--context office strategy call-record " + call.name());
  EXPECT_EQ(shown.code, 0) << shown.said;
  EXPECT_THAT(shown.said, HasSubstr("TOLD APART BY"));
  const Ran page = ctl_("--context office --language fr strategy call-record --html " + call.name());
  EXPECT_EQ(page.code, 0) << page.said;
  EXPECT_THAT(page.said, HasSubstr("Les critères"));
}

TEST_F(StrategyFunds, E6_TwentyWhoAwardAtOnceGiveWhatThereIsThoughTheServiceIsKilledMeanwhile) {
  constexpr int kAsked = 20, kFit = 12;
  constexpr int64_t kEach = 300000, kAll = kAsked * kEach, kLeft = kFit * kEach + kEach - 1;
  st::CreateEnvelopeRequest announce;
  announce.set_parent("agencies/co-pahtco");
  auto* envelope = announce.mutable_envelope();
  envelope->set_envelope_id("awards");
  envelope->set_title("An envelope of a test");
  envelope->set_ministry("min-mcss");
  envelope->set_total_cents(kAll);
  envelope->set_qualifier(st::QUALIFIER_EXACT);
  envelope->set_source_ref("a test");
  const auto announced = Must<st::Envelope>(office_, "staff", "MoneyService/CreateEnvelope", announce);
  const std::vector<st::FundingApplication> applications = Decided(kAsked, announced);
  // Since the call opened, the ministry has taken some of its money for something else.
  st::CreateAllocationRequest plan;
  plan.set_parent("agencies/co-pahtco");
  plan.mutable_allocation()->set_envelope(announced.name());
  plan.mutable_allocation()->set_recipient("min-mcss");
  plan.mutable_allocation()->set_amount_cents(kAll - kLeft);
  plan.mutable_allocation()->set_source_ref("a test");
  auto planned = Must<st::Allocation>(office_, "staff", "MoneyService/CreateAllocation", plan);
  Move<st::CommitAllocationRequest>(office_, "director", "MoneyService/CommitAllocation", &planned);
  std::atomic<int> approved{0}, exceeded{0}, other{0};
  std::vector<std::thread> directors;
  for (const st::FundingApplication& application : applications) {
    st::ApproveFundingApplicationRequest approve;
    approve.set_name(application.name());
    approve.set_etag(application.etag());
    approve.set_request_id(RequestId());
    approve.add_years()->set_fiscal_year("2026-27");
    approve.mutable_years(0)->set_amount_cents(kEach);
    directors.emplace_back([&, approve] {
      const std::string rule = Insist(approve);
      ++(rule.empty() ? approved : rule == "ENVELOPE_EXCEEDED" ? exceeded : other);
    });
  }
  for (int i = 0; i < 3; ++i) stack_.KillAndRestart("strategy");
  for (std::thread& director : directors) director.join();
  EXPECT_EQ(approved, kFit);
  EXPECT_EQ(exceeded, kAsked - kFit);
  EXPECT_EQ(other, 0);
  st::GetEnvelopePositionRequest position;
  position.set_name(announced.name());
  EXPECT_EQ(Must<st::EnvelopePosition>(office_, "director", "MoneyService/GetEnvelopePosition", position)
                .committed_cents(),
            kFit * kEach + kAll - kLeft);
  int stored = 0;
  for (const st::FundingApplication& application : applications) {
    st::GetFundingApplicationRequest get;
    get.set_name(application.name());
    const auto read = Must<st::FundingApplication>(office_, "director",
                                                   "FundingApplicationService/GetFundingApplication", get);
    stored += read.state() == st::FUNDING_APPLICATION_STATE_APPROVED ? 1 : 0;
  }
  EXPECT_EQ(stored, kFit) << "award and reserve are both there or neither";
}

TEST_F(StrategyFunds, SeedRow08_ACallOfTheIndigenousLedFundOpensByTheAgreementOfItsPartners) {
  const AgencyClient dilico = Enrol("cas-i-dilico", {{"elder", ROLE_INDIGENOUS_REP}});
  st::CreateFundRequest create;
  create.set_parent("agencies/co-pahtco");
  auto* fund = create.mutable_fund();
  fund->set_fund_id("ilif");
  fund->set_delivery(st::FUND_DELIVERY_WITH_INDIGENOUS_PARTNERS);
  fund->add_design_partners("cas-i-dilico");
  fund->add_titles()->set_title("Indigenous-Led Initiatives Fund");
  fund->mutable_titles(0)->set_source_ref("Progress report 2017-02-23");
  fund->set_source_ref("Progress report 2017-02-23");
  st::CreateFundingCallRequest write = NewCall(absl::Hours(1));
  *write.mutable_funding_call()->mutable_opens_at() = ToProto(absl::Now() + absl::Minutes(10));
  write.mutable_funding_call()->set_fund(
      Must<st::Fund>(office_, "staff", "FundingCallService/CreateFund", create).name());
  auto call = Must<st::FundingCall>(office_, "staff", "FundingCallService/CreateFundingCall", write);
  st::PublishFundingCallRequest publish;
  publish.set_name(call.name());
  publish.set_etag(call.etag());
  const auto early =
      Call<st::FundingCall>(office_, "director", "FundingCallService/PublishFundingCall", publish);
  EXPECT_EQ(RuleOf(early.status()), "CO_APPROVAL_MISSING");
  st::CoApproveFundingCallRequest agree;
  agree.set_criteria_digest(call.criteria_digest());
  Move(dilico, "elder", "FundingCallService/CoApproveFundingCall", &call, agree);
  // The criteria are rewritten, and nobody has agreed to the new ones.
  st::ReviseFundingCallRequest revise;
  *revise.mutable_funding_call() = ReadCall(call.name());
  revise.mutable_funding_call()->mutable_criteria(0)->set_max_points(5);
  call = Must<st::FundingCall>(office_, "staff", "FundingCallService/ReviseFundingCall", revise);
  EXPECT_EQ(call.co_approvals_size(), 0);
  publish.set_etag(call.etag());
  const auto voided =
      Call<st::FundingCall>(office_, "director", "FundingCallService/PublishFundingCall", publish);
  EXPECT_EQ(RuleOf(voided.status()), "CO_APPROVAL_MISSING");
  agree.set_name(call.name());
  agree.set_etag(call.etag());
  const auto stale = Call<st::FundingCall>(dilico, "elder", "FundingCallService/CoApproveFundingCall", agree);
  EXPECT_EQ(RuleOf(stale.status()), "CO_APPROVAL_STALE");
  agree.set_criteria_digest(call.criteria_digest());
  Move(dilico, "elder", "FundingCallService/CoApproveFundingCall", &call, agree);
  Move<st::PublishFundingCallRequest>(office_, "director", "FundingCallService/PublishFundingCall", &call);
  EXPECT_EQ(call.state(), st::FUNDING_CALL_STATE_SCHEDULED);
}

}  // namespace
}  // namespace accord::e2e
