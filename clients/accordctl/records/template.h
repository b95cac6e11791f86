// Files to fill in: YAML with every field that may be given, those that must be first, each under what
// it means.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_TEMPLATE_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_TEMPLATE_H_

#include <string>

#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// Gives what `-f` of a command takes. Required fields stand with nothing after them, so that what was
// forgotten is refused as missing. A field that may be left out stands behind a `#` at the beginning of its
// line; the words that explain it stand behind `# `.
std::string TemplateOf(const Command& command);

// A field's form and bounds in a few words: `a day in Ontario, YYYY-MM-DD`; empty for any text.
std::string FormOf(const FieldDescriptor* field);
// `text`, `number`, `yes or no`, `time`, `list of text`, or the name of its type.
std::string TypeOf(const FieldDescriptor* field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_TEMPLATE_H_
