// This file is about what to say of a line that cannot be read: which word, what it may have been meant for,
// and a line that works.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_LINE_MISTAKES_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_LINE_MISTAKES_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "clients/accordctl/core/command_session.h"
#include "common/base/language.h"

namespace accord::ctl {

// This gives lines for people, ending with what to type next. `words` is the line without the program's name.
std::string MistakeText(const CLI::App& root, const std::vector<std::string>& words,
                        const CLI::ParseError& error);

// This says what to say of a line that holds an empty word, as one does whose variable in the shell is unset.
// Taken as not given, `--actor ""` would be somebody else. Nothing is said where no word is empty.
std::string EmptyWordText(const CLI::App& root, const std::vector<std::string>& words);

// This gives the language for what is wrong with a line. A line that cannot be parsed may name the language,
// or the context that does, all the same: the session is given what it says of them.
Language LanguageOfMistakes(const CLI::App& root, const std::vector<std::string>& words,
                            CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_LINE_MISTAKES_H_
