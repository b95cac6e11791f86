// This fixture calls the handlers of this service as the office, two ministries and an agency that
// only reads.
#ifndef ACCORD_SERVICES_STRATEGY_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_STRATEGY_TESTING_FIXTURE_H_

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"
#include "common/testing/service_fixture.h"
#include "services/strategy/services.h"
#include "services/strategy/strategy_store.h"

namespace accord::strategy {

using testing::Must;
using testing::RefusedBy;

class StrategyFixture : public testing::ServiceFixture<StrategyServices> {
 protected:
  // An empty `dsn` stands for SQLite.
  explicit StrategyFixture(const std::string& dsn = "")
      : ServiceFixture(StrategyMigrations(), dsn, RealRules()) {
    On("2026-11-24");
  }

  static v1::RuleSet RealRules() {
    return testing::SourceMessage<v1::RuleSet>("services/strategy/data/rules.textproto");
  }
  static Caller Someone(const std::string& agency, AgencyKind kind, Role role, const std::string& actor) {
    return {agency, kind, "console", actor, {role}, annotations::v1::PURPOSE_UNSPECIFIED};
  }
  static Caller Lead(const std::string& ministry) {
    return Someone(ministry, annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_MINISTRY_LEAD,
                   "lead");
  }
  const Caller staff_ = Someone("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                                annotations::v1::ROLE_OFFICE_STAFF, "staff");
  const Caller director_ = Someone("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                                   annotations::v1::ROLE_OFFICE_DIRECTOR, "director");
  const Caller mag_ = Lead("min-mag");
  const Caller mol_ = Lead("min-mol");
  const Caller police_ = Someone("ps-york", annotations::v1::AGENCY_KIND_POLICE_SERVICE,
                                 annotations::v1::ROLE_POLICE_MEMBER, "member");

  // This gives an initiative that the Attorney General leads and that the office enters.
  static v1::CreateInitiativeRequest NewInitiative(const std::string& id, bool underway = true) {
    v1::CreateInitiativeRequest request;
    request.set_parent("agencies/co-pahtco");
    request.set_underway(underway);
    auto* initiative = request.mutable_initiative();
    initiative->set_initiative_id(id);
    initiative->set_title("Provincial prosecution team");
    initiative->set_pillar(v1::PILLAR_ENHANCED_JUSTICE_SECTOR_INITIATIVES);
    initiative->set_lead_ministry("min-mag");
    initiative->set_source_ref("seed row 23");
    auto* milestone = initiative->add_milestones();
    milestone->set_code("coordinator");
    milestone->set_title("A coordinator is recruited");
    return request;
  }
  v1::Initiative Entered(const std::string& id, bool underway = true) {
    return Must(Call<v1::Initiative>(staff_, NewInitiative(id, underway)));
  }
  std::string Advance(v1::Initiative* initiative, const std::string& event, const std::string& on,
                      const Caller& caller, const std::string& reason = "") {
    v1::AdvanceInitiativeRequest request;
    request.set_event(event);
    request.set_on(on);
    request.set_reason(reason);
    request.set_source_ref("a letter");
    return Move(caller, initiative, request);
  }
  std::string Meet(v1::Initiative* initiative, const std::string& code, const std::string& on) {
    v1::MeetInitiativeMilestoneRequest request;
    request.set_milestone(code);
    request.set_met_on(on);
    request.set_source_ref("a letter");
    return Move(mag_, initiative, request);
  }
  std::string ReportDelivery(v1::Initiative* initiative, const std::string& on, const std::string& source) {
    v1::ReportInitiativeDeliveryRequest request;
    request.set_on(on);
    request.set_source_ref(source);
    return Move(mag_, initiative, request);
  }
  std::string Assent(v1::LegislativeInitiative* bill, const std::string& on) {
    v1::AssentLegislativeInitiativeRequest request;
    request.set_assented_on(on);
    request.set_citation("S.O. 2017, c. 12");
    return Move(staff_, bill, request);
  }
  std::string Commence(v1::LegislativeInitiative* bill, const std::string& range, const std::string& on) {
    v1::CommenceLegislativeInitiativeSectionRequest request;
    request.set_range(range);
    request.set_in_force_on(on);
    request.set_citation("proclamation");
    return Move(staff_, bill, request);
  }
  // This gives an indicator that the Ministry of Labour measures and that the office enters.
  static v1::CreateIndicatorRequest NewIndicator(const std::string& id) {
    v1::CreateIndicatorRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* indicator = request.mutable_indicator();
    indicator->set_indicator_id(id);
    indicator->set_definition("Inspectors and officers who completed awareness training");
    indicator->set_unit("people");
    indicator->set_type(v1::INDICATOR_TYPE_OUTPUT);
    indicator->set_aggregation(v1::AGGREGATION_SUM);
    indicator->set_owner_ministry("min-mol");
    indicator->set_source_ref("seed row 38");
    return request;
  }
  v1::Indicator Measured(const std::string& id) {
    return Must(Call<v1::Indicator>(staff_, NewIndicator(id)));
  }
  v1::IndicatorTable TableOf(const v1::Indicator& indicator, const Caller& caller) {
    v1::TabulateIndicatorsRequest request;
    request.set_indicator(indicator.name());
    const auto response = Must(Call<v1::TabulateIndicatorsResponse>(caller, request));
    EXPECT_THAT(response.indicator_tables(), ::testing::SizeIs(1));
    return response.indicator_tables(0);
  }
  // This gives the observation that the report states, which is approximately 450.
  static v1::CreateIndicatorObservationRequest NewObservation(const v1::Indicator& indicator) {
    v1::CreateIndicatorObservationRequest request;
    request.set_parent("agencies/min-mol");
    auto* observation = request.mutable_indicator_observation();
    observation->set_indicator(indicator.name());
    observation->set_period_start("2016-06-30");
    observation->set_period_end("2017-02-23");
    observation->set_value(450);
    observation->set_qualifier(v1::QUALIFIER_ABOUT);
    observation->set_as_stated("approximately 450");
    observation->add_evidence("seed row 38");
    observation->set_source_ref("seed row 38");
    return request;
  }
  v1::IndicatorObservation Drafted(const v1::Indicator& indicator) {
    return Must(Call<v1::IndicatorObservation>(mol_, NewObservation(indicator)));
  }
  v1::IndicatorObservation Submitted(const v1::Indicator& indicator) {
    v1::IndicatorObservation observation = Drafted(indicator);
    EXPECT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "");
    return observation;
  }
  v1::IndicatorObservation Verified(const v1::Indicator& indicator) {
    v1::IndicatorObservation observation = Submitted(indicator);
    EXPECT_EQ(Verify(&observation), "");
    return observation;
  }
  // This lets the office open what was submitted, and verify it.
  std::string Verify(v1::IndicatorObservation* observation) {
    EXPECT_EQ(ReadObservation(observation->name(), staff_), "");
    return Move(staff_, observation, v1::VerifyIndicatorObservationRequest());
  }
  // This corrects an observation, and gives the correction, which the office has not verified.
  std::string Correct(v1::IndicatorObservation* observation, int64_t value) {
    v1::CorrectIndicatorObservationRequest request;
    request.set_value(value);
    request.set_qualifier(v1::QUALIFIER_EXACT);
    request.add_evidence("a list");
    request.set_source_ref("a letter");
    request.set_reason("two were counted twice");
    return Move(mol_, observation, request);
  }
  std::string ReadObservation(const std::string& name, const Caller& caller,
                              v1::IndicatorObservation* read = nullptr) {
    v1::GetIndicatorObservationRequest request;
    request.set_name(name);
    return Rule(Call<v1::IndicatorObservation>(caller, request), read);
  }

  // This gives the same person as a caller with the purpose of funding.
  static Caller ForFunding(Caller caller) {
    caller.purpose = annotations::v1::PURPOSE_FUNDING;
    return caller;
  }
  // This gives the envelope of the increase for crisis assistance as the report has it, without a first year
  // and without ceilings.
  static v1::CreateEnvelopeRequest NewEnvelope(const std::string& id) {
    v1::CreateEnvelopeRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* envelope = request.mutable_envelope();
    envelope->set_envelope_id(id);
    envelope->set_title("Increase for crisis assistance to victims");
    envelope->set_ministry("min-mag");
    envelope->set_total_cents(665000000);
    envelope->set_qualifier(v1::QUALIFIER_EXACT);
    envelope->set_as_stated("$6.65 million over four years");
    envelope->set_years_count(4);
    envelope->set_source_ref("seed row 14");
    return request;
  }
  v1::Envelope Announced(const std::string& id) {
    return Must(Call<v1::Envelope>(ForFunding(staff_), NewEnvelope(id)));
  }
  std::string Plan(const v1::Envelope& envelope, int64_t cents, v1::Allocation* allocation,
                   const std::string& fiscal_year = "", const std::string& recipient = "vs-york") {
    v1::CreateAllocationRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_allocation()->set_envelope(envelope.name());
    request.mutable_allocation()->set_recipient(recipient);
    request.mutable_allocation()->set_fiscal_year(fiscal_year);
    request.mutable_allocation()->set_amount_cents(cents);
    request.mutable_allocation()->set_source_ref("an agreement");
    return Rule(Call<v1::Allocation>(ForFunding(staff_), request), allocation);
  }
  std::string Commit(v1::Allocation* allocation) {
    return Move(ForFunding(director_), allocation, v1::CommitAllocationRequest());
  }
  std::string Position(const v1::Envelope& envelope, const Caller& caller,
                       v1::EnvelopePosition* position = nullptr) {
    v1::GetEnvelopePositionRequest request;
    request.set_name(envelope.name());
    return Rule(Call<v1::EnvelopePosition>(ForFunding(caller), request), position);
  }

  // This gives one sentence that the Ministry of Labour confirms.
  static v1::CreateProgressReportRequest NewReport(const std::string& id) {
    v1::CreateProgressReportRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* report = request.mutable_progress_report();
    report->set_progress_report_id(id);
    report->set_as_of("2017-02-23");
    report->set_title("Progress of the strategy");
    report->set_title_fr("Progrès de la stratégie");
    auto* section = report->add_sections();
    section->set_title("Labour");
    section->set_title_fr("Travail");
    auto* sentence = section->add_sentences();
    sentence->set_code("training");
    sentence->set_text("Inspectors were trained.");
    sentence->set_text_fr("Des inspecteurs ont été formés.");
    sentence->set_tense(v1::REPORTED_TENSE_DONE);
    sentence->set_ministry("min-mol");
    sentence->set_source_ref("seed row 38");
    return request;
  }

  v1::Initiative ReadInitiative(const std::string& name, const Caller& caller) {
    v1::GetInitiativeRequest request;
    request.set_name(name);
    return Must(Call<v1::Initiative>(caller, request));
  }
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_TESTING_FIXTURE_H_
