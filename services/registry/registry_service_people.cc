// Handlers of RegistryAdminService for people: who acts in which role, and who is told of it.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/host/calls/update_mask.h"
#include "services/registry/lifecycles.h"
#include "services/registry/registry_service.h"

namespace accord::registry {
namespace {

bool Administers(const v1::Actor& actor) {
  return actor.state() == v1::ACTOR_STATE_ACTIVE &&
         std::count(actor.roles().begin(), actor.roles().end(), annotations::v1::ROLE_PLATFORM_ADMIN) > 0;
}

// The roles of a person who is disabled stay in the record, and act no more.
std::set<int> ActingRoles(const v1::Actor& actor) {
  if (actor.state() == v1::ACTOR_STATE_DISABLED) return {};
  return std::set<int>(actor.roles().begin(), actor.roles().end());
}

}  // namespace

absl::Status TellOfRoles(storage::Transaction& tx, storage::Resources& role_grants,
                         const storage::Write& write, const v1::Actor& before, const v1::Actor& after) {
  const std::set<int> had = ActingRoles(before), has = ActingRoles(after);
  v1::RoleGrant grant;
  for (int role : has) {
    if (!had.contains(role)) grant.add_added(static_cast<Role>(role));
  }
  for (int role : had) {
    if (!has.contains(role)) grant.add_removed(static_cast<Role>(role));
  }
  if (grant.added().empty() && grant.removed().empty()) return absl::OkStatus();
  grant.set_name(absl::StrCat("agencies/", PartOf(after.name(), 1), "/roleGrants/", NewId(write.now)));
  grant.set_actor(after.name());
  grant.set_by_agency(write.agency);
  grant.set_by(write.actor);
  return role_grants.Insert(tx, &grant, write, PlacementOf(grant));
}

absl::StatusOr<v1::Actor> RegistryService::CreateActor(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::CreateActorRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, Administered(call, tx, request.parent()));
  ACCORD_RETURN_IF_ERROR(CheckQuota(tx, store_->actors, agency, quotas_.actors, rules::kActorsTooMany));
  v1::Actor actor = request.actor();
  ACCORD_RETURN_IF_ERROR(CheckRoles(actor, agency.kind()));
  actor.set_name(absl::StrCat(agency.name(), "/actors/", request.actor_id()));
  actor.set_state(v1::ACTOR_STATE_ACTIVE);
  ACCORD_RETURN_IF_ERROR(store_->actors.Insert(tx, &actor, write, PlacementOf(actor)));
  ACCORD_RETURN_IF_ERROR(TellOfRoles(tx, store_->role_grants, write, v1::Actor(), actor));
  return actor;
}

absl::StatusOr<v1::Actor> RegistryService::UpdateActor(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::UpdateActorRequest& request) {
  v1::Actor actor;
  ACCORD_RETURN_IF_ERROR(store_->actors.Get(tx, request.actor().name(), ViewerOf(call.caller()), &actor));
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, Administered(call, tx, actor.name()));
  for (const auto& path : request.update_mask().paths()) {
    if (path != "roles") return host::CannotBeChanged(*v1::Actor::descriptor(), path);
    if (request.actor().roles().empty()) return RefuseFields({{"actor.roles", "must not be empty"}});
  }
  if (actor.name() == absl::StrCat("agencies/", call.caller().agency, "/actors/", call.caller().actor)) {
    return Refuse(rules::kOwnRoles, "Another administrator changes your roles.");
  }
  const v1::Actor before = actor;
  *actor.mutable_roles() = request.actor().roles();
  ACCORD_RETURN_IF_ERROR(CheckRoles(actor, agency.kind()));
  if (!Administers(actor)) ACCORD_RETURN_IF_ERROR(CheckNotLastAdministrator(tx, store_, before));
  ACCORD_RETURN_IF_ERROR(
      store_->actors.Update(tx, &actor, request.actor().etag(), write, PlacementOf(actor)));
  ACCORD_RETURN_IF_ERROR(TellOfRoles(tx, store_->role_grants, write, before, actor));
  return actor;
}

absl::StatusOr<v1::Actor> RegistryService::DisableActor(host::Call& call, Tx& tx, const Write& write,
                                                        const v1::DisableActorRequest& request) {
  v1::Actor actor;
  ACCORD_RETURN_IF_ERROR(store_->actors.Get(tx, request.name(), ViewerOf(call.caller()), &actor));
  ACCORD_RETURN_IF_ERROR(DisablePerson(tx, store_, write, request.etag(), &actor));
  return actor;
}

absl::StatusOr<v1::Actor> RegistryService::EnableActor(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::EnableActorRequest& request) {
  v1::Actor actor;
  ACCORD_RETURN_IF_ERROR(store_->actors.Get(tx, request.name(), ViewerOf(call.caller()), &actor));
  // The log's other people were disabled for good.
  ACCORD_RETURN_IF_ERROR(store_->actors.CheckChange(tx, actor));
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, Administered(call, tx, actor.name()));
  ACCORD_ASSIGN_OR_RETURN(const int next, ActorLifecycle().Next(actor.state(), "enable"));
  // What was given before these were checked does not come back.
  ACCORD_RETURN_IF_ERROR(CheckRoles(actor, agency.kind()));
  const v1::Actor before = actor;
  actor.set_state(static_cast<v1::ActorState>(next));
  ACCORD_RETURN_IF_ERROR(store_->actors.Update(tx, &actor, request.etag(), write, PlacementOf(actor)));
  ACCORD_RETURN_IF_ERROR(TellOfRoles(tx, store_->role_grants, write, before, actor));
  return actor;
}

absl::Status DisablePerson(storage::Transaction& tx, RegistryStore* store, const storage::Write& write,
                           std::string_view etag, v1::Actor* actor) {
  ACCORD_ASSIGN_OR_RETURN(const int next, ActorLifecycle().Next(actor->state(), "disable"));
  ACCORD_RETURN_IF_ERROR(CheckNotLastAdministrator(tx, store, *actor));
  const v1::Actor before = *actor;
  actor->set_state(static_cast<v1::ActorState>(next));
  ACCORD_RETURN_IF_ERROR(store->actors.Update(tx, actor, etag, write, PlacementOf(*actor)));
  return TellOfRoles(tx, store->role_grants, write, before, *actor);
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
