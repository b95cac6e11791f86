// This file is about records of the strategy for tests of exports in public standards.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_EXCHANGE_SAMPLES_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_EXCHANGE_SAMPLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/strategy/v1/indicator_tables.pb.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "clients/accordctl/exchange/grants.h"
#include "clients/accordctl/exchange/iati.h"
#include "clients/accordctl/views/agency_names.h"
#include "common/base/clock.h"

namespace accord::ctl {

// Markup, ends of attributes and cells, a formula, a mark that reverses the direction of writing,
// and a bell.
inline std::string HostileText() {
  return "=1+1</narrative><script>alert(\"1\")</script>&amp;,\"\r\nnext\u202e\a";
}

// This gives noon of a day in Ontario.
inline google::protobuf::Timestamp Noon(const std::string& day) {
  return ToProto(EndOfDay(*ParseDay(day)) - absl::Hours(12));
}

inline AgencyNames SampleNames() {
  return {{"co-pahtco", "Coordination Office"},
          {"min-mag", "Ministry of the Attorney General"},
          {"min-mol", "Ministry of Labour"},
          {"vs-york", "Victim Services of York Region"}};
}

inline Publisher SamplePublisher() { return {"co-pahtco", "", SampleNames()}; }

inline std::vector<strategy::v1::Envelope> SampleEnvelopes() {
  strategy::v1::Envelope envelope;
  envelope.set_name("agencies/co-pahtco/envelopes/vcao-ht");
  envelope.set_envelope_id("vcao-ht");
  envelope.set_title("Victim Crisis Assistance Ontario: increase");
  envelope.set_ministry("min-mag");
  envelope.set_total_cents(665000000);
  envelope.set_qualifier(strategy::v1::QUALIFIER_EXACT);
  envelope.set_as_stated("$6.65 million over four years");
  envelope.set_source_ref("the address of a person stands here");
  return {envelope};
}

inline strategy::v1::Allocation AnAllocation(const std::string& id, strategy::v1::AllocationState state,
                                             int64_t cents) {
  strategy::v1::Allocation allocation;
  allocation.set_name(absl::StrCat("agencies/co-pahtco/allocations/", id));
  allocation.set_envelope("agencies/co-pahtco/envelopes/vcao-ht");
  allocation.set_recipient("vs-york");
  allocation.set_amount_cents(cents);
  allocation.set_state(state);
  allocation.set_state_reason("the address of a person stands here");
  allocation.set_source_ref("the address of a person stands here");
  *allocation.mutable_update_time() = Noon("2026-11-20");
  return allocation;
}

inline std::vector<strategy::v1::Allocation> SampleAllocations() {
  std::vector<strategy::v1::Allocation> allocations = {
      AnAllocation("02", strategy::v1::ALLOCATION_STATE_COMMITTED, 10005),
      AnAllocation("01", strategy::v1::ALLOCATION_STATE_COMMITTED, 250000000),
      AnAllocation("03", strategy::v1::ALLOCATION_STATE_PLANNED, 1),
      AnAllocation("04", strategy::v1::ALLOCATION_STATE_CLOSED, 77700)};
  allocations[0].set_fiscal_year("2016-17");
  return allocations;
}

inline std::vector<strategy::v1::Contribution> SampleContributions() {
  strategy::v1::Contribution unknown;
  unknown.set_name("agencies/co-pahtco/contributions/01");
  unknown.set_fund("cbsf");
  unknown.set_from_ministry("min-mohltc");
  unknown.set_kind(strategy::v1::CONTRIBUTION_KIND_UNKNOWN);
  unknown.set_state(strategy::v1::CONTRIBUTION_STATE_PLANNED);
  strategy::v1::Contribution money = unknown;
  money.set_name("agencies/co-pahtco/contributions/02");
  money.set_from_ministry("min-mag");
  money.set_kind(strategy::v1::CONTRIBUTION_KIND_MONEY);
  money.set_state(strategy::v1::CONTRIBUTION_STATE_COMMITTED);
  money.set_amount_cents(50000000);
  *money.mutable_update_time() = Noon("2026-11-21");
  strategy::v1::Contribution in_kind = money;
  in_kind.set_name("agencies/co-pahtco/contributions/03");
  in_kind.set_kind(strategy::v1::CONTRIBUTION_KIND_IN_KIND);
  strategy::v1::Contribution not_stated = money;
  not_stated.set_name("agencies/co-pahtco/contributions/04");
  not_stated.clear_amount_cents();
  return {unknown, money, in_kind, not_stated};
}

inline strategy::v1::Initiative AnInitiative(const std::string& id, strategy::v1::InitiativeState state,
                                             const std::string& since) {
  strategy::v1::Initiative initiative;
  initiative.set_name(absl::StrCat("agencies/co-pahtco/initiatives/", id));
  initiative.set_initiative_id(id);
  initiative.set_title(absl::StrCat("Initiative ", id));
  initiative.set_pillar(strategy::v1::PILLAR_PREVENTION_AND_COMMUNITY_SUPPORTS);
  initiative.set_lead_ministry("min-mol");
  initiative.add_partner_ministries("min-mag");
  initiative.set_tense_as_reported(strategy::v1::REPORTED_TENSE_DONE);
  initiative.set_verb_as_reported("has completed");
  initiative.set_source_ref("Progress report 2017-02-23");
  initiative.set_state(state);
  initiative.set_state_since(since);
  initiative.set_state_reason("the address of a person stands here");
  *initiative.mutable_update_time() = Noon("2026-11-22");
  return initiative;
}

inline std::vector<strategy::v1::Initiative> SampleInitiatives() {
  return {AnInitiative("training", strategy::v1::INITIATIVE_STATE_UNDERWAY, "2016-06-30"),
          AnInitiative("delivered", strategy::v1::INITIATIVE_STATE_DELIVERED, "2017-02-01"),
          AnInitiative("undated", strategy::v1::INITIATIVE_STATE_PLANNED, "")};
}

inline strategy::v1::IndicatorFigure* AddFigure(strategy::v1::FigureStatus status, int month,
                                                strategy::v1::IndicatorTable* table) {
  auto* figure = table->add_figures();
  figure->set_observation(
      absl::StrCat("agencies/min-mol/indicatorObservations/", table->indicator().indicator_id(), "-", month));
  figure->set_definition_version(1);
  figure->set_period_start(absl::StrCat("2016-0", month, "-01"));
  figure->set_period_end(absl::StrCat("2016-0", month, "-28"));
  figure->set_status(status);
  return figure;
}

inline strategy::v1::IndicatorTable ATable(const std::string& id, const std::string& initiative) {
  strategy::v1::IndicatorTable table;
  auto* indicator = table.mutable_indicator();
  indicator->set_name(absl::StrCat("agencies/co-pahtco/indicators/", id));
  indicator->set_indicator_id(id);
  indicator->set_definition(absl::StrCat("What is measured of ", id));
  indicator->set_definition_version(1);
  indicator->set_unit("people");
  indicator->set_type(strategy::v1::INDICATOR_TYPE_OUTPUT);
  indicator->set_aggregation(strategy::v1::AGGREGATION_SUM);
  indicator->set_owner_ministry("min-mol");
  if (!initiative.empty()) {
    indicator->set_initiative(absl::StrCat("agencies/co-pahtco/initiatives/", initiative));
  }
  table.set_state(strategy::v1::INDICATOR_TABLE_STATE_OPEN);
  return table;
}

// This gives a figure of every status, an indicator without figures, and one of which no figure may
// be exported.
inline std::vector<strategy::v1::IndicatorTable> SampleTables() {
  strategy::v1::IndicatorTable trained = ATable("trained", "training");
  trained.mutable_indicator()->set_target(600);
  auto* figure = AddFigure(strategy::v1::FIGURE_STATUS_SHOWN, 1, &trained);
  figure->set_value(0);
  figure->set_qualifier(strategy::v1::QUALIFIER_EXACT);
  AddFigure(strategy::v1::FIGURE_STATUS_SUPPRESSED, 2, &trained);
  figure = AddFigure(strategy::v1::FIGURE_STATUS_SHOWN, 3, &trained);
  figure->set_value(450);
  figure->set_qualifier(strategy::v1::QUALIFIER_ABOUT);
  figure->set_as_stated("approximately 450");
  figure = AddFigure(strategy::v1::FIGURE_STATUS_IN_WORDS, 4, &trained);
  figure->set_text("fewer than before");
  figure->set_qualifier(strategy::v1::QUALIFIER_EXACT);
  figure = AddFigure(strategy::v1::FIGURE_STATUS_SHOWN, 5, &trained);
  figure->set_value(512);
  figure->set_qualifier(strategy::v1::QUALIFIER_EXACT);
  strategy::v1::IndicatorTable restricted = ATable("first-nations", "training");
  restricted.set_state(strategy::v1::INDICATOR_TABLE_STATE_NO_AUTHORISATION);
  restricted.set_baseline_status(strategy::v1::FIGURE_STATUS_SUPPRESSED);
  return {trained, restricted, ATable("homelessness", "")};
}

inline IatiInput SampleIati() {
  return {SampleInitiatives(), SampleTables(), "co-pahtco", "", "", SampleNames()};
}

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_EXCHANGE_SAMPLES_H_
