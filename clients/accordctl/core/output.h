// This is what accordctl prints: answers for people and programs, and refusals that say what to do.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/body.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

enum class Format { kTable, kJson, kYaml, kName };

// The caller's time zone: what $TZ names, or Ontario's where it names none.
absl::TimeZone CallersZone();
// Says that $TZ names no zone, so that times are Ontario's, and what to write instead; empty if it names one
// or is not set.
std::string ZoneWarning();
// People read `2026-11-01 01:30:00 EDT -04:00`, in their own zone; abbreviation and offset tell the hour that
// comes twice. Programs get RFC 3339 in JSON and YAML.
std::string TimeText(absl::Time time);
// The same of an instant by which something is due: midnight is 24:00:00 of the day that ends with it.
std::string DueText(absl::Time time);

// `1 entry`, `2 entries`: a number with one of two words. Counted (views/page.h) also speaks French.
std::string Amount(int64_t count, const std::string& one, const std::string& many);

// The line that stands above what people read of an installation for training, and nothing elsewhere; what
// programs read is without it.
std::string TrainingMark();

using Row = std::vector<std::string>;
// Columns as wide as their widest cell: one line for each row, without the ends of lines and without the
// mark. A view puts its own lines between them.
std::vector<std::string> TableLines(const std::vector<Row>& rows);
// The same as one text, below the mark.
std::string Table(const std::vector<Row>& rows);

// Gives one message: all its fields for people (instants as TimeText or DueText), or JSON, YAML, or its name.
std::string PrintOne(const google::protobuf::Message& message, Format format);
// Gives what a command made that is no message: YAML if that was asked for, otherwise JSON.
std::string PrintDocument(const Json& json, Format format);
// Gives an event of a stream: its values in one line, a JSON document a line, YAML documents, or its name.
std::string PrintEvent(const google::protobuf::Message& message, Format format);
// Resources of one type: a table of their declared columns, a JSON or YAML list, or names, one a line. The
// head of a column that holds days says of which zone they are.
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
