#include "clients/accordctl/core/csv_cell.h"

namespace accord::ctl {

std::string CsvCell(std::string_view text) {
  std::string cell;
  // A leading apostrophe tells spreadsheets that the cell is text, whoever wrote it.
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) cell = "'";
  cell.append(text.data(), text.size());
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace accord::ctl
