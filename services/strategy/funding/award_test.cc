#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/testing/postgres.h"
#include "services/strategy/testing/award_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class Awards : public AwardFixture, public ::testing::WithParamInterface<bool> {
 protected:
  Awards() : AwardFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  // This makes an envelope of which this much is left.
  v1::Envelope With(int64_t left) {
    const v1::Envelope envelope = Announced("cbsf");
    v1::Allocation most;
    EXPECT_EQ(Plan(envelope, envelope.total_cents() - left, &most, "2026-27"), "");
    EXPECT_EQ(Commit(&most), "");
    return envelope;
  }
  std::string GiveUp(v1::FundingApplication* application, const Caller& caller) {
    v1::RefuseFundingAwardRequest request;
    request.set_reason("we have another grant");
    return Move(caller, application, request);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Awards, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(Awards, OfTwentyThatAreApprovedAtOnceAreThoseThatTheEnvelopeHolds) {
  const v1::Envelope envelope = With(999999);
  Round round = Decided(20, envelope.name());
  std::atomic<int> approved{0}, exceeded{0}, other{0};
  std::vector<std::thread> directors;
  for (v1::FundingApplication& application : round.applications) {
    directors.emplace_back([&, mine = &application] {
      const std::string rule = Approve(mine);
      ++(rule.empty() ? approved : rule == "ENVELOPE_EXCEEDED" ? exceeded : other);
    });
  }
  for (std::thread& director : directors) director.join();
  EXPECT_EQ(approved, 3);
  EXPECT_EQ(exceeded, 17);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(CommittedOf(envelope), envelope.total_cents() - 99999);
  int stored = 0;
  for (const v1::FundingApplication& application : round.applications) {
    stored += Read(application, writer_).state() == v1::FUNDING_APPLICATION_STATE_APPROVED ? 1 : 0;
  }
  EXPECT_EQ(stored, 3) << "row and reserve are both there or neither";
}

TEST_P(Awards, AreNotOneCentMoreThanTheEnvelopeHolds) {
  const v1::Envelope envelope = With(299999);
  Round round = Decided(1, envelope.name());
  EXPECT_EQ(Approve(&round.applications[0]), "ENVELOPE_EXCEEDED");
  EXPECT_FALSE(Read(round.applications[0], writer_).has_awarded_cents());
}

TEST_P(Awards, LeaveNothingReservedWhereTheRowIsNotWritten) {
  const v1::Envelope envelope = With(300000);
  Round round = Decided(1, envelope.name());
  v1::FundingApplication stale = round.applications[0];
  stale.set_etag("another");
  EXPECT_EQ(Approve(&stale), "ETAG_MISMATCH");
  EXPECT_EQ(CommittedOf(envelope), envelope.total_cents() - 300000);
  EXPECT_EQ(Approve(&round.applications[0]), "");
}

TEST_P(Awards, FollowTheDecisionOfTheirCall) {
  Round round = Evaluated(1);
  ScoreBoth(&round, 0, 5, 2);
  v1::FundingApplication application = Read(round.applications[0], writer_);
  EXPECT_EQ(Approve(&application), "CALL_NOT_AT_STEP") << "nothing is approved before what it hangs from";
}

TEST_P(Awards, AreWhatThePanelRecommends) {
  Round round = Evaluated(1);
  ScoreBoth(&round, 0, 5, 2);
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  ASSERT_EQ(Recommend(round.applications[0], 0, chair_), "");
  ASSERT_EQ(Step(round.call, chair_, v1::ConcludeFundingCallRequest()), "");
  ASSERT_EQ(Step(round.call, head_, v1::DecideFundingCallRequest()), "");
  v1::FundingApplication application = Read(round.applications[0], writer_);
  EXPECT_EQ(Approve(&application), "NOT_RECOMMENDED");
}

// A director of the office may be on the panel.
TEST_P(Awards, AreApprovedByNobodyWhoWroteOrRevisedWhatThePanelRecommends) {
  const Caller both = PanelDirector();
  const Round round = ScoredBesideTheDirector();
  ASSERT_EQ(Recommend(round.applications[0], 300000, both), "");
  ASSERT_EQ(Recommend(round.applications[1], 200000, chair_), "");
  v1::ListPanelDecisionsRequest list;
  list.set_funding_call(round.call.name());
  const auto listed = Must(Call<v1::ListPanelDecisionsResponse>(both, list));
  v1::RevisePanelDecisionRequest revise;
  for (const v1::PanelDecision& decision : listed.panel_decisions()) {
    if (decision.funding_application() != round.applications[1].name()) continue;
    *revise.mutable_panel_decision() = decision;
  }
  revise.mutable_panel_decision()->set_amount_cents(300000);
  // The recommendation cannot be moved to another application either.
  revise.mutable_panel_decision()->set_funding_application(round.applications[0].name());
  EXPECT_EQ(RuleOfRequest(both, revise), "FIELD_INVALID");
  revise.mutable_panel_decision()->set_funding_application(round.applications[1].name());
  ASSERT_EQ(RuleOfRequest(both, revise), "");
  ASSERT_EQ(Step(round.call, chair_, v1::ConcludeFundingCallRequest()), "");
  const Caller other = Funded("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                              annotations::v1::ROLE_OFFICE_DIRECTOR, "another");
  ASSERT_EQ(Step(round.call, other, v1::DecideFundingCallRequest()), "");
  for (const v1::FundingApplication& each : round.applications) {
    v1::FundingApplication application = Read(each, writer_);
    EXPECT_EQ(Approve(&application), "SAME_PERSON");
    EXPECT_EQ(Move(other, &application, Approval()), "");
  }
}

TEST_P(Awards, HaveYearsThatAddUpToWhatIsRecommended) {
  Round round = Decided(1);
  for (const int64_t cents : {int64_t{299999}, int64_t{300001}}) {
    EXPECT_EQ(Move(head_, &round.applications[0], Approval(cents)), "YEARS_DO_NOT_SUM") << cents;
  }
}

TEST_P(Awards, ThatAreDeclinedTellTheOrganisationAndShowItNoScore) {
  Round round = Decided(1);
  v1::DeclineFundingApplicationRequest decline;
  decline.set_feedback("The region is served by another place.");
  ASSERT_EQ(Move(head_, &round.applications[0], decline), "");
  EXPECT_EQ(Read(round.applications[0], applicant_).feedback(), "The region is served by another place.");
  v1::ListFundingAssessmentsRequest scores;
  scores.set_funding_application(round.applications[0].name());
  EXPECT_NE(RuleOfRequest(applicant_, scores), "");
  v1::ListPanelDecisionsRequest decisions;
  decisions.set_funding_call(round.call.name());
  EXPECT_NE(RuleOfRequest(applicant_, decisions), "");
}

TEST_P(Awards, ThatAreGivenUpGoBackToTheCallAndItsEnvelope) {
  const v1::Envelope envelope = With(300000);
  Round round = Decided(2, envelope.name());
  ASSERT_EQ(Approve(&round.applications[0]), "");
  EXPECT_EQ(Approve(&round.applications[1]), "ENVELOPE_EXCEEDED");
  v1::FundingAgreement agreement;
  ASSERT_EQ(Offer(round.applications[0], &agreement), "");
  EXPECT_EQ(GiveUp(&round.applications[0], rival_), "NOT_FOUND");
  ASSERT_EQ(GiveUp(&round.applications[0], applicant_), "");
  EXPECT_EQ(Sign(&agreement, head_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Approve(&round.applications[1]), "");
}

TEST_P(Awards, AreAgreedToByBothSidesOfTheSameText) {
  const v1::Envelope envelope = With(300000);
  Round round = Decided(1, envelope.name());
  v1::FundingAgreement agreement;
  EXPECT_EQ(Offer(round.applications[0], &agreement), "NOT_APPROVED");
  ASSERT_EQ(Approve(&round.applications[0]), "");
  ASSERT_EQ(Offer(round.applications[0], &agreement), "");
  v1::FundingAgreement another;
  EXPECT_EQ(Offer(round.applications[0], &another), "ALREADY_RECORDED");
  v1::SignFundingAgreementRequest other_text;
  other_text.set_text_sha256(std::string(64, 'c'));
  EXPECT_EQ(Move(applicant_, &agreement, other_text), "AGREEMENT_CHANGED");
  EXPECT_EQ(Sign(&agreement, writer_), "NOT_A_SIGNER");
  EXPECT_EQ(Sign(&agreement, writer_, "file 7"), "NOT_A_SIGNER") << "the organisation is no paper one";
  ASSERT_EQ(Sign(&agreement, applicant_), "");
  EXPECT_EQ(Sign(&agreement, applicant_), "ALREADY_SIGNED");
  ASSERT_EQ(Sign(&agreement, head_), "");
  EXPECT_EQ(agreement.state(), v1::FUNDING_AGREEMENT_STATE_IN_FORCE);
  EXPECT_EQ(Read(round.applications[0], applicant_).state(), v1::FUNDING_APPLICATION_STATE_AGREEMENT);
  ASSERT_THAT(agreement.allocations(), SizeIs(1));
  v1::GetAllocationRequest get;
  get.set_name(agreement.allocations(0));
  const auto allocation = Must(Call<v1::Allocation>(writer_, get));
  EXPECT_EQ(allocation.state(), v1::ALLOCATION_STATE_COMMITTED);
  EXPECT_EQ(allocation.recipient(), "or-shelter");
  EXPECT_EQ(CommittedOf(envelope), envelope.total_cents()) << "the money was taken once";
}

TEST_P(Awards, OfAnOrganisationOnPaperAreSignedByItsPaperAndTwoPeople) {
  const v1::FundingCall call = Opened();
  v1::CreateFundingApplicationRequest request = NewApplication(call, "co-pahtco");
  request.mutable_funding_application()->set_applicant_kind(
      annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION);
  *request.mutable_funding_application()->mutable_received_at() = ToProto(Opening());
  v1::FundingApplication paper = Must(Call<v1::FundingApplication>(writer_, request));
  ASSERT_EQ(Submit(&paper, writer_), "");
  Close();
  ASSERT_EQ(Screen(&paper, writer_), "");
  v1::FundingAssessment by_ann = Ready(paper, ann_), by_ben = Ready(paper, ben_);
  ASSERT_EQ(BeginEvaluation(call), "");
  ASSERT_EQ(Score(&by_ann, ann_, 5, 2), "");
  ASSERT_EQ(Score(&by_ben, ben_, 5, 2), "");
  ASSERT_EQ(Declare(paper, chair_), "");
  ASSERT_EQ(Recommend(paper, 300000, chair_), "");
  ASSERT_EQ(Step(call, chair_, v1::ConcludeFundingCallRequest()), "");
  ASSERT_EQ(Step(call, head_, v1::DecideFundingCallRequest()), "");
  paper = Read(paper, writer_);
  ASSERT_EQ(Approve(&paper), "");
  v1::FundingAgreement agreement;
  ASSERT_EQ(Offer(paper, &agreement), "");
  EXPECT_EQ(agreement.recipient(), "");
  EXPECT_EQ(Sign(&agreement, writer_), "NOT_A_SIGNER") << "nobody says where the paper lies";
  ASSERT_EQ(Sign(&agreement, head_), "");
  Caller both = head_;
  both.roles.push_back(annotations::v1::ROLE_OFFICE_STAFF);
  EXPECT_EQ(Sign(&agreement, both, "file 7"), "SAME_PERSON");
  ASSERT_EQ(Sign(&agreement, writer_, "file 7"), "");
  EXPECT_EQ(agreement.state(), v1::FUNDING_AGREEMENT_STATE_IN_FORCE);
  EXPECT_THAT(agreement.allocations(), IsEmpty()) << "the call is of no envelope";
}

TEST_P(Awards, AreOfferedAnewOnceTheOfficeHasTakenBackWhatWasWrong) {
  const v1::Envelope envelope = With(1000000);
  Round round = Decided(1, envelope.name());
  v1::FundingApplication& application = round.applications[0];
  ASSERT_EQ(Approve(&application), "");
  const int64_t committed = CommittedOf(envelope);
  v1::FundingAgreement wrong, second, third;
  ASSERT_EQ(Offer(application, &wrong), "");
  EXPECT_EQ(Offer(application, &second), "ALREADY_RECORDED");
  ASSERT_EQ(Sign(&wrong, applicant_), "");
  v1::TakeBackFundingAgreementRequest take_back;
  take_back.set_reason("a report is due on another day");
  EXPECT_EQ(Move(applicant_, &wrong, take_back), "AGENCY_KIND_NOT_PERMITTED");
  ASSERT_EQ(Move(writer_, &wrong, take_back), "");
  EXPECT_EQ(wrong.state(), v1::FUNDING_AGREEMENT_STATE_TAKEN_BACK);
  EXPECT_EQ(wrong.taken_back_reason(), "a report is due on another day");
  EXPECT_EQ(Sign(&wrong, head_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(CommittedOf(envelope), committed) << "the award stands, and its money with it";
  ASSERT_EQ(Offer(application, &second), "");
  EXPECT_EQ(Offer(application, &third), "ALREADY_RECORDED");
  ASSERT_EQ(Sign(&second, applicant_), "");
  ASSERT_EQ(Sign(&second, head_), "");
  EXPECT_EQ(Read(application, writer_).state(), v1::FUNDING_APPLICATION_STATE_AGREEMENT);
  EXPECT_EQ(Move(writer_, &second, take_back), "STATE_NOT_PERMITTED") << "both sides have signed";
}

TEST_P(Awards, CanBeGivenUpWhileNoAgreementIsOffered) {
  Round round = Decided(1);
  v1::FundingApplication& application = round.applications[0];
  ASSERT_EQ(Approve(&application), "");
  v1::FundingAgreement agreement;
  ASSERT_EQ(Offer(application, &agreement), "");
  v1::TakeBackFundingAgreementRequest take_back;
  take_back.set_reason("a report is due on another day");
  ASSERT_EQ(Move(writer_, &agreement, take_back), "");
  EXPECT_EQ(GiveUp(&application, applicant_), "");
  v1::GetFundingAgreementRequest get;
  get.set_name(agreement.name());
  EXPECT_EQ(Must(Call<v1::FundingAgreement>(writer_, get)).state(), v1::FUNDING_AGREEMENT_STATE_TAKEN_BACK);
}

TEST_P(Awards, LeaveNothingOpenOnceACallIsContracted) {
  Round round = Decided(2);
  EXPECT_EQ(Step(round.call, writer_, v1::ContractFundingCallRequest()), "AWARDS_OPEN");
  v1::DeclineFundingApplicationRequest decline;
  decline.set_feedback("Not this time.");
  ASSERT_EQ(Move(head_, &round.applications[1], decline), "");
  v1::FundingAgreement agreement = InForce(&round.applications[0], applicant_);
  v1::RecordFundingAgreementReportRequest report;
  report.set_due("2026-12-20");
  report.set_received_on("2026-12-16");
  EXPECT_EQ(Move(writer_, &agreement, report), "EVENT_IN_FUTURE");
  report.set_received_on("2026-12-14");
  ASSERT_EQ(Move(writer_, &agreement, report), "");
  EXPECT_EQ(Move(writer_, &agreement, report), "ALREADY_RECORDED");
  EXPECT_EQ(Step(round.call, writer_, v1::ContractFundingCallRequest()), "");
}

}  // namespace
}  // namespace accord::strategy
