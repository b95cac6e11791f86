// The rows of the founding document that are about funds, through the gateway and on the real clock.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "accord/strategy/v1/funding_agreement_service.pb.h"
#include "accord/strategy/v1/funding_application_service.pb.h"
#include "accord/strategy/v1/funding_assessment_service.pb.h"
#include "accord/strategy/v1/funding_call_service.pb.h"
#include "accord/strategy/v1/funding_record_service.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "tests/e2e/run.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace st = accord::strategy::v1;
using ::testing::HasSubstr;

class StrategyFunds : public ServiceRows {
 protected:
  StrategyFunds()
      : ServiceRows("strategy", "funding"),
        office_(Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}, {"director", ROLE_OFFICE_DIRECTOR}})),
        panel_(Enrol("min-mcss", {{"chair", ROLE_FUND_PANEL}})) {
    ctl_.SetContext("office", identities_.at("co-pahtco"), "director", "funding");
  }

  // A call that opens in two seconds, for societies, with one criterion and one condition.
  static st::CreateFundingCallRequest NewCall(absl::Duration open_for) {
    st::CreateFundingCallRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* call = request.mutable_funding_call();
    call->set_owner_ministry("min-mcss");
    call->set_title("Community-Based Supports Fund");
    *call->mutable_opens_at() = ToProto(absl::Now() + absl::Seconds(2));
    *call->mutable_closes_at() = ToProto(absl::Now() + absl::Seconds(2) + open_for);
    call->set_guide_digest(std::string(64, 'a'));
    auto* criterion = call->add_criteria();
    criterion->set_code("need");
    criterion->set_text("How well it answers the need of survivors");
    criterion->set_max_points(10);
    criterion->set_weight_bp(10000);
    call->add_eligible_kinds(AGENCY_KIND_CHILDREN_AID_SOCIETY);
    call->set_scorers_required(2);
    auto* chair = call->add_panel();
    chair->set_agency("min-mcss");
    chair->set_person("chair");
    chair->set_chair(true);
    call->set_available_cents(100000000);
    call->set_source_ref("Progress report 2017-02-23");
    return request;
  }
  st::FundingCall ReadCall(const std::string& name) {
    st::GetFundingCallRequest get;
    get.set_name(name);
    return Must<st::FundingCall>(office_, "staff", "FundingCallService/GetFundingCall", get);
  }
  bool ComesTo(const std::string& name, st::FundingCallState state) {
    return Eventually([&] { return ReadCall(name).state() == state; }, absl::Seconds(60));
  }
  st::FundingApplication Apply(const AgencyClient& client, const std::string& agency,
                               const std::string& call) {
    st::CreateFundingApplicationRequest request;
    request.set_parent("agencies/" + agency);
    auto* application = request.mutable_funding_application();
    application->set_funding_call(call);
    application->set_applicant_title(agency);
    auto* content = application->mutable_content();
    content->set_project_title("A safe place");
    content->set_amount_cents(300000);
    content->add_years()->set_fiscal_year("2026-27");
    content->mutable_years(0)->set_amount_cents(300000);
    content->add_answers()->set_criterion("need");
    content->mutable_answers(0)->set_text("We open at night.");
    auto started = Must<st::FundingApplication>(
        client, "applicant", "FundingApplicationService/CreateFundingApplication", request);
    Move<st::SubmitFundingApplicationRequest>(client, "applicant",
                                              "FundingApplicationService/SubmitFundingApplication", &started);
    return started;
  }
  void Declare(const AgencyClient& client, const std::string& agency, const std::string& person,
               const std::string& application) {
    st::CreateConflictDeclarationRequest request;
    request.set_parent("agencies/" + agency);
    request.mutable_conflict_declaration()->set_funding_application(application);
    request.mutable_conflict_declaration()->set_kind(st::CONFLICT_KIND_NONE);
    Must<st::ConflictDeclaration>(client, person, "FundingAssessmentService/CreateConflictDeclaration",
                                  request);
  }
  st::FundingAssessment Assign(const std::string& application, const std::string& agency) {
    st::CreateFundingAssessmentRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_funding_assessment()->set_funding_application(application);
    request.mutable_funding_assessment()->set_scorer_agency(agency);
    request.mutable_funding_assessment()->set_scorer("scorer");
    return Must<st::FundingAssessment>(office_, "staff", "FundingAssessmentService/CreateFundingAssessment",
                                       request);
  }
  void Score(const AgencyClient& client, const std::string& name, int points) {
    st::GetFundingAssessmentRequest get;
    get.set_name(name);
    auto assessment =
        Must<st::FundingAssessment>(client, "scorer", "FundingAssessmentService/GetFundingAssessment", get);
    st::SaveFundingAssessmentRequest save;
    save.add_scores()->set_criterion("need");
    save.mutable_scores(0)->set_points(points);
    save.mutable_scores(0)->set_justification("as the answer says");
    Move(client, "scorer", "FundingAssessmentService/SaveFundingAssessment", &assessment, save);
    Move<st::SubmitFundingAssessmentRequest>(client, "scorer",
                                             "FundingAssessmentService/SubmitFundingAssessment", &assessment);
  }

  // The panel recommends all that was asked for.
  void Recommend(const std::string& application) {
    st::CreatePanelDecisionRequest decide;
    decide.mutable_panel_decision()->set_funding_application(application);
    decide.mutable_panel_decision()->set_recommendation(st::RECOMMENDATION_RECOMMENDED);
    decide.mutable_panel_decision()->set_amount_cents(300000);
    decide.mutable_panel_decision()->set_reasons("by the scores");
    Must<st::PanelDecision>(panel_, "chair", "FundingAssessmentService/CreatePanelDecision", decide);
  }
  // As many applications of one society as are scored, each with another score, and the call decided.
  std::vector<st::FundingApplication> Decided(int count, const std::string& envelope) {
    const AgencyClient york = Enrol("cas-york", {{"applicant", ROLE_FUND_APPLICANT}});
    const AgencyClient justice = Enrol("min-mag", {{"scorer", ROLE_FUND_SCORER}});
    const AgencyClient labour = Enrol("min-mol", {{"scorer", ROLE_FUND_SCORER}});
    st::CreateFundingCallRequest write = NewCall(absl::Seconds(30));
    write.mutable_funding_call()->set_envelope(envelope);
    auto call = Must<st::FundingCall>(office_, "staff", "FundingCallService/CreateFundingCall", write);
    Move<st::PublishFundingCallRequest>(office_, "director", "FundingCallService/PublishFundingCall", &call);
    EXPECT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_OPEN));
    std::vector<st::FundingApplication> applications;
    for (int i = 0; i < count; ++i) applications.push_back(Apply(york, "cas-york", call.name()));
    EXPECT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_CLOSED));
    std::vector<st::FundingAssessment> by_justice, by_labour;
    for (st::FundingApplication& application : applications) {
      Move<st::ScreenFundingApplicationRequest>(
          office_, "staff", "FundingApplicationService/ScreenFundingApplication", &application);
      by_justice.push_back(Assign(application.name(), "min-mag"));
      by_labour.push_back(Assign(application.name(), "min-mol"));
      Declare(justice, "min-mag", "scorer", application.name());
      Declare(labour, "min-mol", "scorer", application.name());
      Declare(panel_, "min-mcss", "chair", application.name());
    }
    call = ReadCall(call.name());
    Move<st::BeginFundingCallEvaluationRequest>(office_, "staff",
                                                "FundingCallService/BeginFundingCallEvaluation", &call);
    for (int i = 0; i < count; ++i) {
      const auto at = static_cast<std::size_t>(i);
      Score(justice, by_justice[at].name(), i);
      Score(labour, by_labour[at].name(), i);
      Recommend(applications[at].name());
    }
    Move<st::ConcludeFundingCallRequest>(panel_, "chair", "FundingCallService/ConcludeFundingCall", &call);
    Move<st::DecideFundingCallRequest>(office_, "director", "FundingCallService/DecideFundingCall", &call);
    return applications;
  }
  // Asks for the same award until the service has answered. The rule that refused it; empty if none did.
  std::string Insist(const st::ApproveFundingApplicationRequest& approve) const {
    std::string rule = "never answered";
    Eventually(
        [&] {
          const auto approved = office_.Call<st::FundingApplication>(
              "/accord.strategy.v1.FundingAgreementService/ApproveFundingApplication", "director", "funding",
              approve);
          if (!approved.ok() && !absl::IsFailedPrecondition(approved.status())) return false;
          rule = approved.ok() ? "" : RuleOf(approved.status());
          return true;
        },
        absl::Seconds(120));
    return rule;
  }

  const Accordctl ctl_{stack_};
  const AgencyClient office_, panel_;
};

