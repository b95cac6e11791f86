// Small files read whole: keys, certificates, configuration.
#ifndef ACCORD_COMMON_BASE_FILE_H_
#define ACCORD_COMMON_BASE_FILE_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord {

absl::StatusOr<std::string> ReadFile(const std::string& path);
// Replaces the file in one step; it is on disk when this returns.
absl::Status WriteFileDurably(const std::string& path, const std::string& text);

// Reads a protobuf text format file strictly: an unknown field or a bad value is an error that says
// `path:line:column: what`.
absl::Status ReadTextProto(const std::string& path, google::protobuf::Message* message);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FILE_H_
