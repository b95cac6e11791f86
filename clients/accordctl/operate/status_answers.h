// This file is about what the processes of a deployment report about themselves, through the gateway, for
// `status` and `doctor`.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_ANSWERS_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_ANSWERS_H_

#include <optional>
#include <string>
#include <vector>

#include "accord/host/v1/status.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

struct ServiceAnswer {
  std::string service;
  // This returns OK if the service answered, even if it refused this person the details.
  absl::Status answer;
  absl::Duration took;
  // This is the local time halfway through the call, with which the service's clock is compared.
  absl::Time asked;
  std::optional<host::v1::ServiceStatus> status;
};

// This gives one answer of each service of this build, after one attempt each. A service that this caller may
// not ask at all is left out, and is named in `closed` if that is given. It returns UNAVAILABLE, with the
// address, if the gateway itself does not answer.
absl::StatusOr<std::vector<ServiceAnswer>> AskServices(CommandSession* session,
                                                       std::vector<std::string>* closed = nullptr);

struct LogAnswer {
  int64_t size = 0;
  std::string root;
  // This is the size of the newest checkpoint that a witness cosigned, and when; it is InfinitePast if there
  // is none.
  int64_t witnessed_size = 0;
  absl::Time witnessed = absl::InfinitePast();
};
// This gives the audit log's newest checkpoint without verifying it, which `accordctl audit verify` does.
absl::StatusOr<LogAnswer> AskLog(CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_ANSWERS_H_
