#include "clients/accordctl/views/rosters/roster_agencies.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/views/agency_names.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

constexpr std::string_view kColumn = "learner_agency";
// No register has as many; a file of other things may.
constexpr std::size_t kMostAgencies = 100'000;

// This gives the cell of this number of a line of CSV, without its quotes; it is empty if the line has none.
std::string_view RosterCellAt(std::string_view line, std::size_t number) {
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    const bool ends = at == line.size();
    if (!ends && line[at] == '"') quoted = !quoted;
    if (!ends && (quoted || line[at] != ',')) continue;
    if (number-- == 0) {
      std::string_view cell = line.substr(begin, at - begin);
      if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"')
        cell = cell.substr(1, cell.size() - 2);
      return cell;
    }
    begin = at + 1;
  }
  return {};
}

// An employer is the last part of the account's home page.
std::string EmployerOf(std::string_view statement) {
  const auto json = ParseJson(std::string(statement));
  const Json::json_pointer at("/actor/account/homePage");
  if (!json.ok() || !json->is_object() || !json->contains(at) || !json->at(at).is_string()) return "";
  const std::string page = json->at(at).get<std::string>();
  return page.substr(page.rfind('/') + 1);
}

}  // namespace

void RosterAgencies::Take(std::string_view line) {
  ++line_;
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (!statements_ && line_ == 1) {
    columns_ = 1 + static_cast<std::size_t>(std::count(line.begin(), line.end(), ','));
    while (column_ < columns_ && RosterCellAt(line, column_) != kColumn) ++column_;
    return;
  }
  // Without the column the service refuses the whole file.
  if (!statements_ && column_ == columns_) return;
  std::string agency = statements_ ? EmployerOf(line) : std::string(RosterCellAt(line, column_));
  if (agency == last_ || !IsId(agency)) return;
  if (first_lines_.size() < kMostAgencies) first_lines_.emplace(agency, line_);
  last_ = std::move(agency);
}

AgencyFaults FaultsOfAgencies(CommandSession* session, bool statements, RosterLines* lines) {
  AgencyFaults found;
  const auto names = NamesOfAgencies(session);
  // A register without any agency is one that this person may not read.
  if (!names.ok() || names->empty()) return found;
  found.checked = true;
  RosterAgencies agencies(statements);
  lines->Rewind(0);
  for (std::string chunk = lines->Next(); !chunk.empty(); chunk = lines->Next()) {
    for (std::size_t begin = 0, end = 0; begin < chunk.size(); begin = end + 1) {
      end = std::min(chunk.find('\n', begin), chunk.size());
      agencies.Take(std::string_view(chunk).substr(begin, end - begin));
    }
  }
  std::vector<std::string> known;
  for (const auto& [id, name] : *names) known.push_back(id);
  for (const auto& [agency, line] : agencies.first_lines()) {
    if (names->contains(agency)) continue;
    const std::vector<std::string> near = Nearest(agency, known);
    const std::string next = near.empty() ? Text("`accordctl agency list` shows all that it has")
                                          : Text("did you mean {{agency}}?", {{"agency", near.front()}});
    found.faults.push_back(absl::StrCat(lines->Place(line), ": AGENCY_UNKNOWN: ",
                                        Text("the register has no agency {{agency}}", {{"agency", agency}}),
                                        "; ", next));
  }
  return found;
}

}  // namespace accord::ctl
