// `accordctl coverage` shows the province at a glance, as a table or as one self-contained page.
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "accord/protocols/v1/coverage_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/boards/coverage_page.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using protocols::v1::CoverageCell;

absl::StatusOr<Coverage> LoadCoverage(CommandSession* session) {
  Coverage coverage;
  coverage.now = absl::Now();
  ACCORD_RETURN_IF_ERROR(
      ReadPages<protocols::v1::ListCoverageCellsResponse>(session, "coverage-cells", [&](const auto& page) {
        coverage.cells.insert(coverage.cells.end(), page.coverage_cells().begin(),
                              page.coverage_cells().end());
        coverage.unknown.assign(page.territory_unknown().begin(), page.territory_unknown().end());
      }));
  ACCORD_ASSIGN_OR_RETURN(coverage.agencies, NamesOfAgencies(session));
  return coverage;
}

Json CoverageJson(const Coverage& coverage) {
  Json cells = Json::array();
  for (const CoverageCell& cell : coverage.cells) cells.push_back(ToJson(cell));
  return {{"coverage_cells", cells}, {"territory_unknown", coverage.unknown}};
}

absl::Status PrintCoverage(CommandSession* session, const std::string& html_file) {
  ACCORD_ASSIGN_OR_RETURN(const Coverage coverage, LoadCoverage(session));
  if (!html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(html_file, CoveragePage(coverage), FileKind::kPrivate));
    std::cout << Text("{{counted}} in {{file}}",
                      {{"counted", Counted(coverage.cells.size(), "overlap", "overlaps")},
                       {"file", html_file}})
              << "\n";
    return absl::OkStatus();
  }
  if (session->format() == Format::kName) {
    for (const CoverageCell& cell : coverage.cells) std::cout << cell.name() << "\n";
    return absl::OkStatus();
  }
  if (session->format() != Format::kTable) {
    std::cout << PrintDocument(CoverageJson(coverage), session->format());
    return absl::OkStatus();
  }
  std::vector<Row> rows = {TableHeadings({"SOCIETY", "POLICE SERVICE", "STATE", "TERRITORY"})};
  std::map<std::string, int> counts;
  for (const CoverageCell& cell : coverage.cells) {
    rows.push_back({cell.society(), cell.police_service(), CoverageStateOf(cell),
                    absl::StrJoin(cell.territory(), ", ")});
    ++counts[CoverageStateOf(cell)];
  }
  std::cout << Table(rows);
  for (const auto& [state, count] : counts) std::cout << count << " " << state << "  ";
  std::cout << Counted(coverage.unknown.size(), "agency of unknown territory",
                       "agencies of unknown territory")
            << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddCoverageCommand(CLI::App* app, CommandSession* session) {
  auto file = std::make_shared<std::string>();
  AddCommand(app, session, "coverage", "Show which societies and police services have agreed",
             [=] { return PrintCoverage(session, *file); })
      ->group("Views")
      ->add_option("--html", *file, "Write a page with a matrix and lists instead of printing a table")
      ->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
