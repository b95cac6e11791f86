// This file is about messages for the errors of the command-line parser (CLI11), whose own are in English:
// here they are in accordctl's words and in the session's language.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSER_FAULTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSER_FAULTS_H_

#include <CLI/CLI.hpp>
#include <string>

namespace accord::ctl {

// This gives one sentence without a line end. `command` is the command on the line, as it is typed. A parser
// error that no command of accordctl can cause, such as two options that exclude each other, keeps the
// parser's words.
std::string ParserFault(const CLI::ParseError& error, const std::string& command);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSER_FAULTS_H_
