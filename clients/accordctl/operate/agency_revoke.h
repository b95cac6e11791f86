// All certificates of an agency or of a system, shut out at once.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_REVOKE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_REVOKE_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

struct Revocation {
  // `system` empty: all systems of the agency. `reason` is kept in the registry.
  std::string agency, system, reason;
};

// Revokes until nothing is left that is active, since who has a certificate may renew it meanwhile, and says
// what it revoked. FAILED_PRECONDITION that names what is left if a system renews as fast as that.
absl::Status RevokeCertificates(CommandSession* session, const Revocation& revocation);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_REVOKE_H_
