// In this model test, staff and the director of the office, ministries, agencies that get money and one that
// only reads try everything with indicators, observations, money and reports. Each effect, and everything
// that anybody learns, is compared with what the field allows.
#include "common/testing/change_watch.h"
#include "common/testing/people.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/strategy/testing/field_oracle.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

namespace a = annotations::v1;
using google::protobuf::Message;
using testing::World;

std::vector<Caller> Everybody() {
  testing::People people("console");
  const auto office = a::AGENCY_KIND_COORDINATION_OFFICE, ministry = a::AGENCY_KIND_MINISTRY,
             services = a::AGENCY_KIND_VICTIM_SERVICES;
  people.Add("co-pahtco", office, "staff", {a::ROLE_OFFICE_STAFF}, a::PURPOSE_FUNDING);
  people.Add("co-pahtco", office, "director", {a::ROLE_OFFICE_DIRECTOR}, a::PURPOSE_FUNDING);
  people.Add("co-pahtco", office, "both", {a::ROLE_OFFICE_STAFF, a::ROLE_OFFICE_DIRECTOR},
             a::PURPOSE_FUNDING);
  people.Add("co-pahtco", office, "admin", {a::ROLE_PLATFORM_ADMIN}, a::PURPOSE_FUNDING);
  for (const char* id : {"min-mol", "min-mag"}) {
    people.Add(id, ministry, "lead", {a::ROLE_MINISTRY_LEAD}, a::PURPOSE_FUNDING);
    people.Add(id, ministry, "learner", {a::ROLE_LEARNER}, a::PURPOSE_FUNDING);
  }
  people.Add("co-pahtco", office, "finance", {a::ROLE_FINANCE_OFFICER}, a::PURPOSE_FUNDING);
  people.Add("min-mag", ministry, "finance", {a::ROLE_FINANCE_OFFICER}, a::PURPOSE_FUNDING);
  people.Add("vs-york", services, "manager", {a::ROLE_VS_MANAGER}, a::PURPOSE_FUNDING);
  people.Add("vs-peel", services, "manager", {a::ROLE_VS_MANAGER}, a::PURPOSE_FUNDING);
  people.Add("io-elders", a::AGENCY_KIND_INDIGENOUS_ORGANISATION, "elder", {a::ROLE_INDIGENOUS_REP},
             a::PURPOSE_FUNDING);
  people.Add("ps-york", a::AGENCY_KIND_POLICE_SERVICE, "member", {a::ROLE_POLICE_MEMBER}, a::PURPOSE_FUNDING);
  return people.callers();
}

// Shapes an observation, which mostly has a figure of a period that is over.
void ShapeObservation(testing::Dice* dice, v1::IndicatorObservation* observation) {
  observation->set_period_start("2026-11-01");
  observation->set_period_end("2026-11-20");
  dice->Percent(80) ? observation->clear_text() : observation->clear_value();
  if (observation->text().empty()) observation->set_value(dice->Below(1000));
}

// This makes one or two sentences of one of the two ministries, which may state a figure of an indicator.
void ShapeSections(const World& world, testing::Dice* dice,
                   google::protobuf::RepeatedPtrField<v1::ReportSection>* sections) {
  sections->Clear();
  v1::ReportSection* section = sections->Add();
  section->set_title("Progress");
  section->set_title_fr("Progrès");
  const int sentences = 1 + dice->Below(2);
  for (int i = 0; i < sentences; ++i) {
    v1::ReportSentence* sentence = section->add_sentences();
    sentence->set_code(absl::StrCat("sentence-", i));
    sentence->set_text("Inspectors were trained.");
    sentence->set_text_fr("Des inspecteurs ont été formés.");
    sentence->set_tense(v1::REPORTED_TENSE_DONE);
    sentence->set_ministry(dice->Percent(50) ? "min-mol" : "min-mag");
    sentence->set_source_ref("a report");
  }
  std::vector<std::string> indicators;
  for (const auto& [name, record] : world) {
    if (testing::As<v1::Indicator>(record.get()) != nullptr) indicators.push_back(name);
  }
  if (indicators.empty() || dice->Percent(70)) return;
  v1::ReportSentence* sentence = section->mutable_sentences(0);
  sentence->set_text("{{trained}} inspectors were trained.");
  sentence->set_text_fr("{{trained}} inspecteurs ont été formés.");
  v1::ReportFigure* figure = sentence->add_figures();
  figure->set_code("trained");
  figure->set_kind(v1::REPORT_FIGURE_KIND_OBSERVED);
  figure->set_indicator(dice->Any(indicators));
  figure->set_may_be_unknown(dice->Percent(50));
}

// Requests mostly have the present digest of the report that they confirm or approve.
template <class Request>
void ShapeDigest(const World& world, testing::Dice* dice, Message* request) {
  auto* r = dynamic_cast<Request*>(request);
  if (r == nullptr || dice->Percent(10)) return;
  const auto* report = testing::In<v1::ProgressReport>(world, r->name());
  if (report != nullptr) r->set_digest(report->digest());
}

