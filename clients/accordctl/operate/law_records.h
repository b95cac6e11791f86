// The rule sets of running services: what the office proposes and puts in force, and what that alters.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_RECORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_RECORDS_H_

#include <CLI/CLI.hpp>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "accord/host/v1/law.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// The services whose rule set the office can replace, for example `prosecution`.
std::set<std::string> ServicesWithLaw();

// Gives what a dry run found, a line each; a last line says what no line tells.
std::string TrialText(const host::v1::LawTrial& trial);

// Prints for how many open records of a service it makes a difference what begins and ends from one day to
// another, `YYYY-MM-DD`.
absl::Status ShowAltered(CommandSession* session, const std::string& service, const std::string& from,
                         const std::string& to);

// Adds `propose`, `list`, `show`, `approve` and `withdraw` under `law`.
void AddLawRecordCommands(CLI::App* law, CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_RECORDS_H_
