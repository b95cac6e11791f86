// This file is about files to fill in: YAML with every field that may be given, required ones first, each
// below its explanation.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_TEMPLATE_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_TEMPLATE_H_

#include <string>

#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// This gives a file for `-f` of a command. Required fields have no value, so that a forgotten one is refused
// as missing. An optional field is after a `#` at the beginning of its line, and explanations are after `# `.
std::string TemplateOf(const Command& command);

// This gives a field's form and limits in a few words: `a day in Ontario, YYYY-MM-DD`; it is empty for
// any text.
std::string TemplateFieldForm(const FieldDescriptor* field);
// This gives `text`, `number`, `yes or no`, `time`, `list of text`, or the name of the field's type.
std::string TemplateFieldType(const FieldDescriptor* field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_TEMPLATE_H_