void ShapeReport(const World& world, testing::Dice* dice, int number, Message* request) {
  if (auto* r = dynamic_cast<v1::CreateOfficeRoleRequest*>(request)) {
    r->mutable_office_role()->set_office_role_id(absl::StrCat("role-", number));
    r->mutable_office_role()->set_years_of_experience(dice->Below(30));
    r->mutable_office_role()->set_years_qualifier(v1::QUALIFIER_EXACT);
  }
  if (auto* r = dynamic_cast<v1::CreateProgressReportRequest*>(request)) {
    r->mutable_progress_report()->set_progress_report_id(absl::StrCat("report-", number));
    ShapeSections(world, dice, r->mutable_progress_report()->mutable_sections());
  }
  if (auto* r = dynamic_cast<v1::ReviseProgressReportRequest*>(request)) {
    ShapeSections(world, dice, r->mutable_sections());
  }
  if (auto* r = dynamic_cast<v1::RestateProgressReportRequest*>(request)) {
    r->set_progress_report_id(absl::StrCat("report-", number));
  }
  if (auto* r = dynamic_cast<v1::RenderProgressReportRequest*>(request)) r->clear_known_at();
  ShapeDigest<v1::ConfirmProgressReportRequest>(world, dice, request);
  ShapeDigest<v1::ApproveProgressReportRequest>(world, dice, request);
}

// Changes random requests so that some of them may succeed.
void Shape(const Caller& who, const World& world, testing::Dice* dice, int number, Message* request) {
  const std::string ministry = dice->Percent(50) ? "min-mol" : "min-mag";
  ShapeReport(world, dice, number, request);
  if (auto* r = dynamic_cast<v1::CreateIndicatorRequest*>(request)) {
    r->mutable_indicator()->set_indicator_id(absl::StrCat("indicator-", number));
    r->mutable_indicator()->set_owner_ministry(who.kind == a::AGENCY_KIND_MINISTRY ? who.agency : ministry);
    r->mutable_indicator()->clear_governing_bodies();
    if (r->indicator().indigenous_disaggregated()) {
      r->mutable_indicator()->clear_baseline();
      r->mutable_indicator()->add_governing_bodies("io-elders");
    }
    r->mutable_indicator()->clear_source_service();
    r->mutable_indicator()->clear_initiative();
  }
  if (auto* r = dynamic_cast<v1::CreateIndicatorObservationRequest*>(request)) {
    ShapeObservation(dice, r->mutable_indicator_observation());
  }
  if (auto* r = dynamic_cast<v1::ReviseIndicatorObservationRequest*>(request)) {
    auto* observation = r->mutable_indicator_observation();
    ShapeObservation(dice, observation);
    const auto* known = testing::In<v1::IndicatorObservation>(world, observation->name());
    if (known != nullptr) observation->set_indicator(known->indicator());
  }
  if (auto* r = dynamic_cast<v1::CorrectIndicatorObservationRequest*>(request)) {
    r->clear_text();
    r->set_value(dice->Below(1000));
  }
  if (auto* r = dynamic_cast<v1::CreateEnvelopeRequest*>(request)) {
    r->mutable_envelope()->set_envelope_id(absl::StrCat("envelope-", number));
    r->mutable_envelope()->set_ministry(ministry);
    r->mutable_envelope()->set_total_cents(200);
    r->mutable_envelope()->set_years_count(4);
  }
  if (auto* r = dynamic_cast<v1::SetEnvelopeCeilingsRequest*>(request)) {
    r->set_first_fiscal_year("2016-17");
    r->clear_ceilings();
    auto* ceiling = r->add_ceilings();
    ceiling->set_fiscal_year(dice->Percent(50) ? "2016-17" : "2017-18");
    ceiling->set_amount_cents(1 + dice->Below(200));
  }
  if (auto* r = dynamic_cast<v1::CreateAllocationRequest*>(request)) {
    auto* allocation = r->mutable_allocation();
    const auto* envelope = testing::In<v1::Envelope>(world, allocation->envelope());
    const bool dated = envelope != nullptr && !envelope->first_fiscal_year().empty();
    allocation->set_fiscal_year(dated ? "2016-17" : "");
    allocation->set_recipient(dice->Percent(50) ? "vs-york" : "vs-peel");
    allocation->set_amount_cents(1 + dice->Below(80));
  }
  if (auto* r = dynamic_cast<v1::ReduceAllocationRequest*>(request)) r->set_amount_cents(1 + dice->Below(40));
  if (auto* r = dynamic_cast<v1::CreatePaymentRequest*>(request)) {
    r->mutable_payment()->set_amount_cents(1 + dice->Below(20));
    int instalments = 0;
    for (const auto& [name, record] : world) {
      const auto* payment = testing::As<v1::Payment>(record.get());
      if (payment == nullptr || !payment->reverses().empty()) continue;
      instalments += payment->allocation() == r->payment().allocation() ? 1 : 0;
    }
    r->mutable_payment()->set_instalment_no(instalments + (dice->Percent(90) ? 1 : 2));
  }
  // The clock is set to a day long after the fiscal years of the allocations here.
  if (auto* r = dynamic_cast<v1::PayPaymentRequest*>(request)) {
    r->set_paid_on("2026-11-24");
    if (dice->Percent(90)) r->set_carry_decision("a decision");
  }
  if (auto* r = dynamic_cast<v1::RequestPaymentReversalRequest*>(request)) {
    r->set_amount_cents(1 + dice->Below(12));
  }
  // The limit is mostly above every payment here, so that payments go on.
  if (auto* r = dynamic_cast<v1::CreateApprovalLimitRequest*>(request)) {
    r->mutable_approval_limit()->set_amount_cents(1 + dice->Below(1000));
  }
  if (auto* r = dynamic_cast<v1::ReviseApprovalLimitRequest*>(request)) {
    r->set_amount_cents(1 + dice->Below(1000));
  }
  if (auto* r = dynamic_cast<v1::CreateContributionRequest*>(request)) {
    r->mutable_contribution()->set_from_ministry(ministry);
    if (dice->Percent(50)) r->mutable_contribution()->clear_amount_cents();
  }
  if (auto* r = dynamic_cast<v1::AdvanceContributionRequest*>(request)) {
    r->set_event(dice->Percent(60) ? "commit" : "receive");
    if (dice->Percent(50)) r->clear_amount_cents();
  }
}

