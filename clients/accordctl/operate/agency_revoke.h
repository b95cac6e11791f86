// This revokes all certificates of an agency or of a system at once.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_REVOKE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_REVOKE_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

struct Revocation {
  // An empty `system` means all systems of the agency. The registry keeps `reason`.
  std::string agency, system, reason;
};

// This revokes until no active certificate is left, since its holder may renew one meanwhile, and reports
// what it revoked. It returns FAILED_PRECONDITION, naming what is left, if a system renews faster than that.
absl::Status RevokeCertificates(CommandSession* session, const Revocation& revocation);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_REVOKE_H_
