// This file is about what to say of a word or an option that does not exist: what it may have been meant for.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_UNKNOWN_WORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_UNKNOWN_WORDS_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace accord::ctl {

// The first of these words stands where a command is wanted, and is none.
std::string UnknownWordText(const CLI::App* app, const std::vector<std::string>& words);
// `beside` is the word behind the option.
std::string UnknownOptionText(const CLI::App* app, const std::string& word, const std::string& beside);

// This names the words that are near; it is empty if there are none.
std::string UnknownWordNearestText(const std::vector<std::string>& near);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_UNKNOWN_WORDS_H_
