#include "clients/accordctl/core/table.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/training_mark.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {
namespace {

constexpr char kEllipsis[] = "\u2026";
// A cut cell keeps at least so many characters.
constexpr std::size_t kLeastCell = 12;

bool BeginsTableCharacter(char c) { return (c & 0xc0) != 0x80; }

// This gives the width of a text: each code point counts as one character.
std::size_t TableTextWidth(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), BeginsTableCharacter));
}

// This gives the byte position of a character in the text.
std::size_t ByteOfTableCharacter(const std::string& text, std::size_t character) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at) {
    if (BeginsTableCharacter(text[at]) && seen++ == character) return at;
  }
  return at;
}

// This says whether the text is a name, which is cut at its beginning because names differ at their ends.
bool IsNameCell(const std::string& text) {
  return text.find('/') != std::string::npos && text.find(' ') == std::string::npos;
}

std::string CutCell(const std::string& text, std::size_t width) {
  const std::size_t all = TableTextWidth(text);
  if (all <= width) return text;
  if (IsNameCell(text))
    return absl::StrCat(kEllipsis, text.substr(ByteOfTableCharacter(text, all - width + 1)));
  std::string begin = text.substr(0, ByteOfTableCharacter(text, width - 1));
  absl::StripTrailingAsciiWhitespace(&begin);
  return absl::StrCat(begin, kEllipsis);
}

std::vector<std::size_t> ColumnWidths(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], TableTextWidth(row[i]));
  }
  return widths;
}

// This gives the length of a line of the table, with two blanks between columns.
std::size_t LineLength(const std::vector<std::size_t>& widths) {
  std::size_t all = 0;
  for (const std::size_t width : widths) all += width + 2;
  return widths.empty() ? 0 : all - 2;
}

}  // namespace

Row TableHeadings(Row english) {
  for (std::string& heading : english) heading = Text(heading);
  return english;
}

std::vector<std::string> TableLines(const std::vector<Row>& rows) {
  std::vector<Row> shown = rows;
  for (Row& row : shown) std::transform(row.begin(), row.end(), row.begin(), Shown);
  const std::vector<std::size_t> widths = ColumnWidths(shown);
  std::vector<std::string> lines;
  for (const Row& row : shown) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      absl::StrAppend(&line, row[i], std::string(widths[i] - TableTextWidth(row[i]) + 2, ' '));
    }
    absl::StripTrailingAsciiWhitespace(&line);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string Table(const std::vector<Row>& rows) {
  std::string out = TrainingMark();
  for (const std::string& line : TableLines(rows)) absl::StrAppend(&out, line, "\n");
  return out;
}

std::size_t TerminalWidth(int descriptor) {
  winsize size{};
  if (isatty(descriptor) == 0 || ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

std::vector<Row> FittedRows(std::vector<Row> rows, const std::set<std::size_t>& columns, std::size_t width) {
  if (width == 0 || rows.empty()) return rows;
  // The shown form of a text may be longer than the text.
  for (Row& row : rows) std::transform(row.begin(), row.end(), row.begin(), Shown);
  std::vector<std::size_t> widths = ColumnWidths(rows);
  for (std::size_t line = LineLength(widths); line > width; --line) {
    std::size_t* widest = nullptr;
    for (const std::size_t column : columns) {
      const std::size_t least = std::max(kLeastCell, TableTextWidth(rows.front().at(column)));
      const bool wider = widest == nullptr || widths.at(column) > *widest;
      if (widths.at(column) > least && wider) widest = &widths.at(column);
    }
    if (widest == nullptr) break;
    --*widest;
  }
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    for (const std::size_t column : columns) row->at(column) = CutCell(row->at(column), widths.at(column));
  }
  return rows;
}

}  // namespace accord::ctl
