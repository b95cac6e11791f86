// This file is about cells of CSV (RFC 4180).
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_CSV_CELL_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_CSV_CELL_H_

#include <string>
#include <string_view>

namespace accord::ctl {

// This gives a cell of CSV (RFC 4180). A text that a spreadsheet would evaluate as a formula is marked
// as text.
std::string CsvCell(std::string_view text);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_CSV_CELL_H_
