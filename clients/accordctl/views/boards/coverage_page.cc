#include "clients/accordctl/views/boards/coverage_page.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using protocols::v1::CoverageCell;

// The worst stands first. The letters stand in the matrix, so that its colours are not needed.
struct CoverageState {
  const char* name;
  const char* letters;
  const char* title;
};
constexpr CoverageState kStates[] = {{"none", "NO", "Nothing agreed"},
                                     {"lapsed", "LA", "Lapsed: nothing agreed any more"},
                                     {"in_negotiation", "NE", "In negotiation"},
                                     {"review_overdue", "RE", "Agreed, review overdue"},
                                     {"in_force", "OK", "In force"}};

// A state that this version does not know is nothing to rely on.
const CoverageState& KnownCoverageState(const CoverageCell& cell) {
  const std::string name = CoverageStateOf(cell);
  const auto* found = std::find_if(std::begin(kStates), std::end(kStates),
                                   [&](const CoverageState& state) { return name == state.name; });
  return found == std::end(kStates) ? kStates[0] : *found;
}

std::size_t CountInState(const Coverage& coverage, const CoverageState& state) {
  return static_cast<std::size_t>(
      std::count_if(coverage.cells.begin(), coverage.cells.end(),
                    [&](const CoverageCell& cell) { return &KnownCoverageState(cell) == &state; }));
}

std::string CoveredAgencyName(const Coverage& coverage, const std::string& agency) {
  return ForeignText(AgencyNameOf(coverage.agencies, agency));
}

// This gives ids in the order of what people call them.
std::vector<std::string> CoveredAgenciesByName(const Coverage& coverage, const std::set<std::string>& ids) {
  std::vector<std::string> order(ids.begin(), ids.end());
  std::sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
    return std::make_pair(AgencyNameOf(coverage.agencies, a), a) <
           std::make_pair(AgencyNameOf(coverage.agencies, b), b);
  });
  return order;
}

const PageForm& CoverageForm() {
  static const auto* form = new PageForm("coverage.html");
  return *form;
}

std::string CoverageStateMark(const CoverageState& state, const std::string& text) {
  return CoverageForm().Part("mark", {{"state", state.name}, {"text", text}});
}

std::string CoverageMatrixCell(const CoverageCell* cell) {
  if (cell == nullptr) return CoverageForm().Part("apart");
  const CoverageState& state = KnownCoverageState(*cell);
  return CoverageForm().Part(
      "cell", {{"state", state.name}, {"letters", Text(state.letters)}, {"title", Text(state.title)}});
}

std::string CoverageMatrix(const Coverage& coverage) {
  std::set<std::string> societies, services;
  std::map<std::pair<std::string, std::string>, const CoverageCell*> at;
  for (const CoverageCell& cell : coverage.cells) {
    societies.insert(cell.society());
    services.insert(cell.police_service());
    at[{cell.society(), cell.police_service()}] = &cell;
  }
  if (at.empty()) return CoverageForm().Part("unrelated");
  const auto order = CoveredAgenciesByName(coverage, services);
  std::string columns, rows;
  for (const auto& service : order) {
    columns += CoverageForm().Part("column", {{"service", CoveredAgencyName(coverage, service)}});
  }
  for (const auto& society : CoveredAgenciesByName(coverage, societies)) {
    std::string cells;
    for (const auto& service : order) {
      const auto found = at.find({society, service});
      cells += CoverageMatrixCell(found == at.end() ? nullptr : found->second);
    }
    rows += CoverageForm().Part("row", {{"society", CoveredAgencyName(coverage, society)}, {"cells", cells}});
  }
  return CoverageForm().Part("matrix", {{"columns", columns}, {"rows", rows}});
}

