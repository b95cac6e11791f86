// These are scenarios of a call for funds from its opening to its decision, through the gateway and on the
// real clock.
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "tests/e2e/funds.h"

namespace accord::e2e {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class FundScenarios : public Funds {
 protected:
  // This moves a record where that is permitted, and gives the rule that refused it.
  template <class Req, class T>
  std::string Try(const AgencyClient& client, const std::string& actor, const std::string& method, T* item,
                  Req request = Req()) {
    request.set_name(item->name());
    request.set_etag(item->etag());
    const absl::StatusOr<T> moved = Call<T>(client, actor, method, request);
    if (moved.ok()) *item = *moved;
    return RuleOf(moved.status());
  }
  template <class T, class Req>
  std::string RuleAgainst(const AgencyClient& client, const std::string& actor, const std::string& method,
                          const Req& request) {
    return RuleOf(Call<T>(client, actor, method, request).status());
  }
  absl::StatusOr<st::FundingApplication> ReadApplication(const AgencyClient& client, const std::string& actor,
                                                         const std::string& name) {
    st::GetFundingApplicationRequest get;
    get.set_name(name);
    return Call<st::FundingApplication>(client, actor, "FundingApplicationService/GetFundingApplication",
                                        get);
  }
  // This adds a second criterion to the one that a call has, and divides the weight between them.
  static void AddPlan(st::FundingCall* call) {
    st::FundingCriterion plan = call->criteria(0);
    plan.set_code("plan");
    plan.set_weight_bp(4000);
    call->mutable_criteria(0)->set_weight_bp(6000);
    *call->add_criteria() = plan;
  }
  // Need decides between equal scores, and two scorers who are more than twenty points apart require a third.
  static st::CreateFundingCallRequest TwoCriteria() {
    st::CreateFundingCallRequest request = NewCall(absl::Seconds(30));
    auto* call = request.mutable_funding_call();
    call->mutable_criteria(0)->set_max_points(100);
    AddPlan(call);
    call->add_tie_break("need");
    call->set_divergence_points(20);
    return request;
  }
  static Points Of(int need, int plan) { return {{"need", need}, {"plan", plan}}; }
};

TEST_F(FundScenarios, E4_ACallTakesApplicationsUntilItsInstantAndALateOneByTwoPeopleAlone) {
  const AgencyClient york = Enrol("cas-york", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient dilico = Enrol("cas-i-dilico", {{"applicant", ROLE_FUND_APPLICANT}});
  const st::FundingCall call = OpenedAs(NewCall(absl::Seconds(30)));
  st::ReviseFundingCallRequest revise;
  *revise.mutable_funding_call() = ReadCall(call.name());
  AddPlan(revise.mutable_funding_call());
  EXPECT_EQ(RuleAgainst<st::FundingCall>(office_, "staff", "FundingCallService/ReviseFundingCall", revise),
            "CRITERIA_FROZEN");
  EXPECT_EQ(ReadCall(call.name()).criteria_size(), 1);

  auto late = Start(dilico, "cas-i-dilico", call.name()), in_time = Apply(york, "cas-york", call.name());
  const absl::Time closes_at = FromProto(ReadCall(call.name()).closes_at());
  const absl::Duration last = absl::Seconds(3);
  absl::SleepFor(closes_at - last - absl::Now());
  // The society withdraws the application and submits it again, until nothing is accepted any more.
  std::string refused;
  while (refused.empty() && absl::Now() < closes_at + absl::Seconds(60)) {
    refused = Try<st::ReopenFundingApplicationRequest>(
        york, "applicant", "FundingApplicationService/ReopenFundingApplication", &in_time);
    if (!refused.empty()) break;
    refused = Try<st::SubmitFundingApplicationRequest>(
        york, "applicant", "FundingApplicationService/SubmitFundingApplication", &in_time);
    // An agency's quota permits only so many calls a second.
    absl::SleepFor(absl::Milliseconds(20));
  }
  // An application that was withdrawn when the call closed counts as it was submitted before.
  EXPECT_THAT(refused, AnyOf("CALL_CLOSED", "STATE_NOT_PERMITTED"));
  EXPECT_GE(absl::Now(), closes_at);
  const auto kept = ReadApplication(york, "applicant", in_time.name());
  ASSERT_OK(kept);
  EXPECT_EQ(kept->state(), st::FUNDING_APPLICATION_STATE_SUBMITTED);
  EXPECT_LT(FromProto(kept->submitted_at()), closes_at);
  EXPECT_GT(FromProto(kept->submitted_at()), closes_at - last) << "nothing was taken in the last seconds";
  EXPECT_EQ(Try<st::SubmitFundingApplicationRequest>(
                dilico, "applicant", "FundingApplicationService/SubmitFundingApplication", &late),
            "CALL_CLOSED");

  auto closed = ReadCall(call.name());
  EXPECT_EQ(closed.state(), st::FUNDING_CALL_STATE_CLOSED);
  st::ExtendFundingCallRequest extend;
  *extend.mutable_closes_at() = ToProto(closes_at + absl::Hours(1));
  extend.set_reason("the post was on strike");
  EXPECT_EQ(Try(office_, "director", "FundingCallService/ExtendFundingCall", &closed, extend),
            "STATE_NOT_PERMITTED");
  EXPECT_EQ(FromProto(ReadCall(call.name()).closes_at()), closes_at);

  st::ProposeLateFundingApplicationRequest propose;
  propose.set_reason("the post was on strike");
  Move(office_, "director", "FundingApplicationService/ProposeLateFundingApplication", &late, propose);
  const std::string admit = "FundingApplicationService/AdmitLateFundingApplication";
  EXPECT_EQ(Try<st::AdmitLateFundingApplicationRequest>(office_, "director", admit, &late), "SAME_PERSON");
  EXPECT_EQ(late.state(), st::FUNDING_APPLICATION_STATE_STARTED);
  Move<st::AdmitLateFundingApplicationRequest>(office_, "staff", admit, &late);
  EXPECT_EQ(late.state(), st::FUNDING_APPLICATION_STATE_SUBMITTED);
  EXPECT_TRUE(late.admitted_late());
  EXPECT_EQ(late.late_reason(), "the post was on strike");
}

// One application has scores of 78 and 52, and of 65 by a third scorer. The other two have 64 each, and need
// decides between them.
TEST_F(FundScenarios, E5_ScorersDeclareFirstReadNobodyElseAndLeaveAnOrderThatComesOutTheSame) {
  const AgencyClient york = Enrol("cas-york", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient dilico = Enrol("cas-i-dilico", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient durham = Enrol("cas-durham", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient justice = Enrol("min-mag", {{"scorer", ROLE_FUND_SCORER}, {"second", ROLE_FUND_SCORER}});
  const AgencyClient labour = Enrol("min-mol", {{"scorer", ROLE_FUND_SCORER}});
  st::FundingCall call = OpenedAs(TwoCriteria());
  std::vector<st::FundingApplication> applications = {Apply(york, "cas-york", call.name()),
                                                      Apply(dilico, "cas-i-dilico", call.name()),
                                                      Apply(durham, "cas-durham", call.name())};
  ASSERT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_CLOSED));
  std::vector<std::string> by_justice, by_labour;
  for (st::FundingApplication& application : applications) {
    Move<st::ScreenFundingApplicationRequest>(
        office_, "staff", "FundingApplicationService/ScreenFundingApplication", &application);
    by_justice.push_back(Assign(application.name(), "min-mag").name());
    by_labour.push_back(Assign(application.name(), "min-mol").name());
    EXPECT_EQ(RuleOf(ReadApplication(labour, "scorer", application.name()).status()), "NOT_FOUND")
        << "nothing was declared";
    Declare(labour, "min-mol", "scorer", application.name());
    EXPECT_OK(ReadApplication(labour, "scorer", application.name()));
    Declare(panel_, "min-mcss", "chair", application.name());
  }
  const std::string first = applications[0].name(), second = applications[1].name(),
                    third = applications[2].name();

  // One scorer works for the second applicant, so another scorer takes that application.
  Declare(justice, "min-mag", "scorer", first);
  Declare(justice, "min-mag", "scorer", third);
  auto conflict = Declare(justice, "min-mag", "scorer", second, st::CONFLICT_KIND_EMPLOYMENT);
  EXPECT_EQ(RuleOf(ReadApplication(justice, "scorer", second).status()), "NOT_FOUND");
  st::RuleConflictDeclarationRequest ruling;
  ruling.set_cleared(true);
  ruling.set_reason("by the rules of the ministry");
  const std::string rule_on = "FundingAssessmentService/RuleConflictDeclaration";
  EXPECT_EQ(Try(office_, "director", rule_on, &conflict, ruling), "CONFLICT_NEVER_CLEARED");
  ruling.set_cleared(false);
  ASSERT_EQ(Try(office_, "director", rule_on, &conflict, ruling), "");
  EXPECT_EQ(ReadAssessment(justice, "scorer", by_justice[1]).state(), st::FUNDING_ASSESSMENT_STATE_RECUSED);
  const std::string replacing = Assign(second, "min-mag", "second").name();
  Declare(justice, "min-mag", "second", second);
  call = ReadCall(call.name());
  Move<st::BeginFundingCallEvaluationRequest>(office_, "staff",
                                              "FundingCallService/BeginFundingCallEvaluation", &call);

  ScoreEach(justice, "scorer", by_justice[0], Of(78, 78));
  st::GetFundingAssessmentRequest get;
  get.set_name(by_justice[0]);
  const std::string read = "FundingAssessmentService/GetFundingAssessment";
  EXPECT_EQ(RuleAgainst<st::FundingAssessment>(labour, "scorer", read, get), "NOT_FOUND");
  st::ListFundingAssessmentsRequest list;
  list.set_funding_application(first);
  const auto own = Must<st::ListFundingAssessmentsResponse>(
      labour, "scorer", "FundingAssessmentService/ListFundingAssessments", list);
  ASSERT_EQ(own.funding_assessments_size(), 1) << "the own one, and none of the other scorer";
  EXPECT_EQ(own.funding_assessments(0).name(), by_labour[0]);
  ScoreEach(labour, "scorer", by_labour[0], Of(52, 52));
  EXPECT_EQ(RuleAgainst<st::PanelDecision>(panel_, "chair", "FundingAssessmentService/CreatePanelDecision",
                                           NewDecision(first)),
            "SCORES_MISSING");
  const std::string arbiter = Assign(first, "min-mag", "second").name();
  Declare(justice, "min-mag", "second", first);
  ScoreEach(justice, "second", arbiter, Of(65, 65));
  ScoreEach(justice, "second", replacing, Of(60, 70));
  ScoreEach(labour, "scorer", by_labour[1], Of(60, 70));
  ScoreEach(justice, "scorer", by_justice[2], Of(70, 55));
  ScoreEach(labour, "scorer", by_labour[2], Of(70, 55));
  for (const std::string& application : {first, second, third}) Recommend(application);
  Move<st::ConcludeFundingCallRequest>(panel_, "chair", "FundingCallService/ConcludeFundingCall", &call);
  Move<st::DecideFundingCallRequest>(office_, "director", "FundingCallService/DecideFundingCall", &call);

  st::GetFundingCallRecordRequest ask;
  ask.set_name(call.name());
  const std::string record_of = "FundingRecordService/GetFundingCallRecord";
  const auto record = Must<st::FundingCallRecord>(office_, "director", record_of, ask);
  ASSERT_EQ(record.applications_size(), 3);
  const std::vector<std::string> order = {first, third, second};
  for (int i = 0; i < 3; ++i) {
    const st::RecordedApplication& at = record.applications(i);
    EXPECT_EQ(at.funding_application(), order[static_cast<std::size_t>(i)]);
    EXPECT_EQ(at.rank(), i + 1);
    EXPECT_FALSE(at.tied());
  }
  EXPECT_EQ(record.applications(2).told_apart_by(), "need");
  EXPECT_EQ(record.applications(0).assessments_needed(), 3) << "two lay far apart";
  EXPECT_EQ(record.applications(0).assessments_submitted(), 3);
  const auto again = Must<st::FundingCallRecord>(office_, "director", record_of, ask);
  EXPECT_EQ(again.SerializeAsString(), record.SerializeAsString());

  // An applicant who is declined reads the reason, but neither a scorer nor a score.
  auto declined = ReadApplication(office_, "director", second);
  ASSERT_OK(declined);
  st::DeclineFundingApplicationRequest decline;
  decline.set_feedback("The plan for the nights was thin.");
  Move(office_, "director", "FundingAgreementService/DeclineFundingApplication", &*declined, decline);
  const auto told = ReadApplication(dilico, "applicant", second);
  ASSERT_OK(told);
  EXPECT_EQ(told->state(), st::FUNDING_APPLICATION_STATE_DECLINED);
  EXPECT_EQ(told->feedback(), "The plan for the nights was thin.");
  for (const char* hidden : {"min-mag", "min-mol", "as the answer says"}) {
    EXPECT_THAT(told->SerializeAsString(), Not(HasSubstr(hidden)));
  }
  const auto closed_to_them = AnyOf("ROLE_NOT_PERMITTED", "AGENCY_KIND_NOT_PERMITTED");
  get.set_name(replacing);
  EXPECT_THAT(RuleAgainst<st::FundingAssessment>(dilico, "applicant", read, get), closed_to_them);
  EXPECT_THAT(RuleAgainst<st::FundingCallRecord>(dilico, "applicant", record_of, ask), closed_to_them);
}

}  // namespace
}  // namespace accord::e2e
