#include "services/registry/registry_service.h"

#include <utility>

#include "services/registry/administration.h"
#include "services/registry/resource_names.h"

namespace accord::registry {

void RegistryService::Register(host::Handlers* handlers, v1::TransparencyLog log) {
  using S = RegistryService;
  log_ = std::move(log);
  handlers->Bind("accord.registry.v1.RegistryService", this, &S::GetTransparencyLog, &S::GetAgency,
                 &S::ListAgencies, &S::GetSystem, &S::ListSystems, &S::GetActor, &S::ListActors,
                 &S::GetCertificate, &S::ListCertificates, &S::GetRoleGrant, &S::ListRoleGrants);
  handlers->Bind("accord.registry.v1.RegistryAdminService", this, &S::CreateAgency, &S::UpdateAgency,
                 &S::CreateSystem, &S::SuspendSystem, &S::ResumeSystem, &S::CreateActor, &S::UpdateActor,
                 &S::DisableActor, &S::EnableActor, &S::SetActorDisplayName, &S::SetAgencyDutyContacts,
                 &S::Issue, &S::Renew, &S::Revoke);
}

absl::StatusOr<v1::TransparencyLog> RegistryService::GetTransparencyLog(
    host::Call&, const v1::GetTransparencyLogRequest&) {
  return log_;
}

absl::StatusOr<v1::Agency> RegistryService::AdministeredAgency(host::Call& call, Tx& tx,
                                                               const std::string& parent) {
  const std::string id = PartOf(parent, 1);
  ACCORD_RETURN_IF_ERROR(CheckAdministers(call.caller(), id));
  v1::Agency agency;
  ACCORD_RETURN_IF_ERROR(store_->agencies.GetAny(tx, "agencies/" + id, &agency));
  return agency;
}

}  // namespace accord::registry
