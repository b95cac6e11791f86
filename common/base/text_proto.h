// These functions read files in protobuf text format, such as configuration and reference data.
#ifndef ACCORD_COMMON_BASE_TEXT_PROTO_H_
#define ACCORD_COMMON_BASE_TEXT_PROTO_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"

namespace accord {

// This reads a protobuf text format file strictly: an unknown field or a bad value is an error that says
// `path:line:column: what`.
absl::Status ReadTextProto(const std::string& path, google::protobuf::Message* message);
// This does the same with a text that is not in a file; `what` takes the place of the path in errors.
absl::Status ParseTextProto(const std::string& what, const std::string& text,
                            google::protobuf::Message* message);
// This reads the fields of a configuration that `config` has and ignores all others: the file may belong to
// another process, which reads it strictly itself. It returns INVALID_ARGUMENT if it is not in protobuf
// text format.
absl::Status ReadConfigPart(const std::string& path, google::protobuf::Message* config);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_TEXT_PROTO_H_
