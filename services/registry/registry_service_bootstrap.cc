// This part of RegistryService admits the first agencies, and the first administrator, into an
// empty database.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "services/registry/certificate_record.h"
#include "services/registry/epoch.h"
#include "services/registry/placements.h"
#include "services/registry/registry_service.h"
#include "services/registry/role_grants.h"

namespace accord::registry {

absl::Status RegistryService::Bootstrap(const std::vector<v1::Agency>& agencies,
                                        const host::v1::Bootstrap& first, const std::string& certificate_pem,
                                        absl::Time now) {
  if (!IsId(first.actor())) return absl::InvalidArgumentError("bootstrap.actor is no id");
  ACCORD_ASSIGN_OR_RETURN(pki::Issued issued,
                          authority_->InspectSystem(certificate_pem, first.agency(), first.system()));
  return database_->Transact([&](Tx& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(BeginEpoch(tx));
    ACCORD_ASSIGN_OR_RETURN(auto existing, store_->certificates.ListAll<v1::Certificate>(tx, "", 1));
    if (!existing.empty()) return absl::OkStatus();
    const Write write{first.agency(), first.actor(), "bootstrap", now};
    for (v1::Agency agency : agencies) {
      ACCORD_RETURN_IF_ERROR(store_->agencies.Insert(tx, &agency, write, PlacementOf(agency)));
    }
    v1::Agency office;
    if (!store_->agencies.GetAny(tx, "agencies/" + first.agency(), &office).ok() ||
        office.kind() != annotations::v1::AGENCY_KIND_COORDINATION_OFFICE) {
      return absl::InvalidArgumentError("bootstrap.agency must be a coordination office among the agencies");
    }
    v1::System system;
    system.set_name(absl::StrCat(office.name(), "/systems/", first.system()));
    system.set_display_name("Console");
    system.set_state(v1::SYSTEM_STATE_ACTIVE);
    ACCORD_RETURN_IF_ERROR(store_->systems.Insert(tx, &system, write, PlacementOf(system)));
    v1::Actor actor;
    actor.set_name(absl::StrCat(office.name(), "/actors/", first.actor()));
    actor.add_roles(annotations::v1::ROLE_PLATFORM_ADMIN);
    actor.set_state(v1::ACTOR_STATE_ACTIVE);
    ACCORD_RETURN_IF_ERROR(store_->actors.Insert(tx, &actor, write, PlacementOf(actor)));
    ACCORD_RETURN_IF_ERROR(RecordRoleGrant(tx, store_->role_grants, write, v1::Actor(), actor));
    return StoreCertificate(tx, write, CertificateRecordOf(system.name(), issued)).status();
  });
}

}  // namespace accord::registry
