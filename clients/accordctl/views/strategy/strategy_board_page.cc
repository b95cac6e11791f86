// This file is about the board as one self-contained page. A chart is a drawing without words: what it shows
// stands beside it.
#include <algorithm>
#include <cstdint>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/strategy/strategy_board.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using strategy::v1::IndicatorFigure;
using strategy::v1::IndicatorTable;
using strategy::v1::Initiative;

// Pillars stand in the order of the strategy, and at the end stands what names none that is known here.
struct PillarTitle {
  int pillar;
  const char* id;
  const char* title;
};
constexpr PillarTitle kPillars[] = {
    {strategy::v1::PILLAR_PREVENTION_AND_COMMUNITY_SUPPORTS, "prevention",
     "Prevention and community supports"},
    {strategy::v1::PILLAR_ENHANCED_JUSTICE_SECTOR_INITIATIVES, "justice",
     "Enhanced justice sector initiatives"},
    {strategy::v1::PILLAR_INDIGENOUS_LED_APPROACHES, "indigenous", "Indigenous-led approaches"},
    {strategy::v1::PILLAR_PROVINCIAL_COORDINATION_AND_LEADERSHIP, "coordination",
     "Provincial coordination and leadership"},
    {strategy::v1::PILLAR_UNSPECIFIED, "other", "Of another pillar"}};

const PillarTitle& PillarOf(const Initiative& initiative) {
  const auto* found = std::find_if(std::begin(kPillars), std::end(kPillars), [&](const PillarTitle& each) {
    return each.pillar == initiative.pillar();
  });
  return found == std::end(kPillars) ? *std::prev(std::end(kPillars)) : *found;
}

// These are units of the drawing: a bar of 10 and a gap of 4, at most 40 high above the ground at 46.
constexpr int kBarStep = 14, kChartHeight = 40, kGround = 46;

const PageForm& StrategyBoardForm() {
  static const auto* form = new PageForm("strategy_board.html");
  return *form;
}

std::string TitledCount(const std::string& title, std::size_t count) {
  return absl::StrCat(title, " (", count, ")");
}

std::string StateCell(const Initiative& initiative) {
  const std::string state = ShortName(strategy::v1::InitiativeState_descriptor(), initiative.state());
  const bool planned = initiative.state() == strategy::v1::INITIATIVE_STATE_PLANNED;
  const std::string words = planned ? Text("not begun") : Text(state);
  return StrategyBoardForm().Part("state", {{"state", state}, {"words", words}});
}

std::string TenseWords(strategy::v1::ReportedTense tense) {
  switch (tense) {
    case strategy::v1::REPORTED_TENSE_DONE:
      return Text("as done");
    case strategy::v1::REPORTED_TENSE_UNDERWAY:
      return Text("as being done");
    case strategy::v1::REPORTED_TENSE_PLANNED:
      return Text("as planned");
    default:
      return "";
  }
}

std::string SaidCell(const Initiative& initiative) {
  if (initiative.tense_as_reported() == strategy::v1::REPORTED_TENSE_UNSPECIFIED) return "";
  const std::string tense = TenseWords(initiative.tense_as_reported());
  if (initiative.verb_as_reported().empty()) return tense;
  return StrategyBoardForm().Part("said",
                                  {{"tense", tense}, {"verb", ForeignText(initiative.verb_as_reported())}});
}

std::string AgainstCell(const Initiative& initiative) {
  const AgainstReport against = AgainstReportOf(initiative);
  if (against != AgainstReport::kBehind) return WordsOf(against);
  return StrategyBoardForm().Part("state", {{"state", "late"}, {"words", WordsOf(against)}});
}

std::string PartnersOf(const StrategyBoard& board, const Initiative& initiative) {
  std::vector<std::string> partners;
  for (const auto& partner : initiative.partner_ministries()) {
    partners.push_back(ForeignText(AgencyNameOf(board.agencies, partner)));
  }
  if (partners.empty()) return "";
  return StrategyBoardForm().Part("partners", {{"ministries", absl::StrJoin(partners, ", ")}});
}