TEST_F(StrategyFunds, SeedRow07_AnOpenCallIsRankedByTwoScorersEachAndItsRecordIsTheSameEachTime) {
  const AgencyClient york = Enrol("cas-york", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient dilico = Enrol("cas-i-dilico", {{"applicant", ROLE_FUND_APPLICANT}});
  const AgencyClient justice = Enrol("min-mag", {{"scorer", ROLE_FUND_SCORER}});
  const AgencyClient labour = Enrol("min-mol", {{"scorer", ROLE_FUND_SCORER}});
  auto call = Must<st::FundingCall>(office_, "staff", "FundingCallService/CreateFundingCall",
                                    NewCall(absl::Seconds(20)));
  Move<st::PublishFundingCallRequest>(office_, "director", "FundingCallService/PublishFundingCall", &call);
  ASSERT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_OPEN));
  st::ReviseFundingCallRequest revise;
  *revise.mutable_funding_call() = ReadCall(call.name());
  revise.mutable_funding_call()->mutable_criteria(0)->set_max_points(5);
  const auto frozen = Call<st::FundingCall>(office_, "staff", "FundingCallService/ReviseFundingCall", revise);
  EXPECT_EQ(RuleOf(frozen.status()), "CRITERIA_FROZEN");
  std::vector<st::FundingApplication> applications = {Apply(york, "cas-york", call.name()),
                                                      Apply(dilico, "cas-i-dilico", call.name())};
  ASSERT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_CLOSED));
  std::vector<st::FundingAssessment> by_justice, by_labour;
  for (st::FundingApplication& application : applications) {
    Move<st::ScreenFundingApplicationRequest>(
        office_, "staff", "FundingApplicationService/ScreenFundingApplication", &application);
    by_justice.push_back(Assign(application.name(), "min-mag"));
    by_labour.push_back(Assign(application.name(), "min-mol"));
    st::GetFundingApplicationRequest get;
    get.set_name(application.name());
    const auto unread = Call<st::FundingApplication>(labour, "scorer",
                                                     "FundingApplicationService/GetFundingApplication", get);
    EXPECT_EQ(RuleOf(unread.status()), "NOT_FOUND") << "nothing was declared";
    Declare(justice, "min-mag", "scorer", application.name());
    Declare(labour, "min-mol", "scorer", application.name());
    Declare(panel_, "min-mcss", "chair", application.name());
  }
  call = ReadCall(call.name());
  Move<st::BeginFundingCallEvaluationRequest>(office_, "staff",
                                              "FundingCallService/BeginFundingCallEvaluation", &call);
  for (std::size_t i = 0; i < applications.size(); ++i) {
    Score(justice, by_justice[i].name(), 6 + static_cast<int>(i));
    Score(labour, by_labour[i].name(), 7);
    Recommend(applications[i].name());
  }
  Move<st::ConcludeFundingCallRequest>(panel_, "chair", "FundingCallService/ConcludeFundingCall", &call);
  Move<st::DecideFundingCallRequest>(office_, "director", "FundingCallService/DecideFundingCall", &call);
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

