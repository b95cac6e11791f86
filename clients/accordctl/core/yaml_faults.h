// This explains what is wrong with a YAML document where the parser's message is not enough.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_FAULTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_FAULTS_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"

namespace accord::ctl {

// This says whether the quotation that begins at a byte of the document, not counting a byte order mark, is
// not closed; it is false for a text without quotes. yaml-cpp ends an unclosed quotation at the end of the
// file, and treats all fields in between as part of it.
bool HasQuotesFault(const std::string& document, int begin);

// This turns yaml-cpp's message into words that say what to do. `line`, counted from 0, is the line at fault,
// which may be indented by a tab.
std::string YamlFaultText(const std::string& said, const std::string& document, int line);

// This gives the position of the first lone carriage return in a document whose lines all end with one,
// because YAML would read it as a single line; std::string::npos if there is none.
std::size_t FindLoneReturnFault(const std::string& document);

// This names a fault of the document, as `path:line:column: what`. The line and the column count from 0.
absl::Status YamlFaultAt(const std::string& path, int line, int column, const std::string& what);
// This names the fault at a byte of the text.
absl::Status YamlFaultAtByte(const std::string& path, const std::string& text, std::size_t byte,
                             const std::string& what);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_FAULTS_H_
