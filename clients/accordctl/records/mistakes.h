// What to print for a command line that cannot be parsed: which word is wrong, what may have been
// meant, and an example that works.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_MISTAKES_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_MISTAKES_H_

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "clients/accordctl/core/command_session.h"
#include "common/base/language.h"

namespace accord::ctl {

// How far the words of a line lead into the commands; completion begins there too.
struct ParsedWords {
  const CLI::App* app = nullptr;
  // An option at the end of the line that still needs its value.
  const CLI::Option* pending = nullptr;
  // Words that are neither commands, options nor values of options, in order.
  std::vector<std::string> rest;
  // Options that do not exist.
  std::vector<std::string> unknown_options;
  // Values of options so far, by the option's long name.
  std::vector<std::pair<std::string, std::string>> values;
};
// Gives all options that a command takes: its own, those of its groups, and those of the commands
// above it.
std::vector<const CLI::Option*> AllOptionsOf(const CLI::App* app);
ParsedWords ParseWords(const CLI::App& root, const std::vector<std::string>& words);

// Gives lines for people, ending with what to type next. `words` is the line without the
// program's name.
std::string Mistake(const CLI::App& root, const std::vector<std::string>& words,
                    const CLI::ParseError& error);

// Gives the message for a line with an empty word, such as one from an unset shell variable; empty
// if there is none. If the word were ignored, `--actor ""` would mean another person.
std::string EmptyWord(const CLI::App& root, const std::vector<std::string>& words);

// Gives the language for messages about a line. A line that cannot be parsed may still name the
// language, or a context that has one; both are set in the session.
Language LanguageOfWords(const CLI::App& root, const std::vector<std::string>& words,
                         CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_MISTAKES_H_
