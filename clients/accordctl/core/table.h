// Tables for people.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_TABLE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_TABLE_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace accord::ctl {

// The line that stands above what people read of an installation for training, and nothing elsewhere; what
// programs read is without it.
std::string TrainingMark();

using Row = std::vector<std::string>;
// Columns as wide as their widest cell: one line for each row, without the ends of lines and without the
// mark. A view puts its own lines between them.
std::vector<std::string> TableLines(const std::vector<Row>& rows);
// The same as one text, below the mark.
std::string Table(const std::vector<Row>& rows);

// How many characters a line of this terminal has; 0 of a file or a pipe, where nothing is ever cut.
std::size_t TerminalWidth(int descriptor);
// The rows so that a line holds them, as far as cells of these columns can be cut, the longest first: a text
// keeps its beginning and a name its end, with an ellipsis for the rest. The head of a column stays whole.
// Width 0 is without end.
std::vector<Row> Fitted(std::vector<Row> rows, const std::set<std::size_t>& columns, std::size_t width);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TABLE_H_
