// Says what is wrong with a document of YAML where the parser says less or nothing.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_FAULTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_FAULTS_H_

#include <cstddef>
#include <string>

namespace accord::ctl {

// Whether the quotes of the text that begins at a byte of the document, not counting a byte order mark, are
// closed again; true of a text without quotes. yaml-cpp takes the end of a file for the end of a text, and
// all fields on the way for a part of it.
bool AreQuotesClosed(const std::string& document, int begin);

// What yaml-cpp says, in words that say what to do.
// `line`, from 0 on, is that of the fault: a tab may indent it.
std::string YamlFault(const std::string& said, const std::string& document, int line);

// Where a document of lines that end with a carriage return alone, which would be one line, has the first of
// them; std::string::npos if it has none.
std::size_t LoneReturn(const std::string& document);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_FAULTS_H_
