// These are the kinds of records that the registry keeps, and the steps by which its tables are made.
#ifndef ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_
#define ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_

#include <vector>

#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"
#include "services/registry/enrolled.h"

namespace accord::registry {

std::vector<storage::Migration> RegistryMigrations();

struct RegistryStore {
  explicit RegistryStore(const storage::PageTokens* tokens)
      : agencies("agency", tokens, Enrolled::OfTheLog::kNothing),
        systems("system", tokens, Enrolled::OfTheLog::kChange),
        actors("actor", tokens, Enrolled::OfTheLog::kNothing),
        certificates("certificate", tokens, Enrolled::OfTheLog::kChange),
        actor_names("actor_name", tokens, Enrolled::OfTheLog::kNothing),
        access_reviews("access_review", tokens, Enrolled::OfTheLog::kNothing),
        role_grants("role_grant", tokens) {}
  Enrolled agencies, systems, actors, certificates, actor_names, access_reviews;
  storage::Resources role_grants;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_
