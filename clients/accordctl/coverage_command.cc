// `accordctl coverage`: the province at a glance, as a table or as one self-contained page.
#include <iostream>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "accord/protocols/v1/service.pb.h"
#include "accord/registry/v1/service.pb.h"
#include "clients/accordctl/session.h"
#include "clients/accordctl/views.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using protocols::v1::CoverageCell;

struct Matrix {
  std::vector<CoverageCell> cells;
  std::vector<std::string> unknown;
  // Agency id to what people call it.
  std::map<std::string, std::string> names;
};

absl::StatusOr<Matrix> Load(Session* session) {
  Matrix matrix;
  ACCORD_RETURN_IF_ERROR(
      Pages<protocols::v1::ListCoverageCellsResponse>(session, "coverage-cells", [&](const auto& page) {
        matrix.cells.insert(matrix.cells.end(), page.coverage_cells().begin(), page.coverage_cells().end());
        matrix.unknown.assign(page.territory_unknown().begin(), page.territory_unknown().end());
      }));
  ACCORD_RETURN_IF_ERROR(
      Pages<registry::v1::ListAgenciesResponse>(session, "agencies", [&](const auto& page) {
        for (const auto& agency : page.agencies()) {
          matrix.names[agency.name().substr(sizeof("agencies/") - 1)] = agency.display_name();
        }
      }));
  return matrix;
}

std::string StateName(const CoverageCell& cell) {
  return ShortName(protocols::v1::CoverageState_descriptor(), cell.state());
}

std::string NameOf(const Matrix& matrix, const std::string& agency) {
  const auto found = matrix.names.find(agency);
  return Escaped(found == matrix.names.end() ? agency : found->second);
}

constexpr char kHead[] = R"(<meta name="viewport" content="width=device-width">
<title>Protocol coverage of Ontario</title>
<style>
:root { color-scheme: light dark; --ink: #1c2530; --paper: #fff; --line: #d5dbe2; --none: #eef1f4;
  --in_negotiation: #f4c95d; --in_force: #2f8f6b; --review_overdue: #e07a3f; --lapsed: #b23a48; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --paper: #14191f; --line: #333d48; --none: #232b34; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; } p { max-width: 60rem; margin: .4rem 0 1rem; }
.frame { overflow-x: auto; } table { border-collapse: separate; border-spacing: 3px; }
thead th { height: 11rem; vertical-align: bottom; font-weight: 500; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
tbody th { text-align: right; font-weight: 500; padding-right: .6rem; white-space: nowrap; }
td { width: 2rem; height: 2rem; border-radius: 4px; } td.cell { border: 1px solid var(--line); }
.none { background: var(--none); } .in_negotiation { background: var(--in_negotiation); }
.in_force { background: var(--in_force); } .review_overdue { background: var(--review_overdue); }
.lapsed { background: var(--lapsed); }
tbody tr:hover th, td.cell:hover { outline: 2px solid var(--ink); }
.legend span { display: inline-block; margin-right: 1.2rem; } .legend i { display: inline-block; width: 1rem;
  height: 1rem; border-radius: 3px; vertical-align: -2px; margin-right: .4rem; border: 1px solid var(--line); }
details { margin-top: 1.5rem; max-width: 60rem; }
</style></head><body>
)";

std::string Page(const Matrix& matrix) {
  std::set<std::string> societies, services;
  std::map<std::pair<std::string, std::string>, const CoverageCell*> at;
  std::map<std::string, int> counts;
  for (const CoverageCell& cell : matrix.cells) {
    societies.insert(cell.society());
    services.insert(cell.police_service());
    at[{cell.society(), cell.police_service()}] = &cell;
    ++counts[StateName(cell)];
  }
  std::string html = absl::StrCat(kPageHead, kHead);
  absl::StrAppend(&html, "<h1>Protocols between children's aid societies and police</h1>\n<p>",
                  counts["in_force"], " of ", matrix.cells.size(),
                  " known overlaps have a protocol in force. As of ", TimeText(absl::Now()),
                  ". An empty square means that the two share no territory that is known here.</p>\n"
                  "<p class=\"legend\">");
  for (const char* state : {"in_force", "review_overdue", "in_negotiation", "lapsed", "none"}) {
    absl::StrAppend(&html, "<span><i class=\"", state, "\"></i>", absl::StrReplaceAll(state, {{"_", " "}}),
                    " (", counts[state], ")</span>");
  }
  absl::StrAppend(&html, "</p>\n<div class=\"frame\"><table><thead><tr><td></td>");
  for (const auto& service : services) {
    absl::StrAppend(&html, "<th scope=\"col\"><span>", NameOf(matrix, service), "</span></th>");
  }
  absl::StrAppend(&html, "</tr></thead><tbody>\n");
  for (const auto& society : societies) {
    absl::StrAppend(&html, "<tr><th scope=\"row\">", NameOf(matrix, society), "</th>");
    for (const auto& service : services) {
      const auto found = at.find({society, service});
      if (found == at.end()) {
        absl::StrAppend(&html, "<td></td>");
        continue;
      }
      const std::string state = StateName(*found->second);
      const std::string title = absl::StrCat(NameOf(matrix, society), " and ", NameOf(matrix, service), ": ",
                                             absl::StrReplaceAll(state, {{"_", " "}}), " (",
                                             Escaped(absl::StrJoin(found->second->territory(), ", ")), ")");
      absl::StrAppend(&html, "<td class=\"cell ", state, "\" title=\"", title, "\" aria-label=\"", title,
                      "\"></td>");
    }
    absl::StrAppend(&html, "</tr>\n");
  }
  absl::StrAppend(&html, "</tbody></table></div>\n<details><summary>", matrix.unknown.size(),
                  " agencies whose territory is not known here</summary><p>");
  for (const auto& agency : matrix.unknown) absl::StrAppend(&html, NameOf(matrix, agency), "<br>");
  absl::StrAppend(&html, "</p></details>\n</body></html>\n");
  return html;
}

absl::Status Coverage(Session* session, const std::string& html_file) {
  ACCORD_ASSIGN_OR_RETURN(const Matrix matrix, Load(session));
  if (!html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(html_file, Page(matrix), FileKind::kPrivate));
    std::cout << matrix.cells.size() << " cells in " << html_file << "\n";
    return absl::OkStatus();
  }
  std::vector<Row> rows = {{"SOCIETY", "POLICE SERVICE", "STATE", "TERRITORY"}};
  std::map<std::string, int> counts;
  for (const CoverageCell& cell : matrix.cells) {
    rows.push_back(
        {cell.society(), cell.police_service(), StateName(cell), absl::StrJoin(cell.territory(), ", ")});
    ++counts[StateName(cell)];
  }
  std::cout << Table(rows);
  for (const auto& [state, count] : counts) std::cout << count << " " << state << "  ";
  std::cout << matrix.unknown.size() << " agencies of unknown territory\n";
  return absl::OkStatus();
}

}  // namespace

void AddCoverageCommand(CLI::App* app, Session* session) {
  auto file = std::make_shared<std::string>();
  AddCommand(app, session, "coverage", "Which societies and police services have agreed",
             [=] { return Coverage(session, *file); })
      ->group("Views")
      ->add_option("--html", *file, "Write a page with a heat map instead of printing a table");
}

}  // namespace accord::ctl
