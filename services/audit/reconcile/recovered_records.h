// These are the records of changes that the log did not hold.
#ifndef ACCORD_SERVICES_AUDIT_RECONCILE_RECOVERED_RECORDS_H_
#define ACCORD_SERVICES_AUDIT_RECONCILE_RECOVERED_RECORDS_H_

#include <optional>
#include <string>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "services/audit/reconcile/proofs.h"

namespace accord::audit {

struct MissingChange {
  host::v1::RevisionKey key;
  // This says who made the change. Without a proof, the service made the change by itself, as far as anybody
  // can prove.
  std::optional<caller::v1::CallerAssertion> proof;
};

// This says whether the service says that the change is its own and blames nobody, as when time passes.
bool IsOfPlatform(const host::v1::RevisionKey& key);
// This says whether the service blames somebody for the change, and nothing proves it.
bool IsUnproven(const MissingChange& missing);

// This gives one record for each owner and request of a person, or for each owner and instant at which a
// service changed something by itself. No owner reads what concerns others.
std::vector<v1::AuditRecord> RecoveredRecordsOf(const std::string& service,
                                                const std::vector<MissingChange>& missing);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_RECONCILE_RECOVERED_RECORDS_H_
