// `accordctl strategy board` shows what the office tracks, as tables, as a document or as one
// self-contained page.
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/strategy/strategy_board.h"
#include "clients/accordctl/views/strategy/strategy_records.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

absl::StatusOr<StrategyBoard> LoadStrategyBoard(CommandSession* session) {
  StrategyBoard board;
  board.today = OntarioDay(absl::Now());
  ACCORD_ASSIGN_OR_RETURN(board.initiatives, LoadInitiatives(session));
  ACCORD_ASSIGN_OR_RETURN(board.tables, LoadIndicatorTables(session));
  ACCORD_ASSIGN_OR_RETURN(board.agencies, NamesOfAgencies(session));
  return board;
}

// This says what is late of one initiative, in words with their days.
std::string PrintedLateCell(const std::vector<LateItem>& late, const std::string& initiative) {
  std::vector<std::string> words;
  for (const LateItem& item : late) {
    if (item.record != initiative) continue;
    words.push_back(absl::StrCat(item.milestone, item.milestone.empty() ? "" : ": ", WordsOf(item),
                                 item.day.empty() ? "" : " ", DayText(item.day)));
  }
  return absl::StrJoin(words, "; ");
}

void PrintInitiativesTable(const StrategyBoard& board, const std::vector<LateItem>& late) {
  std::vector<Row> rows = {TableHeadings(
      {"PILLAR", "MINISTRY", "TITLE", "STATE", "SINCE", "REPORTED AS", "AGAINST THE REPORT", "LATE"})};
  for (const auto* initiative : InitiativesOfStrategyBoard(board)) {
    const int tense = initiative->tense_as_reported();
    rows.push_back({ShortName(strategy::v1::Pillar_descriptor(), initiative->pillar()),
                    initiative->lead_ministry(), initiative->title(),
                    ShortName(strategy::v1::InitiativeState_descriptor(), initiative->state()),
                    initiative->state_since(),
                    tense == 0 ? "" : ShortName(strategy::v1::ReportedTense_descriptor(), tense),
                    WordsOf(AgainstReportOf(*initiative)), PrintedLateCell(late, initiative->name())});
  }
  std::cout << Table(rows);
}

std::string PrintedFigureCell(const strategy::v1::IndicatorTable& table) {
  if (table.state() != strategy::v1::INDICATOR_TABLE_STATE_OPEN) return Text("no authorisation");
  if (table.figures_size() == 0) return "";
  return BoardFigureWords(table.figures(table.figures_size() - 1));
}

// This prints the newest figure of each indicator; the page and the document have them all.
void PrintIndicatorsTable(const StrategyBoard& board, const std::vector<LateItem>& late) {
  std::vector<Row> rows = {
      TableHeadings({"INDICATOR", "MINISTRY", "UNIT", "PERIOD", "FIGURE", "TARGET", "LATE"})};
  for (const auto& table : board.tables) {
    const auto& indicator = table.indicator();
    const auto* last = table.figures_size() == 0 ? nullptr : &table.figures(table.figures_size() - 1);
    rows.push_back({indicator.indicator_id(), indicator.owner_ministry(), indicator.unit(),
                    last == nullptr ? "" : absl::StrCat(last->period_start(), "/", last->period_end()),
                    PrintedFigureCell(table), indicator.has_target() ? absl::StrCat(indicator.target()) : "",
                    PrintedLateCell(late, indicator.name())});
  }
  std::cout << "\n" << Table(rows);
}

absl::Status PrintStrategyBoard(CommandSession* session, const std::string& html_file) {
  ACCORD_ASSIGN_OR_RETURN(const StrategyBoard board, LoadStrategyBoard(session));
  const std::string counted = Counted(board.initiatives.size(), "initiative", "initiatives");
  if (!html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(html_file, StrategyBoardPage(board), FileKind::kPrivate));
    std::cout << Text("{{counted}} in {{file}}", {{"counted", counted}, {"file", html_file}}) << "\n";
    return absl::OkStatus();
  }
  if (session->format() == Format::kName) {
    for (const auto* initiative : InitiativesOfStrategyBoard(board)) std::cout << initiative->name() << "\n";
    return absl::OkStatus();
  }
  if (session->format() != Format::kTable) {
    std::cout << PrintDocument(StrategyBoardJson(board), session->format());
    return absl::OkStatus();
  }
  const std::vector<LateItem> late = LateOf(board);
  PrintInitiativesTable(board, late);
  PrintIndicatorsTable(board, late);
  std::cout << counted << ", " << Counted(late.size(), "thing is late", "things are late") << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddStrategyBoardCommand(CLI::App* strategy, CommandSession* session) {
  const auto file = std::make_shared<std::string>();
  AddCommand(strategy, session, "board",
             "Show the initiatives beside what the report said, what is late, and the figures of indicators",
             [=] { return PrintStrategyBoard(session, *file); })
      ->add_option("--html", *file, "Write a page with charts instead of printing tables")
      ->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
