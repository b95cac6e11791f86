// A role grant tells the privacy officers whose roles changed, and who changed them.
#ifndef ACCORD_SERVICES_REGISTRY_ROLE_GRANTS_H_
#define ACCORD_SERVICES_REGISTRY_ROLE_GRANTS_H_

#include "absl/status/status.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::registry {

// This tells the privacy officers if an actor's roles changed. A disabled actor counts as one without roles.
absl::Status RecordRoleGrant(storage::Transaction& tx, storage::Resources& role_grants,
                             const storage::Write& write, const v1::Actor& before, const v1::Actor& after);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_ROLE_GRANTS_H_
