// `accordctl board` shows every open prosecution by its ceiling, as a table or as one self-contained page
// with a timeline for each accused. It says how long; counsel decides what follows.
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/prosecution/v1/accused_service.pb.h"
#include "clients/accordctl/core/asked_words.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/boards/board_page.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using prosecution::v1::Accused;

// A cell that has nothing to say, and one whose text this caller may not read, look alike.
std::string BoardCellOrDash(const std::string& text) { return text.empty() ? "-" : text; }

struct BoardOptions {
  std::string region, stage, html_file;
};

absl::StatusOr<std::vector<Accused>> LoadBoard(CommandSession* session, const BoardOptions& options) {
  std::vector<Accused> board;
  Json request = Json::object();
  if (!options.region.empty()) request["court_region"] = options.region;
  if (!options.stage.empty()) {
    const auto stage = FromShortName(prosecution::v1::Stage_descriptor(), options.stage);
    if (!stage)
      return absl::InvalidArgumentError(
          "--stage is none of the stages; `accordctl explain accused stage` lists them");
    request["stage"] = *stage;
  }
  ACCORD_RETURN_IF_ERROR(ReadPages<prosecution::v1::ListBoardResponse>(
      session, "board",
      [&](const auto& page) { board.insert(board.end(), page.accused().begin(), page.accused().end()); },
      request));
  const Command* list = FindCommand("list", "board");
  if (board.empty() && list != nullptr) ACCORD_RETURN_IF_ERROR(CheckAskedWords(session, *list, request));
  return board;
}

Row BoardTableRow(const Accused& accused) {
  const auto& clock = accused.clock();
  return {absl::StrCat(clock.days_to_ceiling()),
          clock.conservative().ceiling(),
          BoardCellOrDash(accused.information_number()),
          accused.police_service(),
          BoardCellOrDash(accused.accused_ref()),
          absl::StrCat(clock.ceiling_months()),
          absl::StrCat(clock.conservative().net_days()),
          StageOfAccused(accused),
          ForumOfAccused(accused),
          accused.court_region(),
          BoardCellOrDash(accused.lead_crown()),
          accused.name()};
}

Json BoardJson(const Accused& accused) {
  const auto& clock = accused.clock();
  return {{"name", accused.name()},
          {"information_number", accused.information_number()},
          {"police_service", accused.police_service()},
          {"accused_ref", accused.accused_ref()},
          {"stage", StageOfAccused(accused)},
          {"forum", ForumOfAccused(accused)},
          {"court_region", accused.court_region()},
          {"lead_crown", accused.lead_crown()},
          {"ceiling", clock.conservative().ceiling()},
          {"ceiling_months", clock.ceiling_months()},
          {"days_to_ceiling", clock.days_to_ceiling()},
          {"net_days", clock.conservative().net_days()},
          {"law_note", clock.law_note()}};
}

absl::Status ShowBoard(CommandSession* session, const BoardOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const auto board, LoadBoard(session, options));
  if (!options.html_file.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const AgencyNames names, NamesOfAgencies(session));
    const BoardView view{board, names, OntarioDay(absl::Now()), options.region, options.stage};
    ACCORD_RETURN_IF_ERROR(WriteFile(options.html_file, BoardPage(view), FileKind::kPrivate));
    std::cout << Text("{{count}} accused in {{file}}",
                      {{"count", absl::StrCat(board.size())}, {"file", options.html_file}})
              << "\n";
    return absl::OkStatus();
  }
  std::vector<Row> rows = {TableHeadings({"DAYS", "CEILING", "INFORMATION", "POLICE", "ACCUSED", "MONTHS",
                                          "NET", "STAGE", "FORUM", "REGION", "LEAD", "NAME"})};
  Json json = Json::array();
  for (const Accused& accused : board) {
    rows.push_back(BoardTableRow(accused));
    json.push_back(BoardJson(accused));
  }
  if (session->format() == Format::kName) {
    for (const Accused& accused : board) std::cout << accused.name() << "\n";
  } else if (session->format() != Format::kTable) {
    std::cout << PrintDocument(json, session->format());
  } else if (board.empty()) {
    std::cout << Text("no open prosecution is yours to see") << "\n";
  } else {
    const std::string today = DayText(FormatDay(OntarioDay(absl::Now())));
    std::cout << Table(rows) << Text("Days are Ontario's, and today is {{today}}.", {{"today", today}})
              << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

void AddBoardCommand(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<BoardOptions>();
  CLI::App* command = AddCommand(app, session, "board", "List open prosecutions, nearest ceiling first",
                                 [=] { return ShowBoard(session, *options); });
  command->group("Views");
  command->add_option("--region", options->region,
                      "Only prosecutions in one court region, for example central-east");
  command->add_option("--stage", options->stage,
                      "Only prosecutions at one stage, for example trial_scheduled");
  command->add_option("--html", options->html_file, "Write a page with a timeline for each accused instead")
      ->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
