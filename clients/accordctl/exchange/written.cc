#include "clients/accordctl/exchange/written.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace accord::ctl {
namespace {

// What a spreadsheet computes begins with one of these.
constexpr std::string_view kBeginsFormula = "=+-@";

std::string XmlText(std::string_view text) {
  return absl::StrReplaceAll(
      Plain(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&apos;"}});
}

std::string CellOfCsv(std::string_view text) {
  std::string cell = Plain(text);
  if (!cell.empty() && kBeginsFormula.find(cell.front()) != std::string_view::npos) cell.insert(0, "'");
  if (cell.find_first_of(",\"") == std::string::npos) return cell;
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

}  // namespace

std::string IdentifierOf(const std::string& prefix, const std::string& name) {
  const std::string dashed = absl::StrReplaceAll(Plain(name), {{"/", "-"}, {" ", "-"}});
  return prefix.empty() ? dashed : absl::StrCat(prefix, "-", dashed);
}

std::string AmountOf(int64_t cents) {
  const int64_t rest = cents % 100;
  return absl::StrCat(cents / 100, ".", rest < 10 ? "0" : "", rest);
}

std::string UtcOf(absl::Time at) { return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", at, absl::UTCTimeZone()); }

std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    absl::StrAppend(&line, i == 0 ? "" : ",", CellOfCsv(cells[i]));
  }
  return line + "\r\n";
}

void XmlDocument::Begin(const std::string& name, const Attributes& attributes) {
  absl::StrAppend(&text_, std::string(2 * open_.size(), ' '), "<", name);
  for (const auto& [attribute, value] : attributes) {
    absl::StrAppend(&text_, " ", attribute, "=\"", XmlText(value), "\"");
  }
}

void XmlDocument::Open(const std::string& name, const Attributes& attributes) {
  Begin(name, attributes);
  text_ += ">\n";
  open_.push_back(name);
}

void XmlDocument::Close() {
  const std::string name = open_.back();
  open_.pop_back();
  absl::StrAppend(&text_, std::string(2 * open_.size(), ' '), "</", name, ">\n");
}

void XmlDocument::Leaf(const std::string& name, const Attributes& attributes, const std::string& text) {
  Begin(name, attributes);
  if (text.empty()) {
    text_ += "/>\n";
  } else {
    absl::StrAppend(&text_, ">", XmlText(text), "</", name, ">\n");
  }
}

std::string XmlDocument::Done() {
  while (!open_.empty()) Close();
  return std::move(text_);
}

}  // namespace accord::ctl
