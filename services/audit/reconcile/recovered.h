// The records of changes that the log did not hold.
#ifndef ACCORD_SERVICES_AUDIT_RECONCILE_RECOVERED_H_
#define ACCORD_SERVICES_AUDIT_RECONCILE_RECOVERED_H_

#include <optional>
#include <string>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "services/audit/reconcile/proof.h"

namespace accord::audit {

struct Missing {
  host::v1::RevisionKey key;
  // It says who made the change; without it, the service did by itself, as far as anybody can prove.
  std::optional<caller::v1::CallerAssertion> proof;
};

// Says whether the service tells the change as its own, as when time passes: it blames nobody for it.
bool IsOfPlatform(const host::v1::RevisionKey& key);
// Says whether the service blames somebody for the change, and nothing proves it.
bool IsUnproven(const Missing& missing);

// One for each request of a person, or each instant at which a service changed something by itself, and each
// owner, who reads nothing of what concerns others.
std::vector<v1::AuditRecord> RecordsOf(const std::string& service, const std::vector<Missing>& missing);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_RECONCILE_RECOVERED_H_
