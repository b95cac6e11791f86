// This file is about the options that a command takes on its line, with the help of each, as the protos
// describe its request.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_LINE_OPTIONS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_LINE_OPTIONS_H_

#include <CLI/CLI.hpp>

#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/request_line.h"

namespace accord::ctl {

// This adds the options of a command, which write into `line`.
void AddLineOptions(CLI::App* app, const Command& command, RequestLine* line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_LINE_OPTIONS_H_
