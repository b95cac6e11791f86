#include <string>
#include <vector>

#include "common/testing/postgres.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kTitle[] = "Durham Women's Centre";

// Every test runs on each kind of database.
class PaperApplicants : public FundingFixture, public ::testing::WithParamInterface<bool> {
 protected:
  PaperApplicants() : FundingFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  // This adds an organisation of a coalition. The office does not know yet whether it is an agency.
  v1::Organisation Known(const std::string& title = kTitle) {
    v1::CreateCoalitionRequest create;
    create.set_parent("agencies/co-pahtco");
    create.mutable_coalition()->set_coalition_id("durham");
    create.mutable_coalition()->set_source_ref("a list");
    auto coalition = Must(Call<v1::Coalition>(staff_, create));
    v1::AddCoalitionMemberRequest add;
    add.set_title(title);
    add.set_source_ref("a list");
    EXPECT_EQ(Move(staff_, &coalition, add), "");
    return ReadOrganisation(coalition.members(0).organisation());
  }
  v1::Organisation ReadOrganisation(const std::string& name) {
    v1::GetOrganisationRequest get;
    get.set_name(name);
    return Must(Call<v1::Organisation>(police_, get));
  }
  std::string Link(v1::Organisation* organisation, const std::string& agency) {
    v1::LinkOrganisationRequest link;
    link.set_agency(agency);
    link.set_source_ref("the register of charities");
    return Move(staff_, organisation, link);
  }
  v1::CreateFundingApplicationRequest OnPaper(const v1::FundingCall& call,
                                              const std::string& title = "DURHAM WOMENS CENTRE") {
    v1::CreateFundingApplicationRequest request = NewApplication(call, "co-pahtco");
    auto* application = request.mutable_funding_application();
    application->set_applicant_title(title);
    application->set_applicant_kind(annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION);
    *application->mutable_received_at() = ToProto(Opening());
    return request;
  }
  v1::FundingApplication Entered(v1::CreateFundingApplicationRequest request) {
    auto paper = Must(Call<v1::FundingApplication>(colleague_, std::move(request)));
    EXPECT_EQ(Submit(&paper, colleague_), "");
    return paper;
  }
  std::string ScreenAs(v1::FundingApplication* application, const std::string& organisation,
                       const std::string& agency) {
    v1::ScreenFundingApplicationRequest request;
    auto* finding = request.add_findings();
    finding->set_code("in-ontario");
    finding->set_met(true);
    request.set_organisation(organisation);
    request.set_applicant_agency(agency);
    return Move(writer_, application, request);
  }
  const Caller scorer_ = Funded("or-durham", annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION,
                                annotations::v1::ROLE_FUND_SCORER, "scorer");
  const Caller member_ = Funded("or-durham", annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION,
                                annotations::v1::ROLE_FUND_PANEL, "member");
  static v1::CreateFundingCallRequest WithMember() {
    v1::CreateFundingCallRequest request = NewFundingCall();
    auto* member = request.mutable_funding_call()->add_panel();
    member->set_agency("or-durham");
    member->set_person("member");
    return request;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, PaperApplicants, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(PaperApplicants, ThatAreAnAgencyAreFoundByTheirNameThoughNobodyDeclaredIt) {
  v1::Organisation organisation = Known();
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  const v1::FundingCall call = Opened(WithMember());
  v1::FundingApplication paper = Entered(OnPaper(call)), other = Submitted(call, applicant_);
  EXPECT_EQ(paper.organisation(), organisation.name()) << "however it is written";
  Close();
  for (v1::FundingApplication* each : {&paper, &other}) {
    ASSERT_EQ(Screen(each, writer_), "");
    EXPECT_EQ(Assign(*each, scorer_), "SCORER_CONFLICTED") << each->applicant_title();
    EXPECT_EQ(Declare(*each, member_), "SCORER_CONFLICTED") << each->applicant_title();
    EXPECT_EQ(ReadApplication(*each, member_), "NOT_FOUND");
    EXPECT_EQ(Assign(*each, ann_), "") << "another agency does not apply";
  }
}

TEST_P(PaperApplicants, ThatAreAnAgencyKeepItsPeopleOutWhateverTheyDeclare) {
  v1::Organisation organisation = Known();
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  const v1::FundingCall call = Opened(WithMember());
  Entered(OnPaper(call));
  const v1::FundingApplication other = Submitted(call, applicant_);
  Close();
  v1::ConflictDeclaration declaration;
  ASSERT_EQ(Declare(other, member_, v1::CONFLICT_KIND_RECENT_COLLABORATION, &declaration), "");
  v1::RuleConflictDeclarationRequest rule;
  rule.set_reason("it was long ago");
  rule.set_cleared(true);
  EXPECT_EQ(Move(head_, &declaration, rule), "SCORER_CONFLICTED");
  EXPECT_EQ(ReadApplication(other, member_), "NOT_FOUND");
  rule.set_cleared(false);
  EXPECT_EQ(Move(head_, &declaration, rule), "");
}

TEST_P(PaperApplicants, OfAnotherCallKeepNobodyFromScoring) {
  v1::Organisation organisation = Known();
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  const v1::FundingCall another = Scheduled(), call = Opened();
  Entered(OnPaper(another));
  v1::FundingApplication application = Submitted(call, applicant_);
  Close();
  ASSERT_EQ(Screen(&application, writer_), "");
  EXPECT_EQ(Assign(application, scorer_), "");
}

TEST_P(PaperApplicants, MayBeAnAgencyThatIsInNoCoalition) {
  const v1::FundingCall call = Opened();
  v1::CreateFundingApplicationRequest request = OnPaper(call, "A centre of no coalition");
  request.mutable_funding_application()->set_applicant_agency("or-durham");
  v1::FundingApplication paper = Entered(request);
  EXPECT_EQ(paper.organisation(), "");
  Close();
  ASSERT_EQ(Screen(&paper, writer_), "");
  EXPECT_EQ(paper.applicant_agency(), "or-durham") << "the screening leaves it as it is";
  EXPECT_EQ(Assign(paper, scorer_), "SCORER_CONFLICTED");
  EXPECT_EQ(Assign(paper, ann_), "");
}

TEST_P(PaperApplicants, AreNamedByTheOfficeAndAnAgencyIsItself) {
  const v1::FundingCall call = Opened();
  v1::CreateFundingApplicationRequest unknown = OnPaper(call);
  unknown.mutable_funding_application()->set_organisation("agencies/co-pahtco/organisations/none");
  EXPECT_EQ(RuleOfRequest(writer_, unknown), "NOT_FOUND");
  v1::CreateFundingApplicationRequest own = NewApplication(call, "or-shelter");
  own.mutable_funding_application()->set_organisation(Known().name());
  own.mutable_funding_application()->set_applicant_agency("or-durham");
  v1::FundingApplication application = Must(Call<v1::FundingApplication>(applicant_, own));
  EXPECT_EQ(application.organisation(), "") << "whatever is sent";
  EXPECT_EQ(application.applicant_agency(), "or-shelter");
  ASSERT_EQ(Submit(&application, applicant_), "");
  Close();
  EXPECT_EQ(ScreenAs(&application, "", "or-durham"), "FIELD_INVALID");
}

// The office learns only later which agency or organisation applied.
TEST_P(PaperApplicants, ThatTheScreeningFindsToBeAnAgencyAreReadByNobodyOfItAnyMore) {
  const v1::FundingCall call = Opened(WithMember());
  v1::FundingApplication paper = Entered(OnPaper(call)), other = Submitted(call, applicant_);
  Close();
  ASSERT_EQ(Declare(other, member_), "") << "nobody knows yet";
  ASSERT_EQ(ReadApplication(other, member_), "");
  ASSERT_EQ(ScreenAs(&paper, "", "or-durham"), "");
  EXPECT_EQ(ReadApplication(other, member_), "NOT_FOUND");
  EXPECT_EQ(Assign(paper, scorer_), "SCORER_CONFLICTED");
}

TEST_P(PaperApplicants, ThatTheScreeningFindsToBeAnOrganisationAreReadByNobodyOfItsAgencyAnyMore) {
  v1::Organisation organisation = Known();
  const v1::FundingCall call = Opened(WithMember());
  v1::FundingApplication paper = Entered(OnPaper(call, "Another name")), other = Submitted(call, applicant_);
  Close();
  ASSERT_EQ(Declare(other, member_), "");
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  ASSERT_EQ(ReadApplication(other, member_), "") << "nobody knows that it applies";
  ASSERT_EQ(ScreenAs(&paper, organisation.name(), ""), "");
  EXPECT_EQ(ReadApplication(other, member_), "NOT_FOUND");
  EXPECT_EQ(Assign(paper, scorer_), "SCORER_CONFLICTED");
}

// The paper came in time, and the office enters it when others already read applications of the call.
TEST_P(PaperApplicants, ThatAreEnteredOnceTheCallHasClosedAreKnownAtOnce) {
  v1::Organisation organisation = Known();
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  const v1::FundingCall call = Opened(WithMember());
  const v1::FundingApplication other = Submitted(call, applicant_);
  Close();
  ASSERT_EQ(Declare(other, member_), "") << "the agency does not apply yet";
  ASSERT_EQ(ReadApplication(other, member_), "");
  Must(Call<v1::FundingApplication>(colleague_, OnPaper(call)));
  EXPECT_EQ(ReadApplication(other, member_), "NOT_FOUND");
}

TEST_P(PaperApplicants, ThatAreNamedByARevisionOnceTheCallHasClosedAreKnownAtOnce) {
  const v1::FundingCall call = Opened(WithMember());
  const v1::FundingApplication other = Submitted(call, applicant_);
  Close();
  ASSERT_EQ(Declare(other, member_), "");
  v1::ReviseFundingApplicationRequest revise;
  *revise.mutable_funding_application() =
      Must(Call<v1::FundingApplication>(colleague_, OnPaper(call, "A centre of no coalition")));
  ASSERT_EQ(ReadApplication(other, member_), "") << "nobody knows whose the paper is";
  revise.mutable_funding_application()->set_applicant_agency("or-durham");
  v1::FundingApplication paper;
  ASSERT_EQ(Rule(Call<v1::FundingApplication>(colleague_, revise), &paper), "");
  EXPECT_EQ(ReadApplication(other, member_), "NOT_FOUND");
}

TEST_P(PaperApplicants, ThatAreLinkedLateStopWhoScoresAndWhoIsOnThePanel) {
  v1::Organisation organisation = Known();
  const v1::FundingCall call = Opened(WithMember());
  v1::FundingApplication paper = Entered(OnPaper(call)), other = Submitted(call, applicant_);
  Close();
  for (v1::FundingApplication* each : {&paper, &other}) ASSERT_EQ(Screen(each, writer_), "");
  v1::FundingAssessment by_durham = Ready(other, scorer_), by_ann = Ready(other, ann_);
  Ready(paper, ann_);
  Ready(paper, ben_);
  ASSERT_EQ(Declare(other, member_), "");
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  EXPECT_EQ(ReadApplication(other, scorer_), "NOT_FOUND");
  EXPECT_EQ(ReadApplication(other, member_), "NOT_FOUND");
  const auto listed =
      Must(Call<v1::ListFundingApplicationsResponse>(scorer_, v1::ListFundingApplicationsRequest()));
  EXPECT_THAT(listed.funding_applications(), IsEmpty());
  EXPECT_EQ(ReadApplication(other, ann_), "") << "she is of another agency";

  EXPECT_EQ(BeginEvaluation(call), "SCORER_CONFLICTED") << "somebody else is assigned first";
  v1::RecuseFundingAssessmentRequest recuse;
  recuse.set_reason("the organisation is this agency");
  ASSERT_EQ(Move(head_, &by_durham, recuse), "");
  v1::FundingAssessment by_ben = Ready(other, ben_);
  EXPECT_EQ(BeginEvaluation(call), "");
  EXPECT_EQ(Score(&by_ann, ann_, 5, 2), "");
  EXPECT_EQ(Score(&by_ben, ben_, 5, 2), "");
  EXPECT_EQ(Recommend(other, 300000, member_), "NOT_FOUND");
}

TEST_P(PaperApplicants, ThatAreLinkedDuringTheEvaluationStopScoresAndTheDecision) {
  v1::Organisation organisation = Known();
  const v1::FundingCall call = Opened();
  v1::FundingApplication paper = Entered(OnPaper(call)), other = Submitted(call, applicant_);
  Close();
  ASSERT_EQ(Screen(&paper, writer_), "");
  ASSERT_EQ(Screen(&other, writer_), "");
  std::vector<v1::FundingAssessment> by_ann = {Ready(paper, ann_), Ready(other, ann_)};
  v1::FundingAssessment of_paper = Ready(paper, ben_), of_other = Ready(other, scorer_);
  ASSERT_EQ(BeginEvaluation(call), "");
  ASSERT_EQ(Move(scorer_, &of_other, NewScores(5, 2)), "");
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  EXPECT_EQ(Move(scorer_, &of_other, NewScores(6, 2)), "SCORER_CONFLICTED");
  EXPECT_EQ(Move(scorer_, &of_other, v1::SubmitFundingAssessmentRequest()), "SCORER_CONFLICTED");

  // The wrong link is removed, the scores are submitted, and then the link turns out to be right after all.
  ASSERT_EQ(Link(&organisation, ""), "");
  EXPECT_EQ(organisation.agency(), "");
  ASSERT_EQ(Move(scorer_, &of_other, v1::SubmitFundingAssessmentRequest()), "");
  ASSERT_EQ(Score(&by_ann[0], ann_, 5, 2), "");
  ASSERT_EQ(Score(&by_ann[1], ann_, 6, 2), "");
  ASSERT_EQ(Score(&of_paper, ben_, 5, 2), "");
  for (const v1::FundingApplication& each : {paper, other}) {
    ASSERT_EQ(Declare(each, chair_), "");
    ASSERT_EQ(Recommend(each, 300000, chair_), "");
  }
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  EXPECT_EQ(Step(call, chair_, v1::ConcludeFundingCallRequest()), "SCORER_CONFLICTED");
  ASSERT_EQ(Link(&organisation, ""), "");
  ASSERT_EQ(Step(call, chair_, v1::ConcludeFundingCallRequest()), "");
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  EXPECT_EQ(Step(call, head_, v1::DecideFundingCallRequest()), "SCORER_CONFLICTED");
  ASSERT_EQ(Link(&organisation, ""), "");
  EXPECT_EQ(Step(call, head_, v1::DecideFundingCallRequest()), "");
}

TEST_P(PaperApplicants, AreLinkedByTheOfficeWithItsSourceAndTheNewestVersion) {
  v1::Organisation organisation = Known(), before = organisation;
  EXPECT_EQ(organisation.agency(), "");
  ASSERT_EQ(Link(&organisation, "or-durham"), "");
  const v1::Organisation read = ReadOrganisation(organisation.name());
  EXPECT_EQ(read.agency(), "or-durham");
  EXPECT_EQ(read.agency_source_ref(), "the register of charities");
  EXPECT_EQ(read.title(), kTitle);
  EXPECT_EQ(Link(&before, "or-youth"), "ETAG_MISMATCH");
  v1::LinkOrganisationRequest link;
  link.set_agency("or-youth");
  link.set_source_ref("a letter");
  EXPECT_EQ(Move(mag_, &before, link), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(Move(director_, &before, link), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(ReadOrganisation(organisation.name()).agency(), "or-durham");
  // Another spelling of the name changes nothing.
  v1::GetCoalitionRequest get;
  get.set_name("agencies/co-pahtco/coalitions/durham");
  auto coalition = Must(Call<v1::Coalition>(staff_, get));
  v1::EndCoalitionMemberRequest end;
  end.set_organisation(organisation.name());
  end.set_member_until("2026-11-23");
  ASSERT_EQ(Move(staff_, &coalition, end), "");
  v1::AddCoalitionMemberRequest add;
  add.set_title("DURHAM WOMENS CENTRE");
  add.set_source_ref("a list");
  ASSERT_EQ(Move(staff_, &coalition, add), "");
  ASSERT_THAT(ReadOrganisation(organisation.name()).aliases(), SizeIs(1));
  EXPECT_EQ(ReadOrganisation(organisation.name()).agency(), "or-durham");
}

}  // namespace
}  // namespace accord::strategy
