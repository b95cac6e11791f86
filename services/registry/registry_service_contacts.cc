// Handlers of RegistryAdminService for what people read: names of colleagues, and duty desks of agencies.
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/registry/registry_service.h"

namespace accord::registry {

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

absl::StatusOr<v1::Agency> RegistryService::SetAgencyDutyContacts(
    host::Call& call, Tx& tx, const Write& write, const v1::SetAgencyDutyContactsRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, Administered(call, tx, request.name()));
  for (const v1::DutyContact& contact : request.duty_contacts()) {
    if (!RoleFits(contact.role(), agency.kind())) {
      return Refuse(rules::kRoleNotOfThisKind, "Agencies of this kind have nobody in that role.");
    }
  }
  *agency.mutable_duty_contacts() = request.duty_contacts();
  ACCORD_RETURN_IF_ERROR(store_->agencies.Update(tx, &agency, request.etag(), write, PlacementOf(agency)));
  return agency;
}

}  // namespace accord::registry
