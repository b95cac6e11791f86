// Converts what people write (YAML, JSON, `path=value`) to messages, and messages back to that.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_BODY_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_BODY_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/document.h"

namespace accord::ctl {

// Gives the text of a document; `-` is standard input. No more is read than a document may have.
absl::StatusOr<std::string> ReadInputText(const std::string& path);
// Gives the name of a document's path for messages: `standard input` for `-`.
std::string InputFileName(const std::string& path);
// For a word such as `parties[0]`, gives
// `; an element of a list is written with a point, as parties.0`; empty for a word
// without brackets.
std::string BracketHint(const std::string& word);
// Reads a YAML or JSON document, within the limits of ParseYaml; `-` is standard input. Errors name
// file, line and column.
absl::StatusOr<Json> ReadInputDocument(const std::string& path);
// Gives the document as YAML, without a line end at its end. ParseYaml and readers of YAML 1.1 and
// 1.2 read every string unchanged. Hidden characters (screen.h) are written as escapes.
std::string ToYaml(const Json& json);

// Converts JSON to a message. Field names are as in the .proto; enum values are as in the .proto or
// short (`cas_worker`). An unknown field or value is an error that names its path.
absl::Status FromJson(const Json& json, google::protobuf::Message* message);
// Gives the error with which FromJson would refuse a message of this type. `field`, if given, is
// set to the path at fault.
absl::Status CheckJsonFields(const Json& json, const google::protobuf::Descriptor* type,
                             std::string* field = nullptr);
// Converts a message to JSON, with names as in the .proto.
Json ToJson(const google::protobuf::Message& message);

// Performs an assignment `path=text`: sets `path` (`parties.0.capacity`, `title`) in `json`. If
// `type` has a text there (a string, an enum value, an instant), the text is taken as typed,
// including `null`, quotes and colons. Otherwise, and if `type` has no such path, it is parsed as
// `true`, `null`, a JSON list or a JSON object where possible, and is a string otherwise.
absl::Status ApplyAssignment(Json* json, const std::string& assignment,
                             const google::protobuf::Descriptor* type = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_BODY_H_
