#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/testing/postgres.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::AnyOf;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class FundingAssessments : public FundingFixture, public ::testing::WithParamInterface<bool> {
 protected:
  FundingAssessments() : FundingFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  // This gives an application that is eligible, in a call that has just closed.
  v1::FundingApplication Eligible() {
    v1::FundingApplication application = Submitted(Opened(), applicant_);
    Close();
    EXPECT_EQ(Screen(&application, writer_), "");
    return application;
  }
  std::string ReadBy(const v1::FundingAssessment& assessment, const Caller& caller,
                     v1::FundingAssessment* read = nullptr) {
    v1::GetFundingAssessmentRequest get;
    get.set_name(assessment.name());
    return Rule(Call<v1::FundingAssessment>(caller, get), read);
  }
  int ListedTo(const v1::FundingApplication& application, const Caller& caller) {
    v1::ListFundingAssessmentsRequest list;
    list.set_funding_application(application.name());
    return Must(Call<v1::ListFundingAssessmentsResponse>(caller, list)).funding_assessments_size();
  }
  std::string RuleOn(v1::ConflictDeclaration* declaration, bool cleared) {
    v1::RuleConflictDeclarationRequest request;
    request.set_cleared(cleared);
    request.set_reason("it was long ago");
    return Move(head_, declaration, request);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, FundingAssessments, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(FundingAssessments, AreOfWhoDeclaredBeforeTheFirstRead) {
  const v1::FundingApplication application = Eligible();
  v1::FundingAssessment assessment;
  ASSERT_EQ(Assign(application, ann_, &assessment), "");
  EXPECT_EQ(ReadApplication(application, ann_), "NOT_FOUND") << "nothing opens before the declaration";
  EXPECT_EQ(Move(ann_, &assessment, NewScores(5, 2)), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Declare(application, ben_), "NOT_FOUND") << "whoever is not assigned learns nothing";
  ASSERT_EQ(Declare(application, ann_), "");
  EXPECT_EQ(ReadApplication(application, ann_), "");
  EXPECT_EQ(ReadAssessment(assessment, ann_).state(), v1::FUNDING_ASSESSMENT_STATE_DECLARED);
}

TEST_P(FundingAssessments, OfWhoHasAConflictThatIsNeverClearedAreGivenToAnother) {
  const v1::FundingApplication application = Eligible();
  v1::FundingAssessment assessment;
  ASSERT_EQ(Assign(application, ann_, &assessment), "");
  ASSERT_EQ(Assign(application, ben_), "");
  EXPECT_EQ(Assign(application, cam_), "SCORERS_SUFFICE");
  v1::ConflictDeclaration declaration;
  ASSERT_EQ(Declare(application, ann_, v1::CONFLICT_KIND_EMPLOYMENT, &declaration), "");
  EXPECT_EQ(ReadApplication(application, ann_), "NOT_FOUND");
  EXPECT_EQ(RuleOn(&declaration, true), "CONFLICT_NEVER_CLEARED");
  ASSERT_EQ(RuleOn(&declaration, false), "");
  EXPECT_EQ(ReadAssessment(assessment, ann_).state(), v1::FUNDING_ASSESSMENT_STATE_RECUSED);
  EXPECT_EQ(Assign(application, ann_), "ALREADY_RECORDED") << "nobody comes back by another assignment";
  EXPECT_EQ(Assign(application, cam_), "");
}

TEST_P(FundingAssessments, OfWhoHasAConflictThatTheDirectorClearsGoOn) {
  const v1::FundingApplication application = Eligible();
  ASSERT_EQ(Assign(application, ann_), "");
  v1::ConflictDeclaration declaration;
  ASSERT_EQ(Declare(application, ann_, v1::CONFLICT_KIND_RECENT_COLLABORATION, &declaration), "");
  EXPECT_EQ(Declare(application, ann_), "ALREADY_RECORDED") << "a second word does not undo the first";
  ASSERT_EQ(RuleOn(&declaration, true), "");
  EXPECT_EQ(ReadApplication(application, ann_), "");
}

TEST_P(FundingAssessments, SayWhatTheConflictIsToTheDirectorAlone) {
  const v1::FundingApplication application = Eligible();
  ASSERT_EQ(Assign(application, ann_), "");
  v1::ConflictDeclaration declaration;
  ASSERT_EQ(Declare(application, ann_, v1::CONFLICT_KIND_OTHER, &declaration), "");
  v1::GetConflictDeclarationRequest get;
  get.set_name(declaration.name());
  EXPECT_EQ(Must(Call<v1::ConflictDeclaration>(head_, get)).text(), "we worked together");
  EXPECT_EQ(RuleOfRequest(ben_, get), "NOT_FOUND");
  EXPECT_EQ(RuleOfRequest(writer_, get), "ROLE_NOT_PERMITTED");
  EXPECT_THAT(RuleOfRequest(applicant_, get), AnyOf("ROLE_NOT_PERMITTED", "AGENCY_KIND_NOT_PERMITTED"));
  EXPECT_EQ(StoredWithoutKey().find("we worked together"), std::string::npos);
  v1::CreateConflictDeclarationRequest silent;
  silent.set_parent("agencies/min-mag");
  silent.mutable_conflict_declaration()->set_funding_application(application.name());
  silent.mutable_conflict_declaration()->set_kind(v1::CONFLICT_KIND_OTHER);
  EXPECT_EQ(RuleOfRequest(ann_, silent), "FIELD_INVALID");
}

TEST_P(FundingAssessments, AreOfNobodyWhoseAgencyAppliesToTheSameCall) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication application = Submitted(call, applicant_);
  Submitted(call, rival_);
  Close();
  ASSERT_EQ(Screen(&application, writer_), "");
  for (const char* agency : {"or-shelter", "or-youth"}) {
    EXPECT_EQ(Assign(application, Scorer(agency, "scorer")), "SCORER_CONFLICTED") << agency;
  }
  v1::FundingApplication own = Read(application, applicant_);
  EXPECT_EQ(own.state(), v1::FUNDING_APPLICATION_STATE_ELIGIBLE) << "who applied reads the own application";
}

