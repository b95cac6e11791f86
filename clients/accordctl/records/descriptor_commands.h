// This adds the commands of the descriptors to the command line.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_DESCRIPTOR_COMMANDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_DESCRIPTOR_COMMANDS_H_

#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This adds `accordctl referral acknowledge NAME`. Call it after all commands that share a noun's word, such
// as `agency enroll`, were added. AddDescriptorCommands adds the same commands with the verb first.
void AddNounCommands(CLI::App* app, CommandSession* session);

// This adds description and options to a subcommand of either kind, which has none before a parsed line leads
// to it or this is called. It does nothing to other subcommands.
void BuildOptions(const CLI::App* app);

// This gives the command that a subcommand of either kind runs; it is null if it is not one of the
// descriptors' commands.
const Command* CommandOf(const CLI::App* app);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_DESCRIPTOR_COMMANDS_H_
