// This file is about what accordctl prints: answers for people and programs, and refusals that say what
// to do.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/zone.h"

namespace accord::ctl {

enum class Format { kTable, kJson, kYaml, kName };

// This gives `1 entry` or `2 entries`: a number with one of two words. Counted (views/page.h) also
// knows French.
std::string CountedText(int64_t count, const std::string& one, const std::string& many);

// This prints one message: all its fields for people (instants as TimeText or DueText), or JSON, YAML, or
// its name.
std::string PrintOne(const google::protobuf::Message& message, Format format);
// This prints a command's result that is not a message: as YAML if that was requested, otherwise as JSON.
std::string PrintDocument(const Json& json, Format format);
// This prints an event of a stream: its values in one line, a JSON document on one line, a YAML document, or
// its name.
std::string PrintEvent(const google::protobuf::Message& message, Format format);
// This prints resources of one type: a table of their declared columns, a JSON or YAML list, or one name on
// each line. The head of a column of days names their time zone. On a terminal long texts are cut (table.h).
std::string PrintMany(const ResourceType& type, const std::vector<const google::protobuf::Message*>& messages,
                      Format format);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_H_
