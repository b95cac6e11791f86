// This file is about times in the filter of a list, as people type them and as tables print them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_FILTER_TIMES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_FILTER_TIMES_H_

#include "absl/status/status.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"

namespace accord::ctl {

// This writes every instant that the request's filter compares as services take it, in UTC: `2026-11-30
// 24:00` is Ontario's. INVALID_ARGUMENT, with the field, for what is no instant or comes twice. A filter that
// compares none, or cannot be read, stays as it is for the service to judge.
absl::Status WriteFilterTimes(const Command& list, Json* request);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_FILTER_TIMES_H_
