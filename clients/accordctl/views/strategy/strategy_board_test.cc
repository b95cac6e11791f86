#include "clients/accordctl/views/strategy/strategy_board.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/strategy/money_text.h"

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;

strategy::v1::Initiative Undertaking(const std::string& id, strategy::v1::InitiativeState state,
                                     strategy::v1::ReportedTense tense) {
  strategy::v1::Initiative initiative;
  initiative.set_name(absl::StrCat("agencies/co-pahtco/initiatives/", id));
  initiative.set_title(absl::StrCat("Undertaking ", id));
  initiative.set_state(state);
  initiative.set_tense_as_reported(tense);
  return initiative;
}

void AddMilestone(const std::string& due, const std::string& met_on, strategy::v1::Initiative* initiative) {
  auto* milestone = initiative->add_milestones();
  milestone->set_code(absl::StrCat("step-", initiative->milestones_size()));
  milestone->set_due(due);
  milestone->set_met_on(met_on);
}

std::string Against(strategy::v1::InitiativeState state, strategy::v1::ReportedTense tense) {
  return CodeOf(AgainstReportOf(Undertaking("x", state, tense)));
}

std::vector<std::string> LateDays(const StrategyBoard& board) {
  std::vector<std::string> days;
  for (const LateItem& late : LateOf(board)) days.push_back(absl::StrCat(late.milestone, "@", late.day));
  return days;
}

TEST(StrategyBoard, HoldsAStateAgainstWhatTheReportSaid) {
  using namespace strategy::v1;
  EXPECT_EQ(Against(INITIATIVE_STATE_PLANNED, REPORTED_TENSE_PLANNED), "as_reported");
  EXPECT_EQ(Against(INITIATIVE_STATE_UNDERWAY, REPORTED_TENSE_PLANNED), "further");
  EXPECT_EQ(Against(INITIATIVE_STATE_DELAYED, REPORTED_TENSE_PLANNED), "behind");
  EXPECT_EQ(Against(INITIATIVE_STATE_UNDERWAY, REPORTED_TENSE_UNDERWAY), "as_reported");
  EXPECT_EQ(Against(INITIATIVE_STATE_ONGOING, REPORTED_TENSE_UNDERWAY), "further");
  EXPECT_EQ(Against(INITIATIVE_STATE_PLANNED, REPORTED_TENSE_UNDERWAY), "behind");
  EXPECT_EQ(Against(INITIATIVE_STATE_DELIVERED, REPORTED_TENSE_DONE), "as_reported");
  // What the report calls done is delivered here only once the office has confirmed it.
  EXPECT_EQ(Against(INITIATIVE_STATE_UNDERWAY, REPORTED_TENSE_DONE), "unconfirmed");
  EXPECT_EQ(Against(INITIATIVE_STATE_DELAYED, REPORTED_TENSE_DONE), "behind");
  EXPECT_EQ(Against(INITIATIVE_STATE_ENDED, REPORTED_TENSE_DONE), "ended");
  EXPECT_EQ(Against(INITIATIVE_STATE_UNDERWAY, REPORTED_TENSE_UNSPECIFIED), "not_reported");
}

TEST(StrategyBoard, HasAMilestoneLateAfterItsDayUnlessItWasMetOrTheInitiativeIsOver) {
  StrategyBoard board;
  board.today = absl::CivilDay(2026, 11, 26);
  auto open =
      Undertaking("open", strategy::v1::INITIATIVE_STATE_UNDERWAY, strategy::v1::REPORTED_TENSE_UNDERWAY);
  AddMilestone("2026-11-25", "", &open);
  AddMilestone("2026-11-26", "", &open);
  AddMilestone("2026-11-01", "2026-11-20", &open);
  AddMilestone("", "", &open);
  auto over =
      Undertaking("over", strategy::v1::INITIATIVE_STATE_DELIVERED, strategy::v1::REPORTED_TENSE_DONE);
  AddMilestone("2026-01-01", "", &over);
  board.initiatives = {open, over};
  EXPECT_THAT(LateDays(board), ElementsAre("step-1@2026-11-25"));
}

