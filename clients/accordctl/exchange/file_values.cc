#include "clients/accordctl/exchange/file_values.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {
namespace {

// A spreadsheet evaluates a cell that begins with one of these.
constexpr std::string_view kBeginsFormula = "=+-@";

std::string CsvCellOfFileValue(std::string_view text) {
  std::string cell = PlainLine(text);
  if (!cell.empty() && kBeginsFormula.find(cell.front()) != std::string_view::npos) cell.insert(0, "'");
  if (cell.find_first_of(",\"") == std::string::npos) return cell;
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

}  // namespace

std::string IdentifierAsFileValue(const std::string& prefix, const std::string& name) {
  const std::string dashed = absl::StrReplaceAll(PlainLine(name), {{"/", "-"}, {" ", "-"}});
  return prefix.empty() ? dashed : absl::StrCat(prefix, "-", dashed);
}

std::string AmountAsFileValue(int64_t cents) {
  const int64_t rest = cents % 100;
  return absl::StrCat(cents / 100, ".", rest < 10 ? "0" : "", rest);
}

std::string TimeAsFileValue(absl::Time at) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", at, absl::UTCTimeZone());
}

std::string CsvLineOfFileValues(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    absl::StrAppend(&line, i == 0 ? "" : ",", CsvCellOfFileValue(cells[i]));
  }
  return line + "\r\n";
}

}  // namespace accord::ctl
