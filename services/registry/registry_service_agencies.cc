// Handlers of RegistryAdminService that enter agencies and change what is known of them.
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/host/calls/update_mask.h"
#include "services/registry/agencies/agency_names.h"
#include "services/registry/registry_service.h"

namespace accord::registry {
namespace {

absl::Status CheckLife(const v1::Agency& agency) {
  // The gateway has looked whether there is such an agency.
  if (!agency.successor().empty() && agency.successor() == PartOf(agency.name(), 1)) {
    return RefuseFields({{"agency.successor", "must be another agency"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckNames(agency));
  return CheckDaysInOrder("agency.valid_from", agency.valid_from(), "agency.valid_to", agency.valid_to(),
                          /*equal=*/false);
}

}  // namespace

absl::StatusOr<v1::Agency> RegistryService::CreateAgency(host::Call&, Tx& tx, const Write& write,
                                                         const v1::CreateAgencyRequest& request) {
  v1::Agency agency = request.agency();
  agency.set_name("agencies/" + request.agency_id());
  if (request.agency_id() == storage::kPlatform) {
    return RefuseFields({{"agency_id", "must not be `platform`, which stands for the services themselves"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckLife(agency));
  ACCORD_RETURN_IF_ERROR(store_->agencies.Insert(tx, &agency, write, PlacementOf(agency)));
  return agency;
}

absl::StatusOr<v1::Agency> RegistryService::UpdateAgency(host::Call&, Tx& tx, const Write& write,
                                                         const v1::UpdateAgencyRequest& request) {
  v1::Agency agency;
  ACCORD_RETURN_IF_ERROR(store_->agencies.GetAny(tx, request.agency().name(), &agency));
  for (const auto& path : request.update_mask().paths()) {
    if (path == "display_name") {
      if (request.agency().display_name().empty()) {
        return RefuseFields({{"agency.display_name", "must not be empty"}});
      }
      agency.set_display_name(request.agency().display_name());
    } else if (path == "region") {
      agency.set_region(request.agency().region());
    } else if (path == "indigenous") {
      agency.set_indigenous(request.agency().indigenous());
    } else if (path == "valid_from") {
      agency.set_valid_from(request.agency().valid_from());
    } else if (path == "valid_to") {
      agency.set_valid_to(request.agency().valid_to());
    } else if (path == "successor") {
      agency.set_successor(request.agency().successor());
    } else if (path == "names") {
      *agency.mutable_names() = request.agency().names();
    } else if (path == "notes") {
      agency.set_notes(request.agency().notes());
    } else {
      return host::CannotBeChanged(*v1::Agency::descriptor(), path);
    }
  }
  ACCORD_RETURN_IF_ERROR(CheckLife(agency));
  ACCORD_RETURN_IF_ERROR(
      store_->agencies.Update(tx, &agency, request.agency().etag(), write, PlacementOf(agency)));
  return agency;
}

}  // namespace accord::registry
