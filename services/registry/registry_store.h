// The kinds of resource that the registry keeps and where they are placed.
#ifndef ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_
#define ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_

#include <string>
#include <vector>

#include "accord/registry/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/resources.h"

namespace accord::registry {

std::vector<storage::Migration> RegistryMigrations();

// Who administers the whole registry sees what this party sees.
inline constexpr char kOffice[] = "co-office";

struct RegistryStore {
  explicit RegistryStore(const storage::PageTokens* tokens)
      : agencies("agency", tokens),
        systems("system", tokens),
        actors("actor", tokens),
        certificates("certificate", tokens),
        role_grants("role_grant", tokens) {}
  storage::Resources agencies, systems, actors, certificates, role_grants;
};

storage::Placement PlacementOf(const v1::Agency& agency);
storage::Placement PlacementOf(const v1::System& system);
storage::Placement PlacementOf(const v1::Actor& actor);
storage::Placement PlacementOf(const v1::Certificate& certificate);
storage::Placement PlacementOf(const v1::RoleGrant& grant);

// agencies/cas-york/systems/cms: part 1 is cas-york, part 3 cms.
std::string PartOf(const std::string& name, int part);

// What the caller is to the registry: its own agency, or the office.
std::string ViewerOf(const Caller& caller);
// NOT_FOUND unless the caller administers this agency.
absl::Status CheckAdministers(const Caller& caller, const std::string& agency);

// An actor's roles fit the kind of its agency, and administration and content do not meet in one person:
// INVALID_ARGUMENT with rule ROLE_NOT_OF_THIS_KIND or ROLES_DO_NOT_MEET.
absl::Status CheckRoles(const v1::Actor& actor, AgencyKind kind);
// The roles that gateways let an actor act in. Of one who was given administration and content before that
// was refused, administration alone.
std::vector<Role> RolesInForce(const v1::Actor& actor);
bool RoleFits(Role role, AgencyKind kind);

// Identifies this database to gateways; empty before BeginEpoch.
absl::StatusOr<std::string> EpochOf(storage::Transaction& tx);
// Makes it once.
absl::Status BeginEpoch(storage::Transaction& tx);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_
