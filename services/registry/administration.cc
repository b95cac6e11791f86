#include "services/registry/administration.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/rules.h"
#include "services/registry/caller_view.h"
#include "services/registry/lifecycles.h"
#include "services/registry/placements.h"
#include "services/registry/resource_names.h"
#include "services/registry/role_grants.h"

namespace accord::registry {

absl::Status CheckAdministers(const Caller& caller, const std::string& agency) {
  if (caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE || caller.agency == agency)
    return absl::OkStatus();
  return NotFound();
}

bool Administers(const v1::Actor& actor) {
  return actor.state() == v1::ACTOR_STATE_ACTIVE &&
         std::count(actor.roles().begin(), actor.roles().end(), annotations::v1::ROLE_PLATFORM_ADMIN) > 0;
}

absl::Status DisablePerson(storage::Transaction& tx, RegistryStore* store, const storage::Write& write,
                           std::string_view etag, v1::Actor* actor) {
  ACCORD_ASSIGN_OR_RETURN(const int next, ActorLifecycle().Next(actor->state(), "disable"));
  ACCORD_RETURN_IF_ERROR(CheckNotLastAdministrator(tx, store, *actor));
  const v1::Actor before = *actor;
  actor->set_state(static_cast<v1::ActorState>(next));
  ACCORD_RETURN_IF_ERROR(store->actors.Update(tx, actor, etag, write, PlacementOf(*actor)));
  return RecordRoleGrant(tx, store->role_grants, write, before, *actor);
}

absl::Status CheckNotLastAdministrator(storage::Transaction& tx, RegistryStore* store,
                                       const v1::Actor& actor) {
  v1::Agency agency;
  ACCORD_RETURN_IF_ERROR(store->agencies.GetAny(tx, "agencies/" + PartOf(actor.name(), 1), &agency));
  if (agency.kind() != annotations::v1::AGENCY_KIND_COORDINATION_OFFICE || !Administers(actor))
    return absl::OkStatus();
  storage::ListQuery query{kOffice, {}, 1000, "", agency.name() + "/actors/"};
  do {
    ACCORD_ASSIGN_OR_RETURN(auto page, store->actors.List<v1::Actor>(tx, query));
    for (const auto& other : page.items) {
      if (other.name() != actor.name() && Administers(other)) return absl::OkStatus();
    }
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  return Refuse(rules::kLastAdministrator,
                "Nobody could administer the registry any more; register another administrator first.");
}

}  // namespace accord::registry
