// This file is about the request that a command line means, completed by what the caller's certificate and
// lists tell.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_COMPLETED_REQUEST_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_COMPLETED_REQUEST_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/yaml_parser.h"

namespace accord::ctl {

// This gives the command that reads one record of the kind that `command` works on; it is null if there
// is none.
const Command* GetCommandOf(const Command& command);

// This returns INVALID_ARGUMENT if a path of a list's read mask leads to no field of its records; the message
// has the word, similar ones, and the command that lists all of them. A service would only give the index of
// the path.
absl::Status CheckReadMask(const Command& command, const Json& request);

// This gives the request: completes the short names, and adds the request id, the caller's agency, the
// name and the etag if the line does not give them. Fields that only the service writes are named on
// standard error.
absl::StatusOr<Json> CompletedRequest(CommandSession* session, const Command& command,
                                      const RequestLine& line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_COMPLETED_REQUEST_H_
