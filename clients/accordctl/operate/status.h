// This is what the processes of a deployment say of themselves, through the gateway: for `status`
// and `doctor`.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_H_

#include <optional>
#include <string>
#include <vector>

#include "accord/host/v1/status.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

struct ServiceAnswer {
  std::string service;
  // OK if the service answered, though it may have refused this person the details.
  absl::Status answer;
  absl::Duration took;
  // Local time halfway through the call: what the service's clock is compared with.
  absl::Time asked;
  std::optional<host::v1::ServiceStatus> status;
};

// One answer of each service of this build, by one try each. A service of which this caller may ask nothing
// at all is left out, and named in `closed` if that is given. UNAVAILABLE, with the address, if the gateway
// itself does not answer.
absl::StatusOr<std::vector<ServiceAnswer>> AskServices(CommandSession* session,
                                                       std::vector<std::string>* closed = nullptr);

struct LogAnswer {
  int64_t size = 0;
  std::string root;
  // This is the newest checkpoint that a witness cosigned, and when; InfinitePast if none did.
  int64_t witnessed_size = 0;
  absl::Time witnessed = absl::InfinitePast();
};
// Gives the audit log's newest checkpoint. Not verified: `accordctl audit verify` does that.
absl::StatusOr<LogAnswer> AskLog(CommandSession* session);

// "3 h", "2 d", "40 s".
std::string Age(absl::Duration age);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_STATUS_H_
