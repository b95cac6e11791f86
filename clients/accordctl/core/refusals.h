// This file is about what accordctl prints of a call that was refused or not answered.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_REFUSALS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_REFUSALS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/output.h"

namespace accord::ctl {

// This gives the reason why a call was refused: the server's text in the session's language, or its message.
std::string ReasonText(const absl::Status& status);

// This gives the reason in one line, in the session's language.
std::string ReasonLine(const absl::Status& status);

// This prints an error. People read the status code, rule, message, fields at fault, and what to do next.
// JSON has the same as one object.
std::string PrintError(const absl::Status& status, Format format);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_REFUSALS_H_
