// This file is about the words of a line among the commands that there are, without a parser that stops at
// the first mistake.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSED_WORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSED_WORDS_H_

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

namespace accord::ctl {

// This says how far the words of a line lead among the commands; it is also what completion begins from.
struct ParsedWords {
  const CLI::App* app = nullptr;
  // This is an option that waits for its value at the end of the line.
  const CLI::Option* pending = nullptr;
  // These are words that are neither commands, options nor values of options, in their order.
  std::vector<std::string> rest;
  // These are options that there are not.
  std::vector<std::string> unknown_options;
  // Values of options on the way, by the option's long name.
  std::vector<std::pair<std::string, std::string>> values;
};
// This gives all options that a command takes: its own, those of its groups, and those of the commands
// above it.
std::vector<const CLI::Option*> OptionsOfCommand(const CLI::App* app);
ParsedWords ParseWords(const CLI::App& root, const std::vector<std::string>& words);

// This gives the commands under one, without those that only programs call.
std::vector<const CLI::App*> CommandsUnder(const CLI::App* app);
std::vector<std::string> WordsUnder(const CLI::App* app);
// A command as it is typed, from the program's name on.
std::string PathOfCommand(const CLI::App* app);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSED_WORDS_H_
