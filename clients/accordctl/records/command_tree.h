// This file is about the tree of commands that the parser of the line was built with: what stands under a
// command, and the way to it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_COMMAND_TREE_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_COMMAND_TREE_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace accord::ctl {

// This gives the commands under one, without those that only programs call.
std::vector<const CLI::App*> CommandTreeChildren(const CLI::App* app);
// This gives the names of those commands.
std::vector<std::string> CommandTreeWords(const CLI::App* app);
// This gives a command as it is typed, from the program's name on.
std::string CommandTreePath(const CLI::App* app);
// This gives all options that a command takes: its own, those of its groups, and those of the commands
// above it.
std::vector<const CLI::Option*> CommandTreeOptions(const CLI::App* app);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_COMMAND_TREE_H_
