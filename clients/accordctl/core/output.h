// This is what accordctl prints: answers for people and programs, and refusals that say what to do.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/accordctl/core/body.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/zone.h"

namespace accord::ctl {

enum class Format { kTable, kJson, kYaml, kName };

// `1 entry`, `2 entries`: a number with one of two words. Counted (views/page.h) also speaks French.
std::string Amount(int64_t count, const std::string& one, const std::string& many);

// Gives one message: all its fields for people (instants as TimeText or DueText), or JSON, YAML, or its name.
std::string PrintOne(const google::protobuf::Message& message, Format format);
// Gives what a command made that is no message: YAML if that was asked for, otherwise JSON.
std::string PrintDocument(const Json& json, Format format);
// Gives an event of a stream: its values in one line, a JSON document a line, YAML documents, or its name.
std::string PrintEvent(const google::protobuf::Message& message, Format format);
// Resources of one type: a table of their declared columns, a JSON or YAML list, or names, one a line. The
// head of a column that holds days says of which zone they are. On a terminal long texts are cut (table.h).
std::string PrintMany(const ResourceType& type, const std::vector<const google::protobuf::Message*>& messages,
                      Format format);

// Exit codes; documented in `accordctl --help`.
enum Exit {
  kDone = 0,
  kOther = 1,
  kUsage = 2,
  kRefused = 3,
  kNotFound = 4,
  kConflict = 5,
  kInvalid = 6,
  kTryAgain = 7,
  kNotVerified = 8,
};
// A status also carries the path of the method that refused, and the address where no gateway answers.
inline constexpr char kMethodCalled[] = "accordctl/method-called";
inline constexpr char kUnreached[] = "accordctl/unreached";

// Says whether the same call may go well later, with nothing changed: nobody answered, it took too long, a
// quota is used up. Not what is too large, nor a file that cannot be written here.
bool IsPassing(const absl::Status& status);
Exit ExitOf(const absl::Status& status);
// Why, in one line and in the language that is spoken.
std::string ReasonLine(const absl::Status& status);
// People read the status code, rule, message, fields at fault, and what to do next. JSON has the same as
// one object.
std::string PrintError(const absl::Status& status, Format format);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_H_
