// This file is about an assignment `path=text` on the command line.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_ASSIGNMENT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_ASSIGNMENT_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// This performs an assignment `path=text`: sets `path` (`parties.0.capacity`, `title`) in `json`. If `type`
// has a text there (a string, an enum value, an instant), the text is taken as typed, including `null`,
// quotes and colons. Otherwise, and if `type` has no such path, it is parsed as `true`, `null`, a JSON list
// or a JSON object where possible, and is a string otherwise.
absl::Status ApplyAssignment(Json* json, const std::string& assignment,
                             const google::protobuf::Descriptor* type = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_ASSIGNMENT_H_
