// This reads and writes messages in JSON, by the names of the protos.
#ifndef ACCORD_CLIENTS_CONNECTOR_MESSAGE_JSON_H_
#define ACCORD_CLIENTS_CONNECTOR_MESSAGE_JSON_H_

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace accord::connector {

// This reads a message; a field that it does not have is refused. INVALID_ARGUMENT says what is wrong.
absl::Status MessageFromJson(std::string_view json, google::protobuf::Message* message);

// This writes a message. It returns INVALID_ARGUMENT if it holds what JSON cannot say.
absl::Status MessageToJson(const google::protobuf::Message& message, std::string* json);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_MESSAGE_JSON_H_
