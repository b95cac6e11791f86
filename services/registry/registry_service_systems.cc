// These are handlers of RegistryService and RegistryAdminService for the systems of agencies.
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/registry/caller_view.h"
#include "services/registry/lifecycles.h"
#include "services/registry/placements.h"
#include "services/registry/quotas.h"
#include "services/registry/registry_service.h"

namespace accord::registry {

absl::StatusOr<v1::System> RegistryService::GetSystem(host::Call& call, Tx& tx,
                                                      const v1::GetSystemRequest& request) {
  return ReadForCaller<v1::System>(call, tx, store_->systems, request.name());
}

absl::StatusOr<v1::ListSystemsResponse> RegistryService::ListSystems(host::Call& call, Tx& tx,
                                                                     const v1::ListSystemsRequest& request) {
  return store_->systems.ListInto(tx, ListForCaller(call, request, request.parent() + "/systems/"),
                                  &v1::ListSystemsResponse::mutable_systems);
}

absl::StatusOr<v1::System> RegistryService::CreateSystem(host::Call& call, Tx& tx, const Write& write,
                                                         const v1::CreateSystemRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, AdministeredAgency(call, tx, request.parent()));
  ACCORD_RETURN_IF_ERROR(CheckQuota(tx, store_->systems, agency, quotas_.systems, rules::kSystemsTooMany));
  v1::System system = request.system();
  system.set_name(absl::StrCat(agency.name(), "/systems/", request.system_id()));
  system.set_state(v1::SYSTEM_STATE_ACTIVE);
  ACCORD_RETURN_IF_ERROR(store_->systems.Insert(tx, &system, write, PlacementOf(system)));
  return system;
}

template <class Request>
absl::StatusOr<v1::System> RegistryService::MoveSystem(host::Call& call, Tx& tx, const Write& write,
                                                       const Request& request, const std::string& event) {
  v1::System system;
  ACCORD_RETURN_IF_ERROR(store_->systems.Get(tx, request.name(), ViewerOf(call.caller()), &system));
  ACCORD_ASSIGN_OR_RETURN(const int next, SystemLifecycle().Next(system.state(), event));
  system.set_state(static_cast<v1::SystemState>(next));
  ACCORD_RETURN_IF_ERROR(store_->systems.Update(tx, &system, request.etag(), write, PlacementOf(system)));
  return system;
}

absl::StatusOr<v1::System> RegistryService::SuspendSystem(host::Call& call, Tx& tx, const Write& write,
                                                          const v1::SuspendSystemRequest& request) {
  return MoveSystem(call, tx, write, request, "suspend");
}

absl::StatusOr<v1::System> RegistryService::ResumeSystem(host::Call& call, Tx& tx, const Write& write,
                                                         const v1::ResumeSystemRequest& request) {
  return MoveSystem(call, tx, write, request, "resume");
}

}  // namespace accord::registry
