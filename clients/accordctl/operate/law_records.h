// This file is about the rule sets of running services: what the office proposes and puts into force, and
// what that changes.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_RECORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_RECORDS_H_

#include <CLI/CLI.hpp>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "accord/host/v1/law.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This gives the services whose rule set the office can replace, for example `prosecution`.
std::set<std::string> ServicesWithLaw();

// This gives the result of a dry run, one line for each effect; a last line says what the lines do
// not include.
std::string LawTrialText(const host::v1::LawTrial& trial);

// This prints the effect on a service's open records of the rows that begin or end between two days,
// `YYYY-MM-DD`: how many records are judged differently.
absl::Status ShowAlteredLaw(CommandSession* session, const std::string& service, const std::string& from,
                            const std::string& to);

// This adds `propose`, `list`, `show`, `approve` and `withdraw` under `law`.
void AddLawRecordCommands(CLI::App* law, CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_RECORDS_H_