std::string InitiativeRow(const StrategyBoard& board, const Initiative& initiative) {
  return StrategyBoardForm().Part(
      "row", {{"title", ForeignText(initiative.title())},
              {"ministry", ForeignText(AgencyNameOf(board.agencies, initiative.lead_ministry()))},
              {"partners", PartnersOf(board, initiative)},
              {"state", StateCell(initiative)},
              {"since", EscapedHtml(DayText(initiative.state_since()))},
              {"said", SaidCell(initiative)},
              {"against", AgainstCell(initiative)},
              {"source", ForeignText(initiative.source_ref())}});
}

std::string LateTable(const std::vector<LateItem>& late) {
  if (late.empty()) return StrategyBoardForm().Part("none");
  std::string rows;
  for (const LateItem& item : late) {
    std::string what = ForeignText(item.title);
    if (!item.milestone.empty()) {
      what = StrategyBoardForm().Part("step",
                                      {{"title", what}, {"milestone", ForeignText(item.milestone_title)}});
    }
    rows += StrategyBoardForm().Part("late-row", {{"what", what},
                                                  {"words", WordsOf(item)},
                                                  {"day", EscapedHtml(DayText(item.day))},
                                                  {"reason", ForeignText(item.reason)}});
  }
  return StrategyBoardForm().Part("late", {{"title", Text("What is late")}, {"rows", rows}});
}

// An approximate figure is hollow, and one that is withheld is as high as every other one.
std::string ChartBarKind(const IndicatorFigure& figure) {
  if (figure.status() == strategy::v1::FIGURE_STATUS_SUPPRESSED) return "withheld";
  return figure.qualifier() == strategy::v1::QUALIFIER_EXACT ? "exact" : "approximate";
}

int ChartBarHeight(int64_t value, int64_t most) {
  // Of so large figures a drawing shows no difference, and the product stays within its type.
  if (most > 1'000'000'000'000) return static_cast<int>(value / (most / kChartHeight));
  return static_cast<int>(value * kChartHeight / most);
}

std::string StrategyBoardChart(const IndicatorTable& table) {
  const auto& indicator = table.indicator();
  int64_t most = indicator.has_target() ? indicator.target() : 0;
  for (const auto& figure : table.figures()) most = std::max<int64_t>(most, figure.value());
  most = std::max<int64_t>(most, 1);
  std::string bars;
  int x = 2;
  for (const auto& figure : table.figures()) {
    if (figure.status() == strategy::v1::FIGURE_STATUS_IN_WORDS) continue;
    const int height =
        figure.has_value() ? ChartBarHeight(std::max<int64_t>(figure.value(), 0), most) : kChartHeight / 2;
    bars += StrategyBoardForm().Part("bar", {{"kind", ChartBarKind(figure)},
                                             {"x", absl::StrCat(x)},
                                             {"y", absl::StrCat(kGround - height)},
                                             {"height", absl::StrCat(height)}});
    x += kBarStep;
  }
  if (bars.empty()) return "";
  const std::string width = absl::StrCat(x);
  std::string target;
  if (indicator.has_target() && indicator.target() >= 0) {
    target = StrategyBoardForm().Part(
        "target-line",
        {{"y", absl::StrCat(kGround - ChartBarHeight(indicator.target(), most))}, {"width", width}});
  }
  const std::string label =
      EscapedHtml(Text("Chart of the figures in {{unit}}", {{"unit", indicator.unit()}}));
  return StrategyBoardForm().Part("chart",
                                  {{"label", label}, {"width", width}, {"bars", bars}, {"target", target}});
}

