// These are funding calls through the gateway and on the real clock: who writes, applies, scores and decides.
#ifndef ACCORD_TESTS_E2E_FUNDS_H_
#define ACCORD_TESTS_E2E_FUNDS_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "accord/strategy/v1/funding_agreement_service.pb.h"
#include "accord/strategy/v1/funding_application_service.pb.h"
#include "accord/strategy/v1/funding_assessment_service.pb.h"
#include "accord/strategy/v1/funding_call_service.pb.h"
#include "accord/strategy/v1/funding_record_service.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {

namespace st = accord::strategy::v1;

class Funds : public ServiceRows {
 protected:
  Funds()
      : ServiceRows("strategy", "funding"),
        office_(Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}, {"director", ROLE_OFFICE_DIRECTOR}})),
        panel_(Enrol("min-mcss", {{"chair", ROLE_FUND_PANEL}})) {
    ctl_.SetContext("office", identities_.at("co-pahtco"), "director", "funding");
  }

  // This gives a call that opens in two seconds, for societies, with one criterion and one condition.
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
  st::FundingCall OpenedAs(const st::CreateFundingCallRequest& request) {
    auto call = Must<st::FundingCall>(office_, "staff", "FundingCallService/CreateFundingCall", request);
    Move<st::PublishFundingCallRequest>(office_, "director", "FundingCallService/PublishFundingCall", &call);
    EXPECT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_OPEN));
    return call;
  }
  st::FundingApplication Start(const AgencyClient& client, const std::string& agency,
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
    const st::FundingCall answered = ReadCall(call);
    for (const st::FundingCriterion& criterion : answered.criteria()) {
      auto* answer = content->add_answers();
      answer->set_criterion(criterion.code());
      answer->set_text("We open at night.");
    }
    return Must<st::FundingApplication>(client, "applicant",
                                        "FundingApplicationService/CreateFundingApplication", request);
  }
  st::FundingApplication Apply(const AgencyClient& client, const std::string& agency,
                               const std::string& call) {
    auto started = Start(client, agency, call);
    Move<st::SubmitFundingApplicationRequest>(client, "applicant",
                                              "FundingApplicationService/SubmitFundingApplication", &started);
    return started;
  }
  st::ConflictDeclaration Declare(const AgencyClient& client, const std::string& agency,
                                  const std::string& person, const std::string& application,
                                  st::ConflictKind kind = st::CONFLICT_KIND_NONE) {
    st::CreateConflictDeclarationRequest request;
    request.set_parent("agencies/" + agency);
    request.mutable_conflict_declaration()->set_funding_application(application);
    request.mutable_conflict_declaration()->set_kind(kind);
    if (kind != st::CONFLICT_KIND_NONE)
      request.mutable_conflict_declaration()->set_text("we know each other");
    return Must<st::ConflictDeclaration>(client, person, "FundingAssessmentService/CreateConflictDeclaration",
                                         request);
  }
  st::FundingAssessment Assign(const std::string& application, const std::string& agency,
                               const std::string& person = "scorer") {
    st::CreateFundingAssessmentRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_funding_assessment()->set_funding_application(application);
    request.mutable_funding_assessment()->set_scorer_agency(agency);
    request.mutable_funding_assessment()->set_scorer(person);
    return Must<st::FundingAssessment>(office_, "staff", "FundingAssessmentService/CreateFundingAssessment",
                                       request);
  }
  st::FundingAssessment ReadAssessment(const AgencyClient& client, const std::string& person,
                                       const std::string& name) {
    st::GetFundingAssessmentRequest get;
    get.set_name(name);
    return Must<st::FundingAssessment>(client, person, "FundingAssessmentService/GetFundingAssessment", get);
  }
  // This gives each criterion with its points.
  using Points = std::vector<std::pair<std::string, int>>;
  void ScoreEach(const AgencyClient& client, const std::string& person, const std::string& name,
                 const Points& points) {
    auto assessment = ReadAssessment(client, person, name);
    st::SaveFundingAssessmentRequest save;
    for (const auto& [criterion, given] : points) {
      auto* score = save.add_scores();
      score->set_criterion(criterion);
      score->set_points(given);
      score->set_justification("as the answer says");
    }
    Move(client, person, "FundingAssessmentService/SaveFundingAssessment", &assessment, save);
    Move<st::SubmitFundingAssessmentRequest>(client, person,
                                             "FundingAssessmentService/SubmitFundingAssessment", &assessment);
  }
  void Score(const AgencyClient& client, const std::string& name, int points) {
    ScoreEach(client, "scorer", name, {{"need", points}});
  }

  // The panel recommends all that was asked for.
  static st::CreatePanelDecisionRequest NewDecision(const std::string& application) {
    st::CreatePanelDecisionRequest decide;
    decide.mutable_panel_decision()->set_funding_application(application);
    decide.mutable_panel_decision()->set_recommendation(st::RECOMMENDATION_RECOMMENDED);
    decide.mutable_panel_decision()->set_amount_cents(300000);
    decide.mutable_panel_decision()->set_reasons("by the scores");
    return decide;
  }
  void Recommend(const std::string& application) {
    Must<st::PanelDecision>(panel_, "chair", "FundingAssessmentService/CreatePanelDecision",
                            NewDecision(application));
  }
  // These are the two ministries that score, and the names of what they write about one application.
  struct Scorers {
    AgencyClient justice, labour;
  };
  struct ToScore {
    std::string by_justice, by_labour;
  };
  Scorers EnrolScorers() {
    return {Enrol("min-mag", {{"scorer", ROLE_FUND_SCORER}}),
            Enrol("min-mol", {{"scorer", ROLE_FUND_SCORER}})};
  }
  ToScore Screen(st::FundingApplication* application) {
    Move<st::ScreenFundingApplicationRequest>(
        office_, "staff", "FundingApplicationService/ScreenFundingApplication", application);
    return {Assign(application->name(), "min-mag").name(), Assign(application->name(), "min-mol").name()};
  }
  // Neither a scorer nor the chair has a conflict.
  void DeclareNone(const Scorers& scorers, const std::string& application) {
    Declare(scorers.justice, "min-mag", "scorer", application);
    Declare(scorers.labour, "min-mol", "scorer", application);
    Declare(panel_, "min-mcss", "chair", application);
  }
  void BeginEvaluation(st::FundingCall* call) {
    *call = ReadCall(call->name());
    Move<st::BeginFundingCallEvaluationRequest>(office_, "staff",
                                                "FundingCallService/BeginFundingCallEvaluation", call);
  }
  // Both ministries score the application, and the panel recommends it.
  void ScoreAndRecommend(const Scorers& scorers, const ToScore& assessments, int by_justice, int by_labour,
                         const std::string& application) {
    Score(scorers.justice, assessments.by_justice, by_justice);
    Score(scorers.labour, assessments.by_labour, by_labour);
    Recommend(application);
  }
  void ConcludeAndDecide(st::FundingCall* call) {
    Move<st::ConcludeFundingCallRequest>(panel_, "chair", "FundingCallService/ConcludeFundingCall", call);
    Move<st::DecideFundingCallRequest>(office_, "director", "FundingCallService/DecideFundingCall", call);
  }
  // This gives the applications of a decided call: one society made as many as there are scores, and each was
  // scored differently.
  std::vector<st::FundingApplication> Decided(int count, const st::Envelope& envelope) {
    const AgencyClient york = Enrol("cas-york", {{"applicant", ROLE_FUND_APPLICANT}});
    const Scorers scorers = EnrolScorers();
    st::CreateFundingCallRequest write = NewCall(absl::Seconds(45));
    write.mutable_funding_call()->set_envelope(envelope.name());
    write.mutable_funding_call()->set_available_cents(envelope.total_cents());
    write.mutable_funding_call()->mutable_criteria(0)->set_max_points(100);
    st::FundingCall call = OpenedAs(write);
    std::vector<st::FundingApplication> applications;
    for (int i = 0; i < count; ++i) applications.push_back(Apply(york, "cas-york", call.name()));
    EXPECT_TRUE(ComesTo(call.name(), st::FUNDING_CALL_STATE_CLOSED));
    std::vector<ToScore> to_score;
    for (st::FundingApplication& application : applications) {
      to_score.push_back(Screen(&application));
      DeclareNone(scorers, application.name());
    }
    BeginEvaluation(&call);
    for (int i = 0; i < count; ++i) {
      const auto at = static_cast<std::size_t>(i);
      ScoreAndRecommend(scorers, to_score[at], i, i, applications[at].name());
    }
    ConcludeAndDecide(&call);
    return applications;
  }
  // This asks for the same award until the service has answered, and gives the rule that refused it. The rule
  // is empty if nothing refused it.
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

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_FUNDS_H_
