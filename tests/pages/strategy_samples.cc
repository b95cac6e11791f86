#include "tests/pages/strategy_samples.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "tests/pages/board_samples.h"

namespace accord::ctl {
namespace {

namespace of_strategy = strategy::v1;

const absl::CivilDay kBoardDay(2026, 11, 26);

AgencyNames Ministries() {
  return {{"min-mag", "Ministry of the Attorney General"},
          {"min-mol", "Ministry of Labour"},
          {"vs-york", "Victim Services of York Region"}};
}

of_strategy::Initiative AnInitiative(const std::string& id, of_strategy::Pillar pillar,
                                     of_strategy::InitiativeState state, of_strategy::ReportedTense tense) {
  of_strategy::Initiative initiative;
  initiative.set_name(absl::StrCat("agencies/co-pahtco/initiatives/", id));
  initiative.set_initiative_id(id);
  initiative.set_title(absl::StrCat("Undertaking ", id));
  initiative.set_pillar(pillar);
  initiative.set_lead_ministry("min-mol");
  initiative.set_state(state);
  initiative.set_tense_as_reported(tense);
  initiative.set_verb_as_reported("has completed");
  initiative.set_source_ref("Progress report");
  return initiative;
}

of_strategy::IndicatorFigure* AddFigure(int month, of_strategy::FigureStatus status,
                                        of_strategy::IndicatorTable* table) {
  auto* figure = table->add_figures();
  figure->set_period_start(absl::StrCat("2026-0", month, "-01"));
  figure->set_period_end(absl::StrCat("2026-0", month, "-28"));
  figure->set_status(status);
  return figure;
}

void AddValue(int month, int64_t value, of_strategy::Qualifier qualifier,
              of_strategy::IndicatorTable* table) {
  auto* figure = AddFigure(month, of_strategy::FIGURE_STATUS_SHOWN, table);
  figure->set_value(value);
  figure->set_qualifier(qualifier);
}

of_strategy::IndicatorTable ATable(const std::string& id) {
  of_strategy::IndicatorTable table;
  table.set_state(of_strategy::INDICATOR_TABLE_STATE_OPEN);
  auto* indicator = table.mutable_indicator();
  indicator->set_name(absl::StrCat("agencies/co-pahtco/indicators/", id));
  indicator->set_indicator_id(id);
  indicator->set_definition(absl::StrCat("What is measured of ", id));
  indicator->set_unit("people");
  indicator->set_owner_ministry("min-mol");
  return table;
}

// This gives every status of a figure, a target, a figure without a target, and a table that must not
// be shown.
std::vector<of_strategy::IndicatorTable> FewTables() {
  of_strategy::IndicatorTable trained = ATable("training");
  trained.mutable_indicator()->set_target(600);
  AddValue(1, 0, of_strategy::QUALIFIER_EXACT, &trained);
  AddFigure(2, of_strategy::FIGURE_STATUS_SUPPRESSED, &trained);
  AddValue(3, 450, of_strategy::QUALIFIER_ABOUT, &trained);
  trained.mutable_figures(2)->set_as_stated("approximately 450");
  auto* words = AddFigure(4, of_strategy::FIGURE_STATUS_IN_WORDS, &trained);
  words->set_text("fewer than last year");
  words->set_qualifier(of_strategy::QUALIFIER_EXACT);
  AddValue(5, 512, of_strategy::QUALIFIER_EXACT, &trained);
  of_strategy::IndicatorTable restricted = ATable("nations");
  restricted.set_state(of_strategy::INDICATOR_TABLE_STATE_NO_AUTHORISATION);
  of_strategy::IndicatorTable late = ATable("housing");
  late.set_overdue_since("2026-11-14");
  return {trained, restricted, late};
}

StrategyBoard FewOnTheStrategyBoard() {
  StrategyBoard board;
  board.today = kBoardDay;
  board.agencies = Ministries();
  board.initiatives = {
      AnInitiative("office", of_strategy::PILLAR_PROVINCIAL_COORDINATION_AND_LEADERSHIP,
                   of_strategy::INITIATIVE_STATE_UNDERWAY, of_strategy::REPORTED_TENSE_DONE),
      AnInitiative("fund", of_strategy::PILLAR_INDIGENOUS_LED_APPROACHES,
                   of_strategy::INITIATIVE_STATE_DELAYED, of_strategy::REPORTED_TENSE_PLANNED),
      AnInitiative("team", of_strategy::PILLAR_ENHANCED_JUSTICE_SECTOR_INITIATIVES,
                   of_strategy::INITIATIVE_STATE_DELIVERED, of_strategy::REPORTED_TENSE_UNDERWAY),
      AnInitiative("new", of_strategy::PILLAR_PREVENTION_AND_COMMUNITY_SUPPORTS,
                   of_strategy::INITIATIVE_STATE_PLANNED, of_strategy::REPORTED_TENSE_UNSPECIFIED)};
  board.initiatives[0].set_state_since("2026-01-05");
  board.initiatives[0].add_partner_ministries("min-mag");
  auto* milestone = board.initiatives[0].add_milestones();
  milestone->set_code("director");
  milestone->set_title("A director is appointed");
  milestone->set_due("2026-11-25");
  board.initiatives[1].set_state_reason("Applications came late.");
  board.initiatives[3].clear_verb_as_reported();
  board.tables = FewTables();
  return board;
}

StrategyBoard ManyOnTheStrategyBoard() {
  StrategyBoard board = FewOnTheStrategyBoard();
  board.initiatives.clear();
  for (int i = 0; i < 300; ++i) {
    board.initiatives.push_back(
        AnInitiative(absl::StrCat("many-", i), static_cast<of_strategy::Pillar>(1 + i % 4),
                     of_strategy::INITIATIVE_STATE_UNDERWAY, of_strategy::REPORTED_TENSE_UNDERWAY));
    board.initiatives.back().set_title(absl::StrCat("T", 101 + i, " an undertaking of the strategy"));
    board.initiatives.back().set_source_ref(absl::StrCat("the report, end", 101 + i));
  }
  return board;
}

StrategyBoard HostileStrategyBoard() {
  StrategyBoard board = FewOnTheStrategyBoard();
  board.agencies["min-mol"] = HostileText();
  for (int i = 0; i < 20; ++i) {
    board.initiatives.push_back(
        AnInitiative(absl::StrCat("hostile-", i), static_cast<of_strategy::Pillar>(1 + i % 4),
                     of_strategy::INITIATIVE_STATE_UNDERWAY, of_strategy::REPORTED_TENSE_DONE));
    auto& initiative = board.initiatives.back();
    initiative.set_title(absl::StrCat("T", 901 + i, " ", HostileText()));
    initiative.set_verb_as_reported(HostileText());
    initiative.set_source_ref(absl::StrCat(HostileText(), " end", 901 + i));
  }
  board.initiatives[1].set_title(HostileText());
  board.initiatives[1].set_state_reason(HostileText());
  auto* indicator = board.tables[0].mutable_indicator();
  indicator->set_definition(HostileText());
  indicator->set_unit(HostileText());
  board.tables[0].mutable_figures(2)->set_as_stated(HostileText());
  board.tables[0].mutable_figures(3)->set_text(HostileText());
  return board;
}

of_strategy::Allocation AnAllocation(const std::string& recipient, of_strategy::AllocationState state) {
  of_strategy::Allocation allocation;
  allocation.set_recipient(recipient);
  allocation.set_fiscal_year("2016-17");
  allocation.set_amount_cents(10005);
  allocation.set_state(state);
  allocation.set_source_ref("an agreement");
  return allocation;
}

EnvelopeView NoneOfAnEnvelope() {
  EnvelopeView view;
  view.now = absl::FromCivil(absl::CivilSecond(2026, 11, 26, 16, 30, 0), OntarioZone());
  view.agencies = Ministries();
  auto* envelope = view.position.mutable_envelope();
  envelope->set_name("agencies/co-pahtco/envelopes/vcao-ht");
  envelope->set_title("Increase for crisis assistance");
  envelope->set_ministry("min-mag");
  envelope->set_total_cents(665000000);
  envelope->set_qualifier(of_strategy::QUALIFIER_UP_TO);
  envelope->set_as_stated("$6.65 million over four years");
  view.position.set_free_cents(665000000);
  return view;
}

EnvelopeView FewOfAnEnvelope() {
  EnvelopeView view = NoneOfAnEnvelope();
  view.position.set_committed_cents(10005);
  view.position.set_free_cents(664989995);
  auto* year = view.position.add_years();
  year->set_fiscal_year("2016-17");
  year->set_ceiling_cents(100000000);
  year->set_committed_cents(10005);
  year = view.position.add_years();
  year->set_fiscal_year("2017-18");
  view.allocations = {AnAllocation("vs-york", of_strategy::ALLOCATION_STATE_COMMITTED),
                      AnAllocation("vs-unknown", of_strategy::ALLOCATION_STATE_PLANNED),
                      AnAllocation("vs-york", of_strategy::ALLOCATION_STATE_CLOSED)};
  return view;
}

EnvelopeView HostileEnvelope() {
  EnvelopeView view = FewOfAnEnvelope();
  view.position.mutable_envelope()->set_title(HostileText());
  view.position.mutable_envelope()->set_as_stated(HostileText());
  view.agencies["vs-york"] = view.agencies["min-mag"] = HostileText();
  view.allocations[0].set_source_ref(HostileText());
  return view;
}

}  // namespace

std::map<std::string, StrategyBoard> StrategyBoardSamples() {
  StrategyBoard none;
  none.today = kBoardDay;
  return {{"none", none},
          {"few", FewOnTheStrategyBoard()},
          {"many", ManyOnTheStrategyBoard()},
          {"hostile", HostileStrategyBoard()}};
}

std::map<std::string, EnvelopeView> EnvelopeSamples() {
  return {{"none", NoneOfAnEnvelope()}, {"few", FewOfAnEnvelope()}, {"hostile", HostileEnvelope()}};
}

}  // namespace accord::ctl
