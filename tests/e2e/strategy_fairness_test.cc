// These tests show what keeps a funding call fair where somebody hides something: an application that came
// late, and an agency that applies on paper under another name. They run through the gateway and on the
// real clock.
#include <string>
#include <vector>

#include "accord/strategy/v1/engagement_service.pb.h"
#include "tests/e2e/funds.h"

namespace accord::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class StrategyFairness : public Funds {
 protected:
  st::FundingCall CallAsReadBy(const AgencyClient& client, const std::string& actor,
                               const std::string& name) {
    st::GetFundingCallRequest get;
    get.set_name(name);
    return Must<st::FundingCall>(client, actor, "FundingCallService/GetFundingCall", get);
  }
  // This gives an organisation of a coalition, under the title that the coalition gives.
  st::Organisation Organisation(const std::string& title) {
    st::CreateCoalitionRequest create;
    create.set_parent("agencies/co-pahtco");
    create.mutable_coalition()->set_coalition_id("durham");
    create.mutable_coalition()->set_source_ref("a list");
    auto coalition = Must<st::Coalition>(office_, "staff", "EngagementService/CreateCoalition", create);
    st::AddCoalitionMemberRequest add;
    add.set_title(title);
    add.set_source_ref("a list");
    Move(office_, "staff", "EngagementService/AddCoalitionMember", &coalition, add);
    st::GetOrganisationRequest get;
    get.set_name(coalition.members(0).organisation());
    return Must<st::Organisation>(office_, "staff", "EngagementService/GetOrganisation", get);
  }
  st::FundingApplication EnterOnPaper(const st::FundingCall& call, const std::string& title) {
    st::CreateFundingApplicationRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* application = request.mutable_funding_application();
    application->set_funding_call(call.name());
    application->set_applicant_title(title);
    application->set_applicant_kind(AGENCY_KIND_CHILDREN_AID_SOCIETY);
    *application->mutable_received_at() = call.opens_at();
    auto* content = application->mutable_content();
    content->set_project_title("A safe place");
    content->set_amount_cents(300000);
    content->add_years()->set_fiscal_year("2026-27");
    content->mutable_years(0)->set_amount_cents(300000);
    content->add_answers()->set_criterion("need");
    content->mutable_answers(0)->set_text("We open at night.");
    auto entered = Must<st::FundingApplication>(
        office_, "staff", "FundingApplicationService/CreateFundingApplication", request);
    Move<st::SubmitFundingApplicationRequest>(office_, "staff",
                                              "FundingApplicationService/SubmitFundingApplication", &entered);
    return entered;
  }
  std::string RuleOfAssigning(const std::string& application, const std::string& agency) {
    st::CreateFundingAssessmentRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_funding_assessment()->set_funding_application(application);
    request.mutable_funding_assessment()->set_scorer_agency(agency);
    request.mutable_funding_assessment()->set_scorer("scorer");
    return RuleOf(Call<st::FundingAssessment>(office_, "staff",
                                              "FundingAssessmentService/CreateFundingAssessment", request)
                      .status());
  }
};

TEST_F(StrategyFairness, T2_EverybodyReadsWhyAnApplicationWasAdmittedLateOnceTheCallIsDecided) {
  const AgencyClient york = Enrol("cas-york", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient dilico = Enrol("cas-i-dilico", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient police = EnrolPolice();
  const Scorers scorers = EnrolScorers();
  st::FundingCall call = OpenedAs(NewCall(absl::Seconds(30)));
  std::vector<st::FundingApplication> applications = {Apply(york, "cas-york", call.name()),
                                                      Start(dilico, "cas-i-dilico", call.name())};
  ASSERT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_CLOSED));
  st::ProposeLateFundingApplicationRequest propose;
  propose.set_reason("the post was on strike");
  Move(office_, "director", "FundingApplicationService/ProposeLateFundingApplication", &applications[1],
       propose);
  Move<st::AdmitLateFundingApplicationRequest>(
      office_, "staff", "FundingApplicationService/AdmitLateFundingApplication", &applications[1]);
  std::vector<ToScore> to_score;
  for (st::FundingApplication& application : applications) {
    to_score.push_back(Screen(&application));
    DeclareNone(scorers, application.name());
  }
  BeginEvaluation(&call);
  for (std::size_t i = 0; i < applications.size(); ++i) {
    ScoreAndRecommend(scorers, to_score[i], 6 + static_cast<int>(i), 7, applications[i].name());
  }
  EXPECT_THAT(CallAsReadBy(york, "applicant", call.name()).late_admissions(), IsEmpty())
      << "nobody learns of another one's application before the decision";
  EXPECT_THAT(CallAsReadBy(police, "member", call.name()).late_admissions(), IsEmpty());
  ConcludeAndDecide(&call);
  for (const st::FundingCall& read :
       {CallAsReadBy(york, "applicant", call.name()), CallAsReadBy(police, "member", call.name())}) {
    ASSERT_THAT(read.late_admissions(), SizeIs(1));
    const st::CallLateAdmission& told = read.late_admissions(0);
    EXPECT_EQ(told.reason(), "the post was on strike");
    EXPECT_EQ(told.proposed_by_agency(), "co-pahtco");
    EXPECT_EQ(told.admitted_by_agency(), "co-pahtco");
    for (const char* hidden : {"cas-i-dilico", "director", "staff"}) {
      EXPECT_THAT(told.SerializeAsString(), Not(HasSubstr(hidden)));
    }
  }
}

TEST_F(StrategyFairness, T4_AnAgencyThatAppliesOnPaperUnderItsNameScoresNothingOfTheCall) {
  const AgencyClient york = Enrol("cas-york", {{"applicant", ROLE_FUND_APPLICANT}});
  Enrol("cas-durham", {{"scorer", ROLE_FUND_SCORER}});
  Enrol("min-mag", {{"scorer", ROLE_FUND_SCORER}});
  st::Organisation organisation = Organisation("Durham Children's Aid Society");
  st::LinkOrganisationRequest link;
  link.set_name(organisation.name());
  link.set_etag(organisation.etag());
  link.set_agency("cas-nowhere");
  link.set_source_ref("a letter of the society");
  const std::string linking = "EngagementService/LinkOrganisation";
  EXPECT_EQ(RuleOf(Call<st::Organisation>(office_, "staff", linking, link).status()), "AGENCY_UNKNOWN");
  link.set_agency("cas-durham");
  EXPECT_OK(Call<st::Organisation>(office_, "staff", linking, link));

  const st::FundingCall call = ReadCall(OpenedAs(NewCall(absl::Seconds(30))).name());
  auto paper = EnterOnPaper(call, "DURHAM CHILDRENS AID SOCIETY"),
       other = Apply(york, "cas-york", call.name());
  EXPECT_EQ(paper.organisation(), organisation.name());
  ASSERT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_CLOSED));
  for (st::FundingApplication* application : {&paper, &other}) {
    Move<st::ScreenFundingApplicationRequest>(
        office_, "staff", "FundingApplicationService/ScreenFundingApplication", application);
    EXPECT_EQ(RuleOfAssigning(application->name(), "cas-durham"), "SCORER_CONFLICTED");
    EXPECT_EQ(RuleOfAssigning(application->name(), "min-mag"), "");
  }
}

}  // namespace
}  // namespace accord::e2e
