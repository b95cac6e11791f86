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
ParsedWords ParseWords(const CLI::App& root, const std::vector<std::string>& words);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSED_WORDS_H_
