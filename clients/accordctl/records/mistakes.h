// What to say of a line that cannot be read: which word, what it may have been meant for, and a line
// that works.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_MISTAKES_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_MISTAKES_H_

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "clients/accordctl/core/command_session.h"
#include "common/base/language.h"

namespace accord::ctl {

// How far the words of a line lead among the commands; also what completion begins from.
struct ParsedWords {
  const CLI::App* app = nullptr;
  // This is an option that waits for its value at the end of the line.
  const CLI::Option* pending = nullptr;
  // Words that are neither commands, options nor values of options, in their order.
  std::vector<std::string> rest;
  // Options that there are not.
  std::vector<std::string> unknown_options;
  // Values of options on the way, by the option's long name.
  std::vector<std::pair<std::string, std::string>> values;
};
// All options that a command takes: its own, those of its groups, and those of the commands above it.
std::vector<const CLI::Option*> AllOptionsOf(const CLI::App* app);
ParsedWords ParseWords(const CLI::App& root, const std::vector<std::string>& words);

// Lines for people, ending with what to type next. `words` is the line without the program's name.
std::string Mistake(const CLI::App& root, const std::vector<std::string>& words,
                    const CLI::ParseError& error);

// What to say of a line that holds an empty word, as one does whose variable in the shell is unset. Taken as
// not given, `--actor ""` would be somebody else. Nothing is said where no word is empty.
std::string EmptyWord(const CLI::App& root, const std::vector<std::string>& words);

// Gives the language for what is wrong with a line. A line that cannot be parsed may name the language, or
// the context that does, all the same: the session is given what it says of them.
Language LanguageOfWords(const CLI::App& root, const std::vector<std::string>& words,
                         CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_MISTAKES_H_