TEST(StrategyBoard, HasWhatItsMinistryCallsLateAndWhatNobodyHasMeasured) {
  StrategyBoard board;
  board.today = absl::CivilDay(2026, 11, 26);
  auto late =
      Undertaking("late", strategy::v1::INITIATIVE_STATE_DELAYED, strategy::v1::REPORTED_TENSE_PLANNED);
  late.set_state_since("2026-10-01");
  board.initiatives = {late};
  board.tables.emplace_back().set_overdue_since("2026-09-14");
  board.tables.emplace_back();
  EXPECT_THAT(LateDays(board), ElementsAre("@2026-09-14", "@2026-10-01"));
}

TEST(StrategyBoard, IsForProgramsWhatItIsWithNullForADayThatNobodyKnows) {
  const Speaking french(Language::kFrench);
  StrategyBoard board;
  board.today = absl::CivilDay(2026, 11, 26);
  board.initiatives = {
      Undertaking("late", strategy::v1::INITIATIVE_STATE_DELAYED, strategy::v1::REPORTED_TENSE_PLANNED)};
  const Json json = StrategyBoardJson(board);
  EXPECT_EQ(json["as_of"], "2026-11-26");
  EXPECT_EQ(json["initiatives"][0]["against_report"], "behind");
  EXPECT_EQ(json["late"][0]["kind"], "initiative");
  EXPECT_TRUE(json["late"][0]["since"].is_null());
  EXPECT_TRUE(json["indicators"].empty());
}

TEST(StrategyBoard, TellsProgramsZeroNothingAndSuppressedApart) {
  StrategyBoard board;
  board.today = absl::CivilDay(2026, 11, 26);
  board.tables.resize(2);
  auto* zero = board.tables[0].add_figures();
  zero->set_status(strategy::v1::FIGURE_STATUS_SHOWN);
  zero->set_value(0);
  board.tables[0].add_figures()->set_status(strategy::v1::FIGURE_STATUS_SUPPRESSED);
  const Json json = StrategyBoardJson(board);
  const Json& figures = json["indicators"][0]["figures"];
  EXPECT_EQ(figures[0]["status"], "FIGURE_STATUS_SHOWN");
  EXPECT_EQ(figures[0]["value"], "0") << "a large whole number is text in this form, and so is this one";
  EXPECT_EQ(figures[1]["status"], "FIGURE_STATUS_SUPPRESSED");
  EXPECT_FALSE(figures[1].contains("value"));
  EXPECT_FALSE(json["indicators"][1].contains("figures")) << "nobody has measured anything";
}

TEST(StrategyFigures, SayHowExactTheyAreAndThatOneIsSuppressed) {
  strategy::v1::IndicatorFigure figure;
  figure.set_status(strategy::v1::FIGURE_STATUS_SHOWN);
  figure.set_value(0);
  figure.set_qualifier(strategy::v1::QUALIFIER_EXACT);
  EXPECT_EQ(BoardFigureWords(figure), "0");
  figure.set_value(160);
  figure.set_qualifier(strategy::v1::QUALIFIER_CLOSE_TO);
  EXPECT_EQ(BoardFigureWords(figure), "close to 160");
  figure.clear_value();
  figure.set_status(strategy::v1::FIGURE_STATUS_SUPPRESSED);
  EXPECT_EQ(BoardFigureWords(figure), "suppressed");
}

TEST(Money, IsExactToTheCentInBothLanguages) {
  EXPECT_EQ(MoneyText(665000000), "$6,650,000.00");
  EXPECT_EQ(MoneyText(5), "$0.05");
  EXPECT_EQ(MoneyText(99999), "$999.99");
  const Speaking french(Language::kFrench);
  EXPECT_EQ(MoneyText(665000000), "6\u00a0650\u00a0000,00\u00a0$");
}

}  // namespace
}  // namespace accord::ctl
