// This runs one RPC as its command line says, and prints the answer.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_RUN_RPC_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_RUN_RPC_H_

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/request_line.h"

namespace accord::ctl {

// This runs the RPC of the command with the request that the line means: once, as a list of all pages, as a
// stream, or after an editor has filled in the request. With --template it prints a file to fill in.
absl::Status RunRpc(CommandSession* session, const Command& command, const RequestLine& line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_RUN_RPC_H_