TEST_P(FundingAssessments, KeepNobodyWhoAppliedFromTheOwnApplicationAndShowNothingOfTheOthers) {
  const v1::FundingCall call = Opened();
  Caller both = applicant_;
  both.roles.push_back(annotations::v1::ROLE_FUND_SCORER);
  v1::FundingApplication own = Submitted(call, both), other = Submitted(call, rival_);
  ASSERT_EQ(Move(both, &own, v1::ReopenFundingApplicationRequest()), "");
  v1::ReviseFundingApplicationRequest revise;
  *revise.mutable_funding_application() = own;
  revise.mutable_funding_application()->set_applicant_title("The same under another name");
  ASSERT_EQ(Rule(Call<v1::FundingApplication>(both, revise), &own), "");
  ASSERT_EQ(Submit(&own, both), "");
  Close();
  ASSERT_EQ(Screen(&other, writer_), "");
  EXPECT_EQ(Assign(other, both), "SCORER_CONFLICTED");
  EXPECT_EQ(Declare(other, both), "NOT_FOUND") << "whoever applied learns nothing as a scorer";
  EXPECT_EQ(ReadApplication(other, both), "NOT_FOUND");
  EXPECT_EQ(ListedTo(other, both), 0);
  EXPECT_EQ(ListedTo(own, both), 0);
  v1::ListFundingApplicationsRequest list;
  list.set_funding_call(call.name());
  const auto listed = Must(Call<v1::ListFundingApplicationsResponse>(both, list));
  ASSERT_THAT(listed.funding_applications(), SizeIs(1));
  EXPECT_EQ(listed.funding_applications(0).name(), own.name());
  EXPECT_EQ(Read(own, both).submitted().project_title(), "A safe place");
}

TEST_P(FundingAssessments, OfWhoReplacesSomebodyBeginWithADeclarationToo) {
  Round round = Evaluated(1);
  v1::RecuseFundingAssessmentRequest recuse;
  recuse.set_reason("a cousin works there");
  ASSERT_EQ(Move(head_, &round.by_ben[0], recuse), "");
  v1::FundingAssessment replacing;
  ASSERT_EQ(Assign(round.applications[0], cam_, &replacing), "");
  EXPECT_EQ(ReadApplication(round.applications[0], cam_), "NOT_FOUND");
  EXPECT_EQ(Move(cam_, &replacing, NewScores(5, 2)), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Declare(round.applications[0], cam_), "");
  EXPECT_EQ(ReadApplication(round.applications[0], cam_), "");
}