std::string CoverageOverlaps(const Coverage& coverage, const CoverageState& state) {
  std::vector<std::pair<std::string, std::string>> overlaps;
  for (const CoverageCell& cell : coverage.cells) {
    if (&KnownCoverageState(cell) != &state) continue;
    const std::string society = AgencyNameOf(coverage.agencies, cell.society());
    overlaps.emplace_back(
        absl::StrCat(society, "\n", AgencyNameOf(coverage.agencies, cell.police_service())),
        CoverageForm().Part("overlap", {{"society", ForeignText(society)},
                                        {"service", CoveredAgencyName(coverage, cell.police_service())},
                                        {"mark", CoverageStateMark(state, Text(state.title))},
                                        {"territory", ForeignText(absl::StrJoin(cell.territory(), ", "))}}));
  }
  std::sort(overlaps.begin(), overlaps.end());
  std::string rows;
  for (const auto& overlap : overlaps) rows += overlap.second;
  return CoverageForm().Part("list", {{"state", state.name},
                                      {"title", Text(state.title)},
                                      {"count", absl::StrCat(overlaps.size())},
                                      {"counted", Counted(overlaps.size(), "overlap", "overlaps")},
                                      {"rows", rows}});
}

std::string CoverageUnknown(const Coverage& coverage) {
  if (coverage.unknown.empty()) return CoverageForm().Part("all-known");
  std::string agencies;
  for (const auto& agency :
       CoveredAgenciesByName(coverage, {coverage.unknown.begin(), coverage.unknown.end()})) {
    agencies += CoverageForm().Part("item", {{"text", CoveredAgencyName(coverage, agency)}});
  }
  return CoverageForm().Part(
      "unknown",
      {{"counted", Counted(coverage.unknown.size(), "agency is", "agencies are")}, {"agencies", agencies}});
}

std::string CoverageLinkTo(const std::string& id, const std::string& text) {
  return CoverageForm().Part("link", {{"id", id}, {"text", text}});
}

std::string CoverageSummary(const Coverage& coverage) {
  const std::size_t agreed = CountInState(coverage, kStates[3]) + CountInState(coverage, kStates[4]);
  return Text(
      "{{agreed}} of {{counted}} a protocol; in {{none}} nothing was ever agreed, and {{lapsed}} lapsed.",
      {{"agreed", absl::StrCat(agreed)},
       {"counted", Counted(coverage.cells.size(), "known overlap has", "known overlaps have")},
       {"none", absl::StrCat(CountInState(coverage, kStates[0]))},
       {"lapsed", absl::StrCat(CountInState(coverage, kStates[1]))}});
}

}  // namespace

std::string CoverageStateOf(const CoverageCell& cell) {
  return ShortName(protocols::v1::CoverageState_descriptor(), cell.state());
}

std::string CoveragePage(const Coverage& coverage) {
  std::string links = CoverageLinkTo("matrix", Text("Matrix")), states, lists;
  for (const CoverageState& state : kStates) {
    const std::string titled = absl::StrCat(Text(state.title), " (", CountInState(coverage, state), ")");
    const std::string lettered =
        Text("{{letters}}: {{title}}", {{"letters", Text(state.letters)}, {"title", titled}});
    states += CoverageForm().Part("item", {{"text", CoverageStateMark(state, lettered)}});
    if (CountInState(coverage, state) == 0) continue;
    links += CoverageLinkTo(state.name, titled);
    lists += CoverageOverlaps(coverage, state);
  }
  links += CoverageLinkTo("unknown", Text("Agencies of unknown territory"));
  if (lists.empty()) lists = CoverageForm().Part("no-list");
  const std::string now =
      Text("{{moment}} in Ontario", {{"moment", MomentText(coverage.now, OntarioZone())}});
  const std::string today = DayText(FormatDay(OntarioDay(coverage.now)));
  return PageOf(Text("Protocol coverage of Ontario, {{today}}", {{"today", today}}),
                {"page.css", "coverage.css"},
                CoverageForm().Body({{"summary", CoverageSummary(coverage)},
                                     {"now", now},
                                     {"links", links},
                                     {"states", states},
                                     {"matrix", CoverageMatrix(coverage)},
                                     {"lists", lists},
                                     {"unknown", CoverageUnknown(coverage)}}));
}

}  // namespace accord::ctl
