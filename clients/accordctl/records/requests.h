// The request that a line means, once the caller's certificate and lists have told what the line leaves out.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_REQUESTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_REQUESTS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/document.h"
#include "clients/accordctl/core/request_line.h"

namespace accord::ctl {

// The command that reads one record of the kind that `command` works on; null if there is none.
const Command* GetOf(const Command& command);

// INVALID_ARGUMENT for a path of a list's read mask that leads to no field of its records, with the word,
// what is near, and what lists all of them. A service names the place of the path alone.
absl::Status CheckReadMask(const Command& command, const Json& request);

// Completes the short names, and adds the request id, the own agency, the name and the etag where the line
// does not give them. What only the service writes is named on standard error.
absl::StatusOr<Json> RequestOf(CommandSession* session, const Command& command, const Line& line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_REQUESTS_H_