TEST_P(FundingAssessments, HaveOneScoreWithinItsBoundsForEachCriterion) {
  Round round = Evaluated(1);
  using Spoil = std::function<void(v1::SaveFundingAssessmentRequest*)>;
  const std::vector<Spoil> spoils = {
      [](auto* request) { request->mutable_scores(0)->set_points(11); },
      [](auto* request) { request->mutable_scores(0)->set_points(-1); },
      [](auto* request) { request->mutable_scores(0)->clear_points(); },
      [](auto* request) { request->mutable_scores()->RemoveLast(); },
      [](auto* request) { *request->add_scores() = request->scores(0); },
      [](auto* request) { request->mutable_scores(0)->set_criterion("luck"); }};
  for (const Spoil& spoil : spoils) {
    v1::SaveFundingAssessmentRequest request = NewScores(5, 2);
    spoil(&request);
    EXPECT_EQ(Move(ann_, &round.by_ann[0], request), "SCORES_INVALID");
  }
  EXPECT_THAT(ReadAssessment(round.by_ann[0], ann_).scores(), IsEmpty());
  EXPECT_EQ(Move(ann_, &round.by_ann[0], NewScores(0, 0)), "") << "0 is a score";
  EXPECT_EQ(round.by_ann[0].criteria_digest(), round.call.criteria_digest());
}

TEST_P(FundingAssessments, AreReadByNobodyElseUntilAllAreInAndByNoApplicantEver) {
  Round round = Evaluated(1);
  const v1::FundingApplication& application = round.applications[0];
  ASSERT_EQ(Declare(application, chair_), "");
  ASSERT_EQ(Score(&round.by_ann[0], ann_, 5, 2), "");
  EXPECT_EQ(ReadBy(round.by_ann[0], ben_), "NOT_FOUND");
  EXPECT_EQ(ListedTo(application, ben_), 1) << "the own one";
  EXPECT_EQ(ReadBy(round.by_ann[0], chair_), "NOT_FOUND");
  EXPECT_EQ(ListedTo(application, chair_), 0);
  v1::FundingAssessment structure;
  ASSERT_EQ(ReadBy(round.by_ann[0], writer_, &structure), "");
  EXPECT_THAT(structure.scores(), IsEmpty()) << "the office sees how far it is, and no score";
  EXPECT_EQ(ListedTo(application, writer_), 2);
  ASSERT_EQ(Score(&round.by_ben[0], ben_, 6, 2), "");
  EXPECT_EQ(ReadBy(round.by_ann[0], chair_), "");
  EXPECT_EQ(ListedTo(application, chair_), 2);
  EXPECT_EQ(ReadBy(round.by_ann[0], ben_), "NOT_FOUND") << "scorers never read each other";
  EXPECT_THAT(ReadBy(round.by_ann[0], applicant_), AnyOf("ROLE_NOT_PERMITTED", "AGENCY_KIND_NOT_PERMITTED"));
  EXPECT_EQ(StoredWithoutKey().find("as the answer says"), std::string::npos);
}

TEST_P(FundingAssessments, ThatDivergeNeedOneMoreWhichFiftyWhoAssignAtOnceAssignOnce) {
  Round round = Evaluated(1);
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  ASSERT_EQ(Score(&round.by_ann[0], ann_, 9, 3), "");
  EXPECT_EQ(Assign(round.applications[0], cam_), "SCORERS_SUFFICE");
  ASSERT_EQ(Score(&round.by_ben[0], ben_, 4, 2), "");
  EXPECT_EQ(ReadBy(round.by_ann[0], chair_), "NOT_FOUND") << "not all are in while a third is missing";
  std::atomic<int> assigned{0}, suffice{0}, other{0};
  std::vector<std::thread> staff;
  for (int i = 0; i < 50; ++i) {
    staff.emplace_back([&, i] {
      const std::string rule = Assign(round.applications[0], Scorer("min-mol", absl::StrCat("scorer-", i)));
      ++(rule.empty() ? assigned : rule == "SCORERS_SUFFICE" ? suffice : other);
    });
  }
  for (std::thread& each : staff) each.join();
  EXPECT_EQ(assigned, 1);
  EXPECT_EQ(suffice, 49);
  EXPECT_EQ(other, 0);
}

