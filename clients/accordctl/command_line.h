// This file is about the whole command line, as the main function and the tests use it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_COMMAND_LINE_H_
#define ACCORD_CLIENTS_ACCORDCTL_COMMAND_LINE_H_

#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This adds the global options, every command and the help pages to an application that has none yet.
void AddAllCommands(CLI::App* app, CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_COMMAND_LINE_H_
