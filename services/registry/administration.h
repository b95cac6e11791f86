// This is who administers the registry: the office everything, and each agency what is its own.
#ifndef ACCORD_SERVICES_REGISTRY_ADMINISTRATION_H_
#define ACCORD_SERVICES_REGISTRY_ADMINISTRATION_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/database/database.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

// This fails with NOT_FOUND unless the caller administers this agency.
absl::Status CheckAdministers(const Caller& caller, const std::string& agency);

// This says whether the person is active, in the role of an administrator.
bool Administers(const v1::Actor& actor);

// Disables a person who may act, in the version with this etag, and tells the privacy officers. It fails with
// FAILED_PRECONDITION and rule STATE_NOT_PERMITTED, or LAST_ADMINISTRATOR if nobody at the office could
// administer the registry without this person.
absl::Status DisablePerson(storage::Transaction& tx, RegistryStore* store, const storage::Write& write,
                           std::string_view etag, v1::Actor* actor);

// This makes the check for LAST_ADMINISTRATOR only.
absl::Status CheckNotLastAdministrator(storage::Transaction& tx, RegistryStore* store,
                                       const v1::Actor& actor);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_ADMINISTRATION_H_
