// This file is about texts in lines that fit a terminal.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_WRAP_TEXT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_WRAP_TEXT_H_

#include <cstddef>
#include <string>

namespace accord::ctl {

// This gives `text` in lines of at most `width` characters, to be written after `indent` others: all lines
// but the first begin with so many blanks. Ends of lines in the text stay.
std::string WrapText(const std::string& text, std::size_t width, std::size_t indent = 0);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_WRAP_TEXT_H_
