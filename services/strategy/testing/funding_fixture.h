// This fixture has the people who take part in a call: those who write and decide it, those who apply, and
// those who score.
#ifndef ACCORD_SERVICES_STRATEGY_TESTING_FUNDING_FIXTURE_H_
#define ACCORD_SERVICES_STRATEGY_TESTING_FUNDING_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {

class FundingFixture : public StrategyFixture {
 protected:
  explicit FundingFixture(const std::string& dsn = "") : StrategyFixture(dsn) {}

  static Caller Funded(const std::string& agency, AgencyKind kind, Role role, const std::string& actor) {
    return ForFunding(Someone(agency, kind, role, actor));
  }
  // The office writes and decides, and a colleague of its staff is a second person.
  const Caller writer_ = ForFunding(staff_);
  const Caller head_ = ForFunding(director_);
  const Caller colleague_ = Funded("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                                   annotations::v1::ROLE_OFFICE_STAFF, "colleague");
  const Caller partner_ = Funded("io-elders", annotations::v1::AGENCY_KIND_INDIGENOUS_ORGANISATION,
                                 annotations::v1::ROLE_INDIGENOUS_REP, "elder");
  const Caller chair_ =
      Funded("min-mcss", annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_FUND_PANEL, "chair");

  // Two organisations apply.
  const Caller applicant_ = Applicant("or-shelter");
  const Caller rival_ = Applicant("or-youth");
  static Caller Applicant(const std::string& agency) {
    return Funded(agency, annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION,
                  annotations::v1::ROLE_FUND_APPLICANT, "applicant");
  }

  // Three people score, at agencies that do not apply.
  const Caller ann_ = Scorer("min-mag", "ann");
  const Caller ben_ = Scorer("min-msw", "ben");
  const Caller cam_ = Scorer("min-mol", "cam");
  static Caller Scorer(const std::string& agency, const std::string& actor) {
    return Funded(agency, annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_FUND_SCORER, actor);
  }

  // The calls of the tests open at nine in the morning, and close at midnight, in Ontario time.
  static absl::Time Opening() {
    return absl::FromCivil(absl::CivilSecond(2026, 12, 1, 9, 0, 0), OntarioZone());
  }
  static absl::Time Closing() { return EndOfDay(absl::CivilDay(2026, 12, 14)); }
  void At(absl::Time now) { in_process_.clock().Set(now); }

  static void AddCriterion(const std::string& code, int max_points, int weight_bp, v1::FundingCall* call) {
    auto* criterion = call->add_criteria();
    criterion->set_code(code);
    criterion->set_text("How well it answers " + code);
    criterion->set_max_points(max_points);
    criterion->set_weight_bp(weight_bp);
  }
  // This makes a call with two criteria, of which the first one breaks ties. It needs two scorers, and a
  // third one if they are 20 points apart.
  static v1::CreateFundingCallRequest NewFundingCall(int64_t available_cents = 100000000) {
    v1::CreateFundingCallRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* call = request.mutable_funding_call();
    call->set_owner_ministry("min-mcss");
    call->set_title("Community supports");
    *call->mutable_opens_at() = ToProto(Opening());
    *call->mutable_closes_at() = ToProto(Closing());
    call->set_guide_digest(std::string(64, 'a'));
    AddCriterion("need", 10, 6000, call);
    AddCriterion("plan", 4, 4000, call);
    call->add_tie_break("need");
    call->add_eligible_kinds(annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION);
    call->add_eligible_kinds(annotations::v1::AGENCY_KIND_INDIGENOUS_ORGANISATION);
    auto* line = call->add_eligibility();
    line->set_code("in-ontario");
    line->set_text("The project takes place in Ontario");
    call->set_scorers_required(2);
    call->set_divergence_points(20);
    auto* chair = call->add_panel();
    chair->set_agency("min-mcss");
    chair->set_person("chair");
    chair->set_chair(true);
    call->set_available_cents(available_cents);
    call->set_source_ref("seed row 7");
    return request;
  }
  v1::FundingCall Written(v1::CreateFundingCallRequest request = NewFundingCall()) {
    return Must(Call<v1::FundingCall>(writer_, std::move(request)));
  }
  std::string Publish(v1::FundingCall* call) { return Move(head_, call, v1::PublishFundingCallRequest()); }
  v1::FundingCall Scheduled(v1::CreateFundingCallRequest request = NewFundingCall()) {
    v1::FundingCall call = Written(std::move(request));
    if (!call.co_approvers().empty()) {
      v1::CoApproveFundingCallRequest agree;
      agree.set_criteria_digest(call.criteria_digest());
      EXPECT_EQ(Move(partner_, &call, agree), "");
    }
    EXPECT_EQ(Publish(&call), "");
    return call;
  }
  v1::FundingCall ReadCall(const v1::FundingCall& call, const Caller& caller) {
    v1::GetFundingCallRequest get;
    get.set_name(call.name());
    return Must(Call<v1::FundingCall>(caller, get));
  }
  // This gives a call at its opening, after a pass of the sweeper.
  v1::FundingCall Opened(v1::CreateFundingCallRequest request = NewFundingCall()) {
    const v1::FundingCall call = Scheduled(std::move(request));
    At(Opening());
    Sweep();
    return ReadCall(call, writer_);
  }
  static void Answer(const std::string& criterion, v1::ApplicationContent* content) {
    auto* answer = content->add_answers();
    answer->set_criterion(criterion);
    answer->set_text("What we do about " + criterion);
  }
  // This gives content that answers both criteria and requests money for one year.
  static v1::CreateFundingApplicationRequest NewApplication(const v1::FundingCall& call,
                                                            const std::string& agency,
                                                            int64_t cents = 300000) {
    v1::CreateFundingApplicationRequest request;
    request.set_parent("agencies/" + agency);
    auto* application = request.mutable_funding_application();
    application->set_funding_call(call.name());
    application->set_applicant_title("The organisation " + agency);
    auto* content = application->mutable_content();
    content->set_project_title("A safe place");
    content->set_amount_cents(cents);
    auto* year = content->add_years();
    year->set_fiscal_year("2026-27");
    year->set_amount_cents(cents);
    Answer("need", content);
    Answer("plan", content);
    return request;
  }
  v1::FundingApplication Started(const v1::FundingCall& call, const Caller& caller, int64_t cents = 300000) {
    return Must(Call<v1::FundingApplication>(caller, NewApplication(call, caller.agency, cents)));
  }
  std::string Submit(v1::FundingApplication* application, const Caller& caller) {
    return Move(caller, application, v1::SubmitFundingApplicationRequest());
  }
  v1::FundingApplication Submitted(const v1::FundingCall& call, const Caller& caller,
                                   int64_t cents = 300000) {
    v1::FundingApplication application = Started(call, caller, cents);
    EXPECT_EQ(Submit(&application, caller), "");
    return application;
  }
  std::string ReadApplication(const v1::FundingApplication& application, const Caller& caller,
                              v1::FundingApplication* read = nullptr) {
    v1::GetFundingApplicationRequest get;
    get.set_name(application.name());
    return Rule(Call<v1::FundingApplication>(caller, get), read);
  }
  v1::FundingApplication Read(const v1::FundingApplication& application, const Caller& caller) {
    v1::FundingApplication read;
    EXPECT_EQ(ReadApplication(application, caller, &read), "");
    return read;
  }
  // This sets the clock to the closing and runs the sweeper.
  void Close() {
    At(Closing());
    Sweep();
  }
  std::string Screen(v1::FundingApplication* application, const Caller& caller, bool met = true) {
    v1::ScreenFundingApplicationRequest request;
    auto* finding = request.add_findings();
    finding->set_code("in-ontario");
    finding->set_met(met);
    if (!met) finding->set_reason("it takes place elsewhere");
    return Move(caller, application, request);
  }
  std::string Assign(const v1::FundingApplication& application, const Caller& scorer,
                     v1::FundingAssessment* assessment = nullptr) {
    v1::CreateFundingAssessmentRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_funding_assessment()->set_funding_application(application.name());
    request.mutable_funding_assessment()->set_scorer_agency(scorer.agency);
    request.mutable_funding_assessment()->set_scorer(scorer.actor);
    return Rule(Call<v1::FundingAssessment>(writer_, request), assessment);
  }
  std::string Declare(const v1::FundingApplication& application, const Caller& caller,
                      v1::ConflictKind kind = v1::CONFLICT_KIND_NONE,
                      v1::ConflictDeclaration* declaration = nullptr) {
    v1::CreateConflictDeclarationRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_conflict_declaration()->set_funding_application(application.name());
    request.mutable_conflict_declaration()->set_kind(kind);
    if (kind != v1::CONFLICT_KIND_NONE) {
      request.mutable_conflict_declaration()->set_text("we worked together");
    }
    return Rule(Call<v1::ConflictDeclaration>(caller, request), declaration);
  }
  v1::FundingAssessment ReadAssessment(const v1::FundingAssessment& assessment, const Caller& caller) {
    v1::GetFundingAssessmentRequest get;
    get.set_name(assessment.name());
    return Must(Call<v1::FundingAssessment>(caller, get));
  }
  // This gives a scorer who has declared that nothing is in the way.
  v1::FundingAssessment Ready(const v1::FundingApplication& application, const Caller& scorer) {
    v1::FundingAssessment assessment;
    EXPECT_EQ(Assign(application, scorer, &assessment), "");
    EXPECT_EQ(Declare(application, scorer), "");
    return ReadAssessment(assessment, scorer);
  }
  static v1::SaveFundingAssessmentRequest NewScores(int need, int plan) {
    v1::SaveFundingAssessmentRequest request;
    const auto give = [&](const std::string& code, int points) {
      auto* score = request.add_scores();
      score->set_criterion(code);
      score->set_points(points);
      score->set_justification("as the answer says");
    };
    give("need", need);
    give("plan", plan);
    return request;
  }
  std::string Score(v1::FundingAssessment* assessment, const Caller& scorer, int need, int plan) {
    const std::string saved = Move(scorer, assessment, NewScores(need, plan));
    return saved.empty() ? Move(scorer, assessment, v1::SubmitFundingAssessmentRequest()) : saved;
  }
  std::string BeginEvaluation(const v1::FundingCall& call) {
    v1::FundingCall read = ReadCall(call, writer_);
    return Move(writer_, &read, v1::BeginFundingCallEvaluationRequest());
  }
  std::string Recommend(const v1::FundingApplication& application, int64_t cents, const Caller& caller) {
    v1::CreatePanelDecisionRequest request;
    auto* decision = request.mutable_panel_decision();
    decision->set_funding_application(application.name());
    decision->set_recommendation(cents > 0 ? v1::RECOMMENDATION_RECOMMENDED
                                           : v1::RECOMMENDATION_NOT_RECOMMENDED);
    if (cents > 0) decision->set_amount_cents(cents);
    decision->set_reasons("by the scores");
    return RuleOfRequest(caller, request);
  }
  template <class Request>
  std::string Step(const v1::FundingCall& call, const Caller& caller, Request request) {
    v1::FundingCall read = ReadCall(call, caller);
    return Move(caller, &read, std::move(request));
  }
  // This has eligible applications of one call, each of which Ann and Ben score, who have declared.
  struct Round {
    v1::FundingCall call;
    std::vector<v1::FundingApplication> applications;
    std::vector<v1::FundingAssessment> by_ann, by_ben;
  };
  Round Evaluated(int applications, v1::CreateFundingCallRequest request = NewFundingCall()) {
    Round round;
    round.call = Opened(std::move(request));
    for (int i = 0; i < applications; ++i) {
      round.applications.push_back(Submitted(round.call, i % 2 == 0 ? applicant_ : rival_));
    }
    Close();
    for (v1::FundingApplication& application : round.applications) {
      EXPECT_EQ(Screen(&application, writer_), "");
      round.by_ann.push_back(Ready(application, ann_));
      round.by_ben.push_back(Ready(application, ben_));
    }
    EXPECT_EQ(BeginEvaluation(round.call), "");
    return round;
  }
  // This lets both scorers give the same scores.
  void ScoreBoth(Round* round, std::size_t at, int need, int plan) {
    EXPECT_EQ(Score(&round->by_ann[at], ann_, need, plan), "");
    EXPECT_EQ(Score(&round->by_ben[at], ben_, need, plan), "");
  }
  // This is the director of the office, who is on the panel as well.
  Caller PanelDirector() const {
    Caller director = head_;
    director.roles.push_back(annotations::v1::ROLE_FUND_PANEL);
    return director;
  }
  // This makes two applications that are scored, and about which the chair and that director have declared.
  Round ScoredBesideTheDirector() {
    v1::CreateFundingCallRequest request = NewFundingCall();
    auto* member = request.mutable_funding_call()->add_panel();
    member->set_agency(head_.agency);
    member->set_person(head_.actor);
    Round round = Evaluated(2, std::move(request));
    for (std::size_t i = 0; i < 2; ++i) {
      ScoreBoth(&round, i, 9 - static_cast<int>(i), 2);
      for (const Caller& caller : {chair_, PanelDirector()}) {
        EXPECT_EQ(Declare(round.applications[i], caller), "");
      }
    }
    return round;
  }
  std::string Revise(v1::FundingCall* call, const Caller& caller) {
    v1::ReviseFundingCallRequest request;
    *request.mutable_funding_call() = *call;
    return Rule(Call<v1::FundingCall>(caller, request), call);
  }
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_TESTING_FUNDING_FIXTURE_H_
