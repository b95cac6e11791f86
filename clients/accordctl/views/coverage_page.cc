#include "clients/accordctl/views/coverage_page.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/views/views.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using protocols::v1::CoverageCell;

// Worst first. The letters stand in the matrix, so that its colours are not needed.
struct State {
  const char* name;
  const char* letters;
  const char* title;
};
constexpr State kStates[] = {{"none", "NO", "Nothing agreed"},
                             {"lapsed", "LA", "Lapsed: nothing agreed any more"},
                             {"in_negotiation", "NE", "In negotiation"},
                             {"review_overdue", "RE", "Agreed, review overdue"},
                             {"in_force", "OK", "In force"}};

// A state that this version does not know is nothing to rely on.
const State& StateOf(const CoverageCell& cell) {
  const std::string name = CoverageStateOf(cell);
  const auto* found = std::find_if(std::begin(kStates), std::end(kStates),
                                   [&](const State& state) { return name == state.name; });
  return found == std::end(kStates) ? kStates[0] : *found;
}

std::size_t CountOf(const Coverage& coverage, const State& state) {
  return static_cast<std::size_t>(
      std::count_if(coverage.cells.begin(), coverage.cells.end(),
                    [&](const CoverageCell& cell) { return &StateOf(cell) == &state; }));
}

std::string ShownName(const Coverage& coverage, const std::string& agency) {
  return Foreign(NameOf(coverage.agencies, agency));
}

// Ids in the order of what people call them.
std::vector<std::string> InOrder(const Coverage& coverage, const std::set<std::string>& ids) {
  std::vector<std::string> order(ids.begin(), ids.end());
  std::sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
    return std::make_pair(NameOf(coverage.agencies, a), a) < std::make_pair(NameOf(coverage.agencies, b), b);
  });
  return order;
}

std::string StateMark(const State& state, const std::string& text) {
  return absl::StrCat("<span class=\"state ", state.name, "\">", text, "</span>");
}

std::string CellOf(const CoverageCell* cell) {
  if (cell == nullptr) return "<td></td>";
  const State& state = StateOf(*cell);
  return absl::StrCat("<td class=\"cell ", state.name, "\"><span aria-hidden=\"true\">", state.letters,
                      "</span><span class=\"unseen\">", state.title, "</span></td>");
}

std::string MatrixOf(const Coverage& coverage) {
  std::set<std::string> societies, services;
  std::map<std::pair<std::string, std::string>, const CoverageCell*> at;
  for (const CoverageCell& cell : coverage.cells) {
    societies.insert(cell.society());
    services.insert(cell.police_service());
    at[{cell.society(), cell.police_service()}] = &cell;
  }
  if (at.empty()) return "<p>No society and police service are known to share territory.</p>\n";
  std::string html =
      "<div class=\"frame\" role=\"group\" aria-label=\"Table: matrix\" tabindex=\"0\">\n<table>\n"
      "<caption>A row for each society, a column for each police service. An empty square means that the two "
      "share no territory that is known here.</caption>\n<thead><tr><th scope=\"col\">Society</th>";
  const auto columns = InOrder(coverage, services);
  for (const auto& service : columns) {
    absl::StrAppend(&html, "<th scope=\"col\"><span>", ShownName(coverage, service), "</span></th>");
  }
  absl::StrAppend(&html, "</tr></thead>\n<tbody>\n");
  for (const auto& society : InOrder(coverage, societies)) {
    absl::StrAppend(&html, "<tr><th scope=\"row\">", ShownName(coverage, society), "</th>");
    for (const auto& service : columns) {
      const auto found = at.find({society, service});
      html += CellOf(found == at.end() ? nullptr : found->second);
    }
    html += "</tr>\n";
  }
  return absl::StrCat(html, "</tbody>\n</table>\n</div>\n");
}

