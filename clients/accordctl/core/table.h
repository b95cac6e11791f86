// This file is about tables for people.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_TABLE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_TABLE_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace accord::ctl {

using Row = std::vector<std::string>;
// This gives the first row of a table, in the session's language.
Row TableHeadings(Row english);

// This gives one line for each row, without line ends and without the mark; columns are as wide as their
// widest cell. A view can put its own lines between them.
std::vector<std::string> TableLines(const std::vector<Row>& rows);
// This gives the same as one text, below the mark.
std::string Table(const std::vector<Row>& rows);

// This gives the number of characters in a line of this terminal; it is 0 for a file or a pipe, where nothing
// is ever cut.
std::size_t TerminalWidth(int descriptor);
// This gives the rows so that they fit a line, as far as cells of these columns can be cut, the longest
// first: a text keeps its beginning and a name its end, with an ellipsis for the rest. Column heads are not
// cut. A width of 0 is unlimited.
std::vector<Row> FittedRows(std::vector<Row> rows, const std::set<std::size_t>& columns, std::size_t width);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TABLE_H_
