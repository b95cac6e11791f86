// The commands that the descriptors give, on the line.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_DESCRIPTOR_COMMANDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_DESCRIPTOR_COMMANDS_H_

#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// `accordctl referral acknowledge NAME`; after all commands that share a noun's word, such as `agency
// enroll`. AddDescriptorCommands adds them with the verb first.
void AddNounCommands(CLI::App* app, CommandSession* session);

// A subcommand of either kind has neither description nor options before a line that is parsed leads to it,
// or this is called. It does nothing to any other.
void BuildOptions(const CLI::App* app);

// Gives the command that a subcommand of either kind runs; null if it runs none of the descriptors'.
const Command* CommandOf(const CLI::App* app);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_DESCRIPTOR_COMMANDS_H_