std::string BoardFiguresCell(const IndicatorTable& table) {
  if (table.state() != strategy::v1::INDICATOR_TABLE_STATE_OPEN) {
    return StrategyBoardForm().Part("no-authorisation");
  }
  if (table.figures_size() == 0) return StrategyBoardForm().Part("no-figure");
  std::string items;
  for (const auto& figure : table.figures()) {
    const std::string stated =
        figure.as_stated().empty()
            ? std::string()
            : StrategyBoardForm().Part("stated", {{"words", ForeignText(figure.as_stated())}});
    items += StrategyBoardForm().Part("figure", {{"first", EscapedHtml(DayText(figure.period_start()))},
                                                 {"last", EscapedHtml(DayText(figure.period_end()))},
                                                 {"figure", ForeignText(BoardFigureWords(figure))},
                                                 {"stated", stated}});
  }
  return StrategyBoardForm().Part("figures", {{"items", items}});
}

std::string IndicatorRow(const StrategyBoard& board, const IndicatorTable& table) {
  const auto& indicator = table.indicator();
  return StrategyBoardForm().Part(
      "indicator",
      {{"definition", ForeignText(indicator.definition())},
       {"unit", ForeignText(indicator.unit())},
       {"ministry", ForeignText(AgencyNameOf(board.agencies, indicator.owner_ministry()))},
       {"chart", table.state() == strategy::v1::INDICATOR_TABLE_STATE_OPEN ? StrategyBoardChart(table) : ""},
       {"figures", BoardFiguresCell(table)},
       // A target that nobody stated is nothing, and no word stands for it.
       {"target", indicator.has_target() ? absl::StrCat(indicator.target()) : ""}});
}

// This adds a section and the link to it, which bear the same words.
void AddStrategyBoardSection(const std::string& id, const std::string& title, const std::string& body,
                             std::string* links, std::string* sections) {
  *links += StrategyBoardForm().Part("link", {{"id", id}, {"title", title}});
  *sections += StrategyBoardForm().Part("section", {{"id", id}, {"title", title}, {"body", body}});
}

void AddPillars(const StrategyBoard& board, std::string* links, std::string* sections) {
  const auto order = InitiativesOfStrategyBoard(board);
  for (const PillarTitle& pillar : kPillars) {
    std::string rows;
    std::size_t count = 0;
    for (const Initiative* initiative : order) {
      if (&PillarOf(*initiative) != &pillar) continue;
      rows += InitiativeRow(board, *initiative);
      ++count;
    }
    if (count == 0) continue;
    const std::string counted = Counted(count, "initiative", "initiatives");
    AddStrategyBoardSection(
        pillar.id, TitledCount(Text(pillar.title), count),
        StrategyBoardForm().Part("pillar",
                                 {{"title", Text(pillar.title)}, {"counted", counted}, {"rows", rows}}),
        links, sections);
  }
}

void AddIndicators(const StrategyBoard& board, std::string* links, std::string* sections) {
  std::string rows;
  for (const IndicatorTable& table : board.tables) rows += IndicatorRow(board, table);
  const std::string title = Text("Indicators");
  const std::string body = rows.empty()
                               ? StrategyBoardForm().Part("none")
                               : StrategyBoardForm().Part("indicators", {{"title", title}, {"rows", rows}});
  AddStrategyBoardSection("indicators", TitledCount(title, board.tables.size()), body, links, sections);
}

}  // namespace

std::string StrategyBoardPage(const StrategyBoard& board) {
  const std::vector<LateItem> late = LateOf(board);
  std::string links, sections;
  AddStrategyBoardSection("late", TitledCount(Text("What is late"), late.size()), LateTable(late), &links,
                          &sections);
  AddPillars(board, &links, &sections);
  AddIndicators(board, &links, &sections);
  const std::string today = DayText(FormatDay(board.today));
  return PageOf(
      Text("Board of the strategy, {{today}}", {{"today", today}}), {"page.css", "strategy_board.css"},
      StrategyBoardForm().Body({{"counted", Counted(board.initiatives.size(), "initiative", "initiatives")},
                                {"today", today},
                                {"links", links},
                                {"sections", sections}}));
}

}  // namespace accord::ctl
