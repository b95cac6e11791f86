#include <string>
#include <utility>
#include <vector>

#include "common/testing/postgres.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::SizeIs;

// Every test runs on each kind of database.
class CallDecisions : public FundingFixture, public ::testing::WithParamInterface<bool> {
 protected:
  CallDecisions() : FundingFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  std::string Conclude(const Round& round) {
    return Step(round.call, chair_, v1::ConcludeFundingCallRequest());
  }
  std::string Decide(const Round& round) { return Step(round.call, head_, v1::DecideFundingCallRequest()); }
  std::string BreakTie(const Round& round, std::size_t ahead, std::size_t behind, const Caller& caller) {
    v1::BreakFundingCallTieRequest request;
    request.set_ahead(round.applications[ahead].name());
    request.set_behind(round.applications[behind].name());
    request.set_reason("the region has no other place");
    return Step(round.call, caller, request);
  }
  const Caller member_ =
      Funded("min-mcss", annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_FUND_PANEL, "member");
  // This makes a call whose panel has a member beside the chair.
  static v1::CreateFundingCallRequest WithMember() {
    v1::CreateFundingCallRequest request = NewFundingCall();
    auto* member = request.mutable_funding_call()->add_panel();
    member->set_agency("min-mcss");
    member->set_person("member");
    return request;
  }
  // The chair has declared, and each application has these scores and a recommendation of this amount.
  Round Recommended(const std::vector<int>& points, const std::vector<int64_t>& cents,
                    int64_t available_cents = 100000000) {
    Round round = Evaluated(static_cast<int>(points.size()), NewFundingCall(available_cents));
    for (std::size_t i = 0; i < points.size(); ++i) {
      ScoreBoth(&round, i, points[i], 2);
      EXPECT_EQ(Declare(round.applications[i], chair_), "");
      EXPECT_EQ(Recommend(round.applications[i], cents[i], chair_), "");
    }
    return round;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, CallDecisions, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(CallDecisions, FollowWhatTheChairConcludedAndTheDirectorAccepts) {
  const Round round = Recommended({9, 5}, {300000, 0});
  EXPECT_EQ(Decide(round), "NOTHING_PROPOSED");
  ASSERT_EQ(Conclude(round), "");
  const std::string digest = ReadCall(round.call, writer_).concluded_digest();
  ASSERT_EQ(Conclude(round), "") << "whoever concludes again concludes the same";
  EXPECT_EQ(ReadCall(round.call, writer_).concluded_digest(), digest);
  ASSERT_EQ(Decide(round), "");
  EXPECT_EQ(ReadCall(round.call, police_).state(), v1::FUNDING_CALL_STATE_DECIDED);
}

TEST_P(CallDecisions, WaitUntilThePanelHasBrokenEachTie) {
  const Round round = Recommended({5, 5, 9}, {300000, 0, 300000});
  EXPECT_EQ(Conclude(round), "TIE_UNRESOLVED");
  EXPECT_EQ(BreakTie(round, 0, 2, chair_), "NOT_TIED");
  EXPECT_EQ(BreakTie(round, 0, 0, chair_), "NOT_TIED");
  EXPECT_EQ(BreakTie(round, 0, 1, member_), "NOT_THE_CHAIR");
  ASSERT_EQ(BreakTie(round, 1, 0, chair_), "");
  EXPECT_EQ(BreakTie(round, 0, 1, chair_), "NOT_TIED") << "a second word does not undo the first";
  ASSERT_EQ(Conclude(round), "");
  EXPECT_THAT(ReadCall(round.call, writer_).tie_breaks(), SizeIs(1));
  EXPECT_THAT(ReadCall(round.call, applicant_).tie_breaks(), SizeIs(0));
}

TEST_P(CallDecisions, LeaveATieToTheChairWhoHasDeclaredAboutBothAndHasNoConflict) {
  Round round = Evaluated(2, WithMember());
  for (std::size_t i = 0; i < 2; ++i) ScoreBoth(&round, i, 5, 2);
  EXPECT_EQ(BreakTie(round, 0, 1, chair_), "CONFLICT_NOT_DECLARED");
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  EXPECT_EQ(BreakTie(round, 0, 1, chair_), "CONFLICT_NOT_DECLARED") << "that is one of the two";
  // A chair who has not declared yet has no conflict, so nobody stands in.
  for (const v1::FundingApplication& each : round.applications) ASSERT_EQ(Declare(each, member_), "");
  EXPECT_EQ(BreakTie(round, 0, 1, member_), "NOT_THE_CHAIR");
  ASSERT_EQ(Declare(round.applications[1], chair_), "");
  EXPECT_EQ(BreakTie(round, 0, 1, member_), "NOT_THE_CHAIR");
  EXPECT_EQ(BreakTie(round, 0, 1, chair_), "");
}

TEST_P(CallDecisions, LeaveATieToAnotherMemberWhereTheChairHasAConflict) {
  Round round = Evaluated(2, WithMember());
  for (std::size_t i = 0; i < 2; ++i) ScoreBoth(&round, i, 5, 2);
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  ASSERT_EQ(Declare(round.applications[1], chair_, v1::CONFLICT_KIND_FAMILY), "");
  EXPECT_EQ(BreakTie(round, 0, 1, chair_), "CONFLICT_NOT_DECLARED");
  EXPECT_EQ(BreakTie(round, 1, 0, member_), "CONFLICT_NOT_DECLARED") << "the member declares first, too";
  for (const v1::FundingApplication& each : round.applications) ASSERT_EQ(Declare(each, member_), "");
  const Caller stranger =
      Funded("min-mcss", annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_FUND_PANEL, "stranger");
  EXPECT_EQ(BreakTie(round, 1, 0, stranger), "NOT_THE_CHAIR") << "who is on no panel of this call";
  ASSERT_EQ(BreakTie(round, 1, 0, member_), "");
  EXPECT_EQ(ReadCall(round.call, writer_).tie_breaks(0).person(), "member");
}

TEST_P(CallDecisions, AreConcludedByAnotherMemberWhereTheChairHasAConflict) {
  Round round = Evaluated(2, WithMember());
  for (std::size_t i = 0; i < 2; ++i) {
    ScoreBoth(&round, i, 9 - static_cast<int>(i), 2);
    ASSERT_EQ(Declare(round.applications[i], member_), "");
    ASSERT_EQ(Recommend(round.applications[i], 300000, member_), "");
  }
  const v1::ConcludeFundingCallRequest conclude;
  EXPECT_EQ(Conclude(round), "CONFLICT_NOT_DECLARED") << "the chair has declared about neither";
  EXPECT_EQ(Step(round.call, member_, conclude), "NOT_THE_CHAIR") << "and can still do so";
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  ASSERT_EQ(Declare(round.applications[1], chair_, v1::CONFLICT_KIND_FAMILY), "");
  EXPECT_EQ(Conclude(round), "CONFLICT_NOT_DECLARED") << "the order is one of all";
  const Caller stranger =
      Funded("min-mcss", annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_FUND_PANEL, "stranger");
  EXPECT_EQ(Step(round.call, stranger, conclude), "NOT_THE_CHAIR") << "who is on no panel of this call";
  EXPECT_EQ(ReadCall(round.call, writer_).concluded_digest(), "") << "nothing of it is kept";
  ASSERT_EQ(Step(round.call, member_, conclude), "");
  EXPECT_EQ(Decide(round), "");
}

// The director, who is on the panel here, decides about recommendations of others.
TEST_P(CallDecisions, AreAcceptedByADirectorWhoRecommendedNothing) {
  const Caller both = PanelDirector();
  const Round round = ScoredBesideTheDirector();
  for (std::size_t i = 0; i < 2; ++i) {
    ASSERT_EQ(Recommend(round.applications[i], 300000, i == 0 ? chair_ : both), "");
  }
  ASSERT_EQ(Conclude(round), "");
  EXPECT_EQ(Decide(round), "SAME_PERSON") << "one of the two is enough";
  EXPECT_EQ(ReadCall(round.call, writer_).state(), v1::FUNDING_CALL_STATE_EVALUATION);
  const Caller other = Funded("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                              annotations::v1::ROLE_OFFICE_DIRECTOR, "another");
  EXPECT_EQ(Step(round.call, other, v1::DecideFundingCallRequest()), "");
}

TEST_P(CallDecisions, PutManyInOrderByOneTieBreakFewerAndNeverRoundInACircle) {
  const Round round = Recommended({5, 5, 5, 5}, {300000, 300000, 300000, 300000});
  ASSERT_EQ(BreakTie(round, 2, 0, chair_), "");
  ASSERT_EQ(BreakTie(round, 0, 3, chair_), "");
  EXPECT_EQ(BreakTie(round, 3, 2, chair_), "NOT_TIED") << "the third one comes after the first one already";
  EXPECT_EQ(BreakTie(round, 2, 3, chair_), "NOT_TIED") << "that follows";
  EXPECT_EQ(Conclude(round), "TIE_UNRESOLVED");
  ASSERT_EQ(BreakTie(round, 3, 1, chair_), "");
  EXPECT_EQ(Conclude(round), "");
}

TEST_P(CallDecisions, AreOfWhatTheChairConcludedAndNothingNewer) {
  Round round = Recommended({9, 5}, {300000, 300000});
  ASSERT_EQ(Conclude(round), "");
  v1::ListPanelDecisionsRequest list;
  list.set_funding_call(round.call.name());
  const auto listed = Must(Call<v1::ListPanelDecisionsResponse>(chair_, list));
  ASSERT_THAT(listed.panel_decisions(), SizeIs(2));
  v1::RevisePanelDecisionRequest revise;
  *revise.mutable_panel_decision() = listed.panel_decisions(0);
  revise.mutable_panel_decision()->set_amount_cents(200000);
  ASSERT_EQ(RuleOfRequest(chair_, revise), "");
  EXPECT_EQ(Decide(round), "RANKS_CHANGED");
  ASSERT_EQ(Conclude(round), "");
  v1::ReopenFundingAssessmentRequest reopen;
  reopen.set_reason("a page was missed");
  v1::FundingAssessment assessment = ReadAssessment(round.by_ann[0], chair_);
  ASSERT_EQ(Move(chair_, &assessment, reopen), "");
  EXPECT_EQ(Decide(round), "RANKS_CHANGED");
}

TEST_P(CallDecisions, RecommendNoMoreThanTheCallHasToGive) {
  const Round beyond = Recommended({9, 5}, {300000, 300000}, 599999);
  ASSERT_EQ(Conclude(beyond), "");
  EXPECT_EQ(Decide(beyond), "ENVELOPE_EXCEEDED") << "one cent more than there is";
}

TEST_P(CallDecisions, RecommendAllThatTheCallHasToGive) {
  const Round exactly = Recommended({9, 5}, {300000, 300000}, 600000);
  ASSERT_EQ(Conclude(exactly), "");
  EXPECT_EQ(Decide(exactly), "");
}

TEST_P(CallDecisions, RecommendAnAmountThatWasAskedForOrNoneAtAll) {
  Round round = Evaluated(1);
  ScoreBoth(&round, 0, 5, 2);
  EXPECT_EQ(Recommend(round.applications[0], 300000, chair_), "NOT_FOUND") << "nothing was declared";
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  EXPECT_EQ(Recommend(round.applications[0], 300001, chair_), "AMOUNT_INVALID");
  v1::CreatePanelDecisionRequest request;
  auto* decision = request.mutable_panel_decision();
  decision->set_funding_application(round.applications[0].name());
  decision->set_recommendation(v1::RECOMMENDATION_NOT_RECOMMENDED);
  decision->set_reasons("by the scores");
  decision->set_amount_cents(0);
  EXPECT_EQ(RuleOfRequest(chair_, request), "AMOUNT_INVALID") << "nothing is no 0";
  ASSERT_EQ(Conclude(round), "DECISION_MISSING");
  ASSERT_EQ(Recommend(round.applications[0], 300000, chair_), "");
  EXPECT_EQ(Recommend(round.applications[0], 1, chair_), "ALREADY_RECORDED");
}

// The office reads every application, but this gives no rights to a panel member of the office.
TEST_P(CallDecisions, AreRecommendedByNobodyOfTheOfficeBeforeADeclarationOrDespiteAConflict) {
  v1::CreateFundingCallRequest request = NewFundingCall();
  auto* member = request.mutable_funding_call()->add_panel();
  member->set_agency("co-pahtco");
  member->set_person("director");
  Round round = Evaluated(1, request);
  ScoreBoth(&round, 0, 5, 2);
  const v1::FundingApplication& application = round.applications[0];
  Caller torn = head_;
  torn.roles.push_back(annotations::v1::ROLE_FUND_PANEL);
  EXPECT_EQ(Recommend(application, 300000, torn), "CONFLICT_NOT_DECLARED");
  v1::ConflictDeclaration declaration;
  ASSERT_EQ(Declare(application, torn, v1::CONFLICT_KIND_RECENT_COLLABORATION, &declaration), "");
  EXPECT_EQ(Recommend(application, 300000, torn), "CONFLICT_NOT_DECLARED");
  // The same person cannot change it either once another person has recommended.
  ASSERT_EQ(Declare(application, chair_), "");
  ASSERT_EQ(Recommend(application, 300000, chair_), "");
  v1::ListPanelDecisionsRequest list;
  list.set_funding_call(round.call.name());
  const auto listed = Must(Call<v1::ListPanelDecisionsResponse>(chair_, list));
  ASSERT_THAT(listed.panel_decisions(), SizeIs(1));
  v1::RevisePanelDecisionRequest revise;
  *revise.mutable_panel_decision() = listed.panel_decisions(0);
  revise.mutable_panel_decision()->set_amount_cents(200000);
  EXPECT_EQ(RuleOfRequest(torn, revise), "CONFLICT_NOT_DECLARED");
  // Another director clears the conflict, because nobody clears the own one.
  v1::RuleConflictDeclarationRequest clear;
  clear.set_cleared(true);
  clear.set_reason("it was long ago");
  EXPECT_EQ(Move(torn, &declaration, clear), "SAME_PERSON");
  EXPECT_EQ(RuleOfRequest(torn, revise), "CONFLICT_NOT_DECLARED");
  const Caller other = Funded("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                              annotations::v1::ROLE_OFFICE_DIRECTOR, "another");
  ASSERT_EQ(Move(other, &declaration, clear), "");
  EXPECT_EQ(RuleOfRequest(torn, revise), "");
}

TEST_P(CallDecisions, AreTakenByNobodyWhoseAgencyApplies) {
  v1::CreateFundingCallRequest request = NewFundingCall();
  auto* member = request.mutable_funding_call()->add_panel();
  member->set_agency("or-youth");
  member->set_person("member");
  const Round round = Evaluated(2, request);
  const Caller torn = Funded("or-youth", annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION,
                             annotations::v1::ROLE_FUND_PANEL, "member");
  EXPECT_EQ(Declare(round.applications[0], torn), "SCORER_CONFLICTED") << "found though it was not declared";
  EXPECT_EQ(ReadApplication(round.applications[0], torn), "NOT_FOUND");
}

TEST_P(CallDecisions, OfACallWithIndigenousPartnersHaveTheConcurrenceOfTheirMembers) {
  v1::CreateFundingCallRequest request = NewFundingCall();
  request.mutable_funding_call()->add_co_approvers("io-elders");
  auto* member = request.mutable_funding_call()->add_panel();
  member->set_agency("io-elders");
  member->set_person("elder");
  const Caller elder = Funded("io-elders", annotations::v1::AGENCY_KIND_INDIGENOUS_ORGANISATION,
                              annotations::v1::ROLE_FUND_PANEL, "elder");
  Round round = Evaluated(1, request);
  ScoreBoth(&round, 0, 5, 2);
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  ASSERT_EQ(Recommend(round.applications[0], 300000, chair_), "");
  ASSERT_EQ(Conclude(round), "");
  EXPECT_EQ(Decide(round), "CONCURRENCE_MISSING");
  v1::ConcurFundingCallRequest concur;
  concur.set_concluded_digest(std::string(64, 'd'));
  EXPECT_EQ(Step(round.call, elder, concur), "RANKS_CHANGED");
  concur.set_concluded_digest(ReadCall(round.call, elder).concluded_digest());
  EXPECT_EQ(Step(round.call, chair_, concur), "NOT_ASKED");
  ASSERT_EQ(Step(round.call, elder, concur), "");
  EXPECT_EQ(Decide(round), "");
}

TEST_P(CallDecisions, ComeAfterAScreeningAndScorersOfEachApplication) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication application = Submitted(call, applicant_);
  EXPECT_EQ(BeginEvaluation(call), "STATE_NOT_PERMITTED") << "nobody closes a call early";
  Close();
  EXPECT_EQ(BeginEvaluation(call), "NOT_SCREENED");
  EXPECT_EQ(Assign(application, ann_), "NOT_SCREENED");
  ASSERT_EQ(Screen(&application, writer_), "");
  Ready(application, ann_);
  EXPECT_EQ(BeginEvaluation(call), "SCORERS_MISSING");
  ASSERT_EQ(Assign(application, ben_), "");
  EXPECT_EQ(BeginEvaluation(call), "SCORERS_MISSING") << "one has not declared";
  ASSERT_EQ(Declare(application, ben_), "");
  EXPECT_EQ(BeginEvaluation(call), "");
}

TEST_P(CallDecisions, LeaveNoWayInForALateApplicationOnceTheEvaluationHasBegun) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication late = Started(call, rival_);
  v1::FundingApplication application = Submitted(call, applicant_);
  Close();
  v1::ProposeLateFundingApplicationRequest propose;
  propose.set_reason("a storm");
  ASSERT_EQ(Move(head_, &late, propose), "");
  ASSERT_EQ(Screen(&application, writer_), "");
  Ready(application, ann_);
  Ready(application, ben_);
  ASSERT_EQ(BeginEvaluation(call), "");
  EXPECT_EQ(Move(writer_, &late, v1::AdmitLateFundingApplicationRequest()), "CALL_NOT_AT_STEP");
  EXPECT_EQ(Read(late, rival_).state(), v1::FUNDING_APPLICATION_STATE_STARTED);
}

}  // namespace
}  // namespace accord::strategy