std::string ListOf(const Coverage& coverage, const State& state) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const CoverageCell& cell : coverage.cells) {
    if (&StateOf(cell) != &state) continue;
    const std::string society = NameOf(coverage.agencies, cell.society());
    rows.emplace_back(
        absl::StrCat(society, "\n", NameOf(coverage.agencies, cell.police_service())),
        absl::StrCat("<tr><th scope=\"row\">", Foreign(society), "</th><td>",
                     ShownName(coverage, cell.police_service()), "</td><td>", StateMark(state, state.title),
                     "</td><td>", Foreign(absl::StrJoin(cell.territory(), ", ")), "</td></tr>\n"));
  }
  std::sort(rows.begin(), rows.end());
  std::string html = absl::StrCat(
      "<h3 id=\"", state.name, "\" tabindex=\"-1\">", state.title, " (", rows.size(),
      ")</h3>\n<div class=\"frame\" role=\"group\" aria-label=\"Table: ", state.title,
      "\" tabindex=\"0\">\n<table class=\"overlaps\">\n<caption>",
      Counted(rows.size(), "overlap", "overlaps"), "</caption>\n",
      "<colgroup><col><col><col class=\"state-of\"><col></colgroup>\n"
      "<thead><tr><th scope=\"col\">Society</th><th scope=\"col\">Police service</th>"
      "<th scope=\"col\">State</th><th scope=\"col\">Shared territory</th></tr></thead>\n<tbody>\n");
  for (const auto& row : rows) html += row.second;
  return absl::StrCat(html, "</tbody>\n</table>\n</div>\n");
}

std::string UnknownOf(const Coverage& coverage) {
  if (coverage.unknown.empty()) return "<p>None.</p>\n";
  std::string html = absl::StrCat(
      "<p>", Counted(coverage.unknown.size(), "agency is", "agencies are"),
      " in none of the overlaps above, because nobody has said which territory they serve.</p>\n<ul>\n");
  for (const auto& agency : InOrder(coverage, {coverage.unknown.begin(), coverage.unknown.end()})) {
    absl::StrAppend(&html, "<li>", ShownName(coverage, agency), "</li>\n");
  }
  return absl::StrCat(html, "</ul>\n");
}

std::string SummaryOf(const Coverage& coverage) {
  const std::size_t agreed = CountOf(coverage, kStates[3]) + CountOf(coverage, kStates[4]);
  return absl::StrCat(agreed, " of ",
                      Counted(coverage.cells.size(), "known overlap has", "known overlaps have"),
                      " a protocol; in ", CountOf(coverage, kStates[0]), " nothing was ever agreed, and ",
                      CountOf(coverage, kStates[1]), " lapsed.");
}

}  // namespace

std::string CoverageStateOf(const CoverageCell& cell) {
  return ShortName(protocols::v1::CoverageState_descriptor(), cell.state());
}

std::string CoveragePage(const Coverage& coverage) {
  std::string links = "<li><a href=\"#matrix\">Matrix</a></li>\n", states, lists;
  for (const State& state : kStates) {
    const std::size_t count = CountOf(coverage, state);
    absl::StrAppend(&states, "<li>",
                    StateMark(state, absl::StrCat(state.letters, ": ", state.title, " (", count, ")")),
                    "</li>\n");
    if (count == 0) continue;
    absl::StrAppend(&links, "<li><a href=\"#", state.name, "\">", state.title, " (", count, ")</a></li>\n");
    lists += ListOf(coverage, state);
  }
  absl::StrAppend(&links, "<li><a href=\"#unknown\">Agencies of unknown territory</a></li>\n");
  if (lists.empty()) lists = "<p>There is none.</p>\n";
  const std::string now =
      absl::StrCat(absl::FormatTime("%Y-%m-%d %H:%M %Z", coverage.now, OntarioZone()), " in Ontario");
  return PageOf("Protocol coverage of Ontario, " + FormatDay(OntarioDay(coverage.now)), "coverage.css",
                Filled(PageFile("coverage.html"), {{"summary", SummaryOf(coverage)},
                                                   {"now", now},
                                                   {"links", links},
                                                   {"states", states},
                                                   {"matrix", MatrixOf(coverage)},
                                                   {"lists", lists},
                                                   {"unknown", UnknownOf(coverage)}}));
}

}  // namespace accord::ctl
