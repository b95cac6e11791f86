// This file is about what `accordctl status` shows, as a table or as a document.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/operate/status_answers.h"

namespace accord::ctl {

// These are the answers, and what could not be asked.
struct StatusSeen {
  std::vector<ServiceAnswer> answers = {};
  // These are services that this caller may not ask.
  std::vector<std::string> closed = {};
};

// This gives remarks on what is missing from the table.
std::vector<std::string> StatusRemarks(const StatusSeen& looked);

std::string StatusTable(const StatusSeen& looked, const absl::StatusOr<LogAnswer>& log);
Json StatusJson(const StatusSeen& looked, const absl::StatusOr<LogAnswer>& log);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_H_
