// This file is about the help pages: one screen of nouns, a page for each noun, and options in lines that fit
// a terminal.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_HELP_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_HELP_H_

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "clients/accordctl/core/nouns.h"

namespace accord::ctl {

// This is the width of a line in characters.
inline constexpr std::size_t kHelpWidth = 100;

// This gives an overview: the nouns by service, the views, administration, options and exit codes.
std::string HelpFrontPage(const CLI::App& app);
// This gives what can be done with a noun and who may do it, including commands under `app` that are not the
// descriptors'. Who may run these is taken from their footer, after `Who may: `.
std::string HelpNounPage(const Noun& noun, const CLI::App* app);
// This gives the nouns of a service with what each is, and the commands under `app`, which has the
// service's word.
std::string HelpServicePage(const std::string& service, const CLI::App& app);
// This gives the text below a command's options: the RPC, and who may call it for which purposes.
std::string HelpLeafFooter(const Command& command);

// This prints these pages for `--help`, and all others within the width.
std::shared_ptr<CLI::FormatterBase> HelpPages();

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_HELP_H_
