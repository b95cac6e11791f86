// These are handlers of RegistryService and RegistryAdminService that show agencies, enter them, and change
// what is known of them.
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/host/calls/update_mask.h"
#include "services/registry/agencies/agency_life.h"
#include "services/registry/agencies/agency_names.h"
#include "services/registry/caller_view.h"
#include "services/registry/placements.h"
#include "services/registry/registry_service.h"
#include "services/registry/roles.h"

namespace accord::registry {

absl::StatusOr<v1::Agency> RegistryService::GetAgency(host::Call& call, Tx& tx,
                                                      const v1::GetAgencyRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency,
                          ReadForCaller<v1::Agency>(call, tx, store_->agencies, request.name()));
  if (const auto day = ParseDay(request.as_of())) ShowNameAsOf(*day, &agency);
  return agency;
}

absl::StatusOr<v1::ListAgenciesResponse> RegistryService::ListAgencies(
    host::Call& call, Tx& tx, const v1::ListAgenciesRequest& request) {
  storage::ListQuery query = ListForCaller(call, request, "");
  if (request.kind() != annotations::v1::AGENCY_KIND_UNSPECIFIED) {
    query.filters.emplace_back("kind", KindName(request.kind()));
  }
  ACCORD_ASSIGN_OR_RETURN(v1::ListAgenciesResponse response,
                          store_->agencies.ListInto(tx, query, &v1::ListAgenciesResponse::mutable_agencies));
  const auto day = ParseDay(request.as_of());
  if (!day) return response;
  google::protobuf::RepeatedPtrField<v1::Agency> existed;
  for (v1::Agency& agency : *response.mutable_agencies()) {
    if (ExistedOn(agency, *day) == Certainty::kNo) continue;
    ShowNameAsOf(*day, &agency);
    *existed.Add() = std::move(agency);
  }
  response.mutable_agencies()->Swap(&existed);
  return response;
}

absl::StatusOr<v1::Agency> RegistryService::CreateAgency(host::Call&, Tx& tx, const Write& write,
                                                         const v1::CreateAgencyRequest& request) {
  v1::Agency agency = request.agency();
  agency.set_name("agencies/" + request.agency_id());
  if (request.agency_id() == storage::kPlatform) {
    return RefuseFields({{"agency_id", "must not be `platform`, which stands for the services themselves"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckAgencyLife(agency));
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
  ACCORD_RETURN_IF_ERROR(CheckAgencyLife(agency));
  ACCORD_RETURN_IF_ERROR(
      store_->agencies.Update(tx, &agency, request.agency().etag(), write, PlacementOf(agency)));
  return agency;
}

absl::StatusOr<v1::Agency> RegistryService::SetAgencyDutyContacts(
    host::Call& call, Tx& tx, const Write& write, const v1::SetAgencyDutyContactsRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, AdministeredAgency(call, tx, request.name()));
  for (const v1::DutyContact& contact : request.duty_contacts()) {
    if (!RoleFitsKind(contact.role(), agency.kind())) {
      return Refuse(rules::kRoleNotOfThisKind, "Agencies of this kind have nobody in that role.");
    }
  }
  *agency.mutable_duty_contacts() = request.duty_contacts();
  ACCORD_RETURN_IF_ERROR(store_->agencies.Update(tx, &agency, request.etag(), write, PlacementOf(agency)));
  return agency;
}

}  // namespace accord::registry
