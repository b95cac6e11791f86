// This gives examples of commands, for help and errors.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_COMMAND_EXAMPLE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_COMMAND_EXAMPLE_H_

#include <string>

#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// This gives an example that would work: `accordctl referral acknowledge 01m8a5dx`.
std::string ExampleOfCommand(const Command& command);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_COMMAND_EXAMPLE_H_
