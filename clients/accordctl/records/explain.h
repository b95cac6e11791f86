// `accordctl explain` tells what the protos say about a noun, a field or a command.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_EXPLAIN_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_EXPLAIN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This explains `referral`, `referral kind`, `referral escalations.level`, `referral screen` or `referral
// screen outcome`. The verb may come first, and a point may follow the noun. It returns NOT_FOUND, with
// similar words, for a word that is none of these.
absl::StatusOr<std::string> Explanation(const std::vector<std::string>& typed);

void AddExplainCommand(CLI::App* app, CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_EXPLAIN_H_