TEST_F(StrategyFunds, AwardsTakeAsMuchAsThereIsThoughTheServiceIsKilledMeanwhile) {
  st::CreateEnvelopeRequest announce;
  announce.set_parent("agencies/co-pahtco");
  auto* envelope = announce.mutable_envelope();
  envelope->set_envelope_id("awards");
  envelope->set_title("An envelope of a test");
  envelope->set_ministry("min-mcss");
  envelope->set_total_cents(899999);
  envelope->set_qualifier(st::QUALIFIER_EXACT);
  envelope->set_source_ref("a test");
  const auto announced = Must<st::Envelope>(office_, "staff", "MoneyService/CreateEnvelope", announce);
  const std::vector<st::FundingApplication> applications = Decided(4, announced.name());
  std::atomic<int> approved{0}, exceeded{0}, other{0};
  std::vector<std::thread> directors;
  for (const st::FundingApplication& application : applications) {
    st::ApproveFundingApplicationRequest approve;
    approve.set_name(application.name());
    approve.set_etag(application.etag());
    approve.set_request_id(RequestId());
    approve.add_years()->set_fiscal_year("2026-27");
    approve.mutable_years(0)->set_amount_cents(300000);
    directors.emplace_back([&, approve] {
      const std::string rule = Insist(approve);
      ++(rule.empty() ? approved : rule == "ENVELOPE_EXCEEDED" ? exceeded : other);
    });
  }
  for (int i = 0; i < 3; ++i) stack_.KillAndRestart("strategy");
  for (std::thread& director : directors) director.join();
  EXPECT_EQ(approved, 2);
  EXPECT_EQ(exceeded, 2);
  EXPECT_EQ(other, 0);
  st::GetEnvelopePositionRequest position;
  position.set_name(announced.name());
  EXPECT_EQ(Must<st::EnvelopePosition>(office_, "director", "MoneyService/GetEnvelopePosition", position)
                .committed_cents(),
            600000);
  int stored = 0;
  for (const st::FundingApplication& application : applications) {
    st::GetFundingApplicationRequest get;
    get.set_name(application.name());
    const auto read = Must<st::FundingApplication>(office_, "director",
                                                   "FundingApplicationService/GetFundingApplication", get);
    stored += read.state() == st::FUNDING_APPLICATION_STATE_APPROVED ? 1 : 0;
  }
  EXPECT_EQ(stored, 2) << "award and reserve are both there or neither";
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
  Move<st::PublishFundingCallRequest>(office_, "director", "FundingCallService/PublishFundingCall", &call);
  EXPECT_EQ(call.state(), st::FUNDING_CALL_STATE_SCHEDULED);
}

}  // namespace
}  // namespace accord::e2e
