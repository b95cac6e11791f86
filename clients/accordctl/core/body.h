// These functions turn what people write (YAML, JSON, `path=value`) into messages, and messages into that.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_BODY_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_BODY_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/document.h"

namespace accord::ctl {

// Gives the text of a document; `-` is standard input, of which no more is read than a document may have.
absl::StatusOr<std::string> ReadText(const std::string& path);
// Gives what a document's path is called: `standard input` for `-`.
std::string NameOfFile(const std::string& path);
// `; an element of a list is written with a point, as parties.0` for `parties[0]`; empty for a word that has
// no bracket in it.
std::string BracketHint(const std::string& word);
// A YAML or JSON document, within the bounds of ParseYaml; `-` is standard input. Errors name file, line
// and column.
absl::StatusOr<Json> ReadDocument(const std::string& path);
// The text comes without the last line's end. Every string comes back as it is from ParseYaml and from
// readers of YAML 1.1 and 1.2; what is hidden in it (screen.h) is written as an escape.
std::string ToYaml(const Json& json);

// Field names as in the .proto; enum values as in the .proto or short (`cas_worker`). An unknown field or
// value is an error that names its path.
absl::Status FromJson(const Json& json, google::protobuf::Message* message);
// What FromJson would refuse of a message of this type, before there is a message. `field`, if given, is set
// to the path at fault.
absl::Status CheckFields(const Json& json, const google::protobuf::Descriptor* type,
                         std::string* field = nullptr);
// The inverse, with names as in the .proto.
Json ToJson(const google::protobuf::Message& message);

// Sets `path` (`parties.0.capacity`, `title`) in `json` to `text`. Where the path leads, in `type`, to text
// (a string, an enum's value, an instant) it is taken as it was typed: `null`, quotes and colons are text
// like any other. Elsewhere, and if the path is none of the type's, it is `true`, `null`, a JSON list or
// object where it reads as one, and otherwise a string.
absl::Status SetPath(Json* json, const std::string& assignment,
                     const google::protobuf::Descriptor* type = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_BODY_H_
