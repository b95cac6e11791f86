// This converts what people write (YAML, JSON, `path=value`) to messages, and messages back to that.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_MESSAGE_JSON_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_MESSAGE_JSON_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// For a word such as `parties[0]` this gives `; an element of a list is written with a point, as parties.0`;
// it is empty for a word without brackets.
std::string BracketHint(const std::string& word);

// This converts JSON to a message. Field names are as in the .proto; enum values are as in the .proto or
// short (`cas_worker`). An unknown field or value is an error that names its path.
absl::Status FromJson(const Json& json, google::protobuf::Message* message);
// This gives the error with which FromJson would refuse a message of this type. `field`, if given, is set to
// the path at fault.
absl::Status CheckJsonFields(const Json& json, const google::protobuf::Descriptor* type,
                             std::string* field = nullptr);
// This converts a message to JSON, with names as in the .proto.
Json ToJson(const google::protobuf::Message& message);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_MESSAGE_JSON_H_