TEST_P(FundingAssessments, AreSubmittedOrRecusedAndNeverBoth) {
  Round round = Evaluated(2);
  for (std::size_t at = 0; at < 2; ++at) {
    ASSERT_EQ(Move(ann_, &round.by_ann[at], NewScores(5, 2)), "");
    v1::FundingAssessment one = round.by_ann[at], other = one;
    v1::RecuseFundingAssessmentRequest recuse;
    recuse.set_reason("a cousin works there");
    std::string submitted, recused;
    std::thread scorer([&] { submitted = Move(ann_, &one, v1::SubmitFundingAssessmentRequest()); });
    recused = Move(head_, &other, recuse);
    scorer.join();
    EXPECT_NE(submitted.empty(), recused.empty()) << submitted << " and " << recused;
    EXPECT_EQ(ReadAssessment(round.by_ann[at], ann_).state(), recused.empty()
                                                                  ? v1::FUNDING_ASSESSMENT_STATE_RECUSED
                                                                  : v1::FUNDING_ASSESSMENT_STATE_SUBMITTED);
  }
}

TEST_P(FundingAssessments, OfWhoIsRecusedCountNoMoreAndAreReplacedOnce) {
  Round round = Evaluated(1);
  ScoreBoth(&round, 0, 5, 2);
  v1::RecuseFundingAssessmentRequest recuse;
  recuse.set_reason("a cousin works there");
  ASSERT_EQ(Move(ben_, &round.by_ben[0], recuse), "");
  EXPECT_EQ(ReadApplication(round.applications[0], ben_), "NOT_FOUND");
  EXPECT_THAT(ReadAssessment(round.by_ben[0], ben_).scores(), SizeIs(2)) << "they are kept";
  EXPECT_EQ(Recommend(round.applications[0], 0, chair_), "NOT_FOUND") << "the chair has not declared";
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  EXPECT_EQ(Recommend(round.applications[0], 0, chair_), "SCORES_MISSING");
  v1::FundingAssessment third = Ready(round.applications[0], cam_);
  EXPECT_EQ(Assign(round.applications[0], Scorer("min-mol", "another")), "SCORERS_SUFFICE");
  ASSERT_EQ(Score(&third, cam_, 5, 2), "");
  EXPECT_EQ(Recommend(round.applications[0], 0, chair_), "");
}

TEST_P(FundingAssessments, AreGivenBackByTheChairWithWhatTheySaid) {
  Round round = Evaluated(1);
  ScoreBoth(&round, 0, 5, 2);
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  v1::ReopenFundingAssessmentRequest reopen;
  reopen.set_reason("the third page was missed");
  v1::FundingAssessment assessment = ReadAssessment(round.by_ann[0], chair_);
  ASSERT_EQ(Move(chair_, &assessment, reopen), "");
  EXPECT_THAT(assessment.scores(), IsEmpty()) << "not all are in any more";
  const v1::FundingAssessment own = ReadAssessment(round.by_ann[0], ann_);
  EXPECT_EQ(own.state(), v1::FUNDING_ASSESSMENT_STATE_DRAFTED);
  EXPECT_THAT(own.scores(), SizeIs(2));
}

TEST_P(FundingAssessments, AreGivenBackByAChairOfTheOfficeAfterADeclarationAlone) {
  v1::CreateFundingCallRequest request = NewFundingCall();
  request.mutable_funding_call()->mutable_panel(0)->set_agency("co-pahtco");
  request.mutable_funding_call()->mutable_panel(0)->set_person("staff");
  Round round = Evaluated(1, request);
  ScoreBoth(&round, 0, 5, 2);
  Caller chair = writer_;
  chair.roles.push_back(annotations::v1::ROLE_FUND_PANEL);
  v1::ReopenFundingAssessmentRequest reopen;
  reopen.set_reason("the third page was missed");
  v1::FundingAssessment assessment = ReadAssessment(round.by_ann[0], chair);
  EXPECT_EQ(Move(chair, &assessment, reopen), "CONFLICT_NOT_DECLARED");
  ASSERT_EQ(Declare(round.applications[0], chair), "");
  EXPECT_EQ(Move(chair, &assessment, reopen), "");
}

}  // namespace
}  // namespace accord::strategy
