// These are handlers of RegistryService and RegistryAdminService for people: who they are, and who acts in
// which role.
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/host/calls/update_mask.h"
#include "services/registry/administration.h"
#include "services/registry/caller_view.h"
#include "services/registry/lifecycles.h"
#include "services/registry/placements.h"
#include "services/registry/quotas.h"
#include "services/registry/registry_service.h"
#include "services/registry/resource_names.h"
#include "services/registry/role_grants.h"
#include "services/registry/roles.h"

namespace accord::registry {

absl::StatusOr<v1::Actor> RegistryService::GetActor(host::Call& call, Tx& tx,
                                                    const v1::GetActorRequest& request) {
  return ReadForCaller<v1::Actor>(call, tx, store_->actors, request.name());
}

absl::StatusOr<v1::ListActorsResponse> RegistryService::ListActors(host::Call& call, Tx& tx,
                                                                   const v1::ListActorsRequest& request) {
  return store_->actors.ListInto(tx, ListForCaller(call, request, request.parent() + "/actors/"),
                                 &v1::ListActorsResponse::mutable_actors);
}

absl::StatusOr<v1::Actor> RegistryService::CreateActor(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::CreateActorRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, AdministeredAgency(call, tx, request.parent()));
  ACCORD_RETURN_IF_ERROR(CheckQuota(tx, store_->actors, agency, quotas_.actors, rules::kActorsTooMany));
  v1::Actor actor = request.actor();
  ACCORD_RETURN_IF_ERROR(CheckRoles(actor, agency.kind()));
  actor.set_name(absl::StrCat(agency.name(), "/actors/", request.actor_id()));
  actor.set_state(v1::ACTOR_STATE_ACTIVE);
  ACCORD_RETURN_IF_ERROR(store_->actors.Insert(tx, &actor, write, PlacementOf(actor)));
  ACCORD_RETURN_IF_ERROR(RecordRoleGrant(tx, store_->role_grants, write, v1::Actor(), actor));
  return actor;
}

absl::StatusOr<v1::Actor> RegistryService::UpdateActor(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::UpdateActorRequest& request) {
  v1::Actor actor;
  ACCORD_RETURN_IF_ERROR(store_->actors.Get(tx, request.actor().name(), ViewerOf(call.caller()), &actor));
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, AdministeredAgency(call, tx, actor.name()));
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
  ACCORD_RETURN_IF_ERROR(RecordRoleGrant(tx, store_->role_grants, write, before, actor));
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
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, AdministeredAgency(call, tx, actor.name()));
  ACCORD_ASSIGN_OR_RETURN(const int next, ActorLifecycle().Next(actor.state(), "enable"));
  // Roles that were given before these were checked do not come back.
  ACCORD_RETURN_IF_ERROR(CheckRoles(actor, agency.kind()));
  const v1::Actor before = actor;
  actor.set_state(static_cast<v1::ActorState>(next));
  ACCORD_RETURN_IF_ERROR(store_->actors.Update(tx, &actor, request.etag(), write, PlacementOf(actor)));
  ACCORD_RETURN_IF_ERROR(RecordRoleGrant(tx, store_->role_grants, write, before, actor));
  return actor;
}

absl::StatusOr<v1::Actor> RegistryService::SetActorDisplayName(
    host::Call& call, Tx& tx, const Write& write, const v1::SetActorDisplayNameRequest& request) {
  v1::Actor actor;
  ACCORD_RETURN_IF_ERROR(store_->actors.Get(tx, request.name(), ViewerOf(call.caller()), &actor));
  v1::ActorName named;
  const absl::Status found = store_->actor_names.GetAny(tx, ActorNameOf(actor.name()), &named);
  if (!found.ok() && !absl::IsNotFound(found)) return found;
  const std::string etag = named.etag();
  named.set_name(ActorNameOf(actor.name()));
  named.set_display_name(request.display_name());
  ACCORD_RETURN_IF_ERROR(found.ok() ? store_->actor_names.Update(tx, &named, etag, write, PlacementOf(named))
                                    : store_->actor_names.Insert(tx, &named, write, PlacementOf(named)));
  return actor;
}

absl::StatusOr<v1::RoleGrant> RegistryService::GetRoleGrant(host::Call& call, Tx& tx,
                                                            const v1::GetRoleGrantRequest& request) {
  v1::RoleGrant grant;
  ACCORD_RETURN_IF_ERROR(store_->role_grants.Get(tx, request.name(), ViewerOf(call.caller()), &grant));
  return grant;
}

absl::StatusOr<v1::ListRoleGrantsResponse> RegistryService::ListRoleGrants(
    host::Call& call, Tx& tx, const v1::ListRoleGrantsRequest& request) {
  return store_->role_grants.ListInto(tx, ListForCaller(call, request, ""),
                                      &v1::ListRoleGrantsResponse::mutable_role_grants);
}

}  // namespace accord::registry