class InsidersOfStrategy : public StrategyFixture {
 protected:
  explicit InsidersOfStrategy(const std::string& dsn = "") : StrategyFixture(dsn) {}

  testing::Insiders::Options Options(int steps) {
    testing::Insiders::Options options;
    options.steps = testing::StepsOr(steps);
    options.package = "accord.strategy.v1";
    // Everybody reads initiatives, bills and coalitions, and other tests try each of their changes. A funding
    // call needs more steps in a row than chance finds. The feed is watched at the end.
    options.elsewhere = {"accord.strategy.v1.InitiativeService",
                         "accord.strategy.v1.EngagementService",
                         "accord.strategy.v1.FundingAgreementService",
                         "accord.strategy.v1.FundingApplicationService",
                         "accord.strategy.v1.FundingAssessmentService",
                         "accord.strategy.v1.FundingCallService",
                         "accord.strategy.v1.FundingRecordService",
                         "accord.strategy.v1.RevisionService",
                         "accord.strategy.v1.StatusService",
                         "accord.strategy.v1.ChangeService"};
    options.people = people_;
    options.about = {{"CreateIndicatorObservation", "indicator"},
                     {"CreateDataAuthorisation", "indicator"},
                     {"CreateAllocation", "envelope"},
                     {"CreatePayment", "allocation"}};
    options.often = {"CreateIndicatorObservation",
                     "SubmitIndicatorObservation",
                     "VerifyIndicatorObservation",
                     "CreateAllocation",
                     "CommitAllocation",
                     "ConfirmProgressReport",
                     "ApproveProgressReport",
                     "PublishProgressReport",
                     "CreatePayment",
                     "ApprovePayment",
                     "PayPayment",
                     "RequestPaymentReversal",
                     "ConfirmPaymentReversal"};
    options.rare = {"RetireIndicator",    "CreateEnvelope",   "SetEnvelopeCeilings",  "CloseAllocation",
                    "CreateContribution", "CreateOfficeRole", "ReviseProgressReport", "CreateApprovalLimit"};
    options.shape = [this](const Caller& who, const World& world, absl::Time, Message* request) {
      // A person who verifies an observation has mostly opened it before.
      const auto* verify = dynamic_cast<const v1::VerifyIndicatorObservationRequest*>(request);
      if (verify != nullptr && dice_.Percent(90)) ReadObservation(verify->name(), who);
      Shape(who, world, &dice_, ++number_, request);
    };
    options.sweep = [this] { Sweep(); };
    return options;
  }
  void TryEverything(int steps) {
    testing::Insiders insiders(&in_process_, &oracle_, &requests_, &dice_, Options(steps));
    if (!testing::RunWhole(&insiders, testing::ActsOf(Lines()), testing::StepsOr(steps))) return;
    auto told = testing::WatchAllChanges(&in_process_, &insiders, people_);
    EXPECT_GT(told["indicator_observation"], 0);
    EXPECT_GT(told["allocation"], 0);
  }

  testing::Dice dice_{testing::SeedOr(20261127)};
  const std::vector<Caller> people_ = Everybody();
  OracleOfStrategy oracle_;
  testing::RandomRequest requests_{&dice_,
                                   {"co-pahtco", "min-mol", "min-mag", "vs-york", "vs-peel", "ps-york"},
                                   {"staff", "director", "lead", "manager", "finance"},
                                   {"2026-11-01", "2026-11-20", "2026-11-24"}};
  int number_ = 0;
};

TEST_F(InsidersOfStrategy, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) { TryEverything(2000); }

class InsidersOfStrategyOnPostgres : public InsidersOfStrategy {
 protected:
  InsidersOfStrategyOnPostgres() : InsidersOfStrategy(testing::PostgresCluster::Shared().NewDatabase()) {}
};

TEST_F(InsidersOfStrategyOnPostgres, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) {
  TryEverything(2000);
}

}  // namespace
}  // namespace accord::strategy
