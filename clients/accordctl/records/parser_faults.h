// What the parser of lines (CLI11) finds wrong with one. It says so in English of its own: here it is said in
// the words of accordctl, in the language that is spoken.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSER_FAULTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSER_FAULTS_H_

#include <CLI/CLI.hpp>
#include <string>

namespace accord::ctl {

// One sentence without an end of line. `command` is the one that the line names, as it is typed. What the
// parser says of something that no command has, such as two options that exclude each other, stays as it is.
std::string ParserFault(const CLI::ParseError& error, const std::string& command);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_PARSER_FAULTS_H_
