// `accordctl explain`: what the protos say of a noun, a field or a command.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_EXPLAIN_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_EXPLAIN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This explains `referral`, `referral kind`, `referral escalations.level`, `referral screen` or
// `referral screen outcome`; the verb may stand first, and a point may stand behind the noun. NOT_FOUND that
// names what is near for a word that is none of them.
absl::StatusOr<std::string> Explained(const std::vector<std::string>& typed);

void AddExplainCommand(CLI::App* app, CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_EXPLAIN_H_
