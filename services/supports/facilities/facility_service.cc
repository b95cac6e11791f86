#include "services/supports/facilities/facility_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/storage/retention/retention.h"
#include "services/supports/place_check.h"
#include "services/supports/place_words.h"

namespace accord::supports {
namespace {

using v1::Facility;

storage::Placement FacilityPlacement(const Facility& facility) {
  storage::Placement placement;
  placement.owner = OwnerOf(facility.name());
  // The record names no survivor, and the access rules say who may read it.
  placement.parties = {std::string(storage::kEverybody)};
  return placement;
}

// This gives the field that says where the facility is. The result is empty if no field does.
std::string FieldWithFacilityPlace(const Facility& facility) {
  if (facility.has_address()) return "address";
  if (NamesStreet(facility.title())) return "title";
  for (const auto& [field, text] :
       std::vector<std::pair<std::string, std::string>>{{"title", facility.title()},
                                                        {"region", facility.region()},
                                                        {"telephone", facility.telephone()},
                                                        {"source", facility.source()}}) {
    if (LooksLikePlace(text)) return field;
  }
  for (const auto& approval : facility.approvals()) {
    if (LooksLikePlace(approval.source())) return "approvals";
  }
  return "";
}

absl::Status CheckConfidentialFacility(const Facility& facility, const std::string& prefix) {
  if (!facility.confidential()) return absl::OkStatus();
  const std::string field = FieldWithFacilityPlace(facility);
  if (field.empty()) return absl::OkStatus();
  return RefuseField(rules::kFacilityConfidential, prefix + field,
                     "must not say where a confidential facility is");
}

// This gives the approval that has no end yet. The result is null if there is none.
v1::FacilityApproval* OpenFacilityApproval(Facility* facility) {
  auto* approvals = facility->mutable_approvals();
  const auto open = std::find_if(approvals->begin(), approvals->end(),
                                 [](const auto& approval) { return approval.to().empty(); });
  return open == approvals->end() ? nullptr : &*open;
}

}  // namespace

bool IsFacilityApprovedOn(const Facility& facility, const std::string& day) {
  const auto& approvals = facility.approvals();
  return std::any_of(approvals.begin(), approvals.end(), [&](const auto& approval) {
    return approval.from() <= day && (approval.to().empty() || day <= approval.to());
  });
}

void FacilityService::Register(host::Handlers* handlers) {
  using S = FacilityService;
  handlers->Bind("accord.supports.v1.FacilityService", this, &S::Create, &S::Get, &S::List, &S::Approve,
                 &S::EndApproval, &S::Conceal);
}

FacilityService::Result FacilityService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                              Facility facility) {
  ACCORD_RETURN_IF_ERROR(facilities_.Update(tx, &facility, etag, write, FacilityPlacement(facility)));
  return facility;
}

FacilityService::Result FacilityService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::CreateFacilityRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  Facility facility = request.facility();
  ACCORD_RETURN_IF_ERROR(CheckConfidentialFacility(facility, "facility."));
  if (facility.location_kind() == v1::FACILITY_LOCATION_KIND_REMOTE && facility.has_address()) {
    return RefuseFields({{"facility.address", "is for a site alone"}});
  }
  // An address has a field of its own, which is cleared when the facility becomes confidential.
  v1::CreateFacilityRequest words = request;
  words.mutable_facility()->clear_address();
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(words));
  facility.set_name(absl::StrCat(request.parent(), "/facilities/", NewId(call.now())));
  ACCORD_RETURN_IF_ERROR(facilities_.Insert(tx, &facility, write, FacilityPlacement(facility)));
  return facility;
}

FacilityService::Result FacilityService::Get(host::Call& call, Tx& tx,
                                             const v1::GetFacilityRequest& request) {
  Facility facility;
  ACCORD_RETURN_IF_ERROR(facilities_.Get(tx, request.name(), call.caller().agency, &facility));
  return facility;
}

absl::StatusOr<v1::ListFacilitiesResponse> FacilityService::List(host::Call& call, Tx& tx,
                                                                 const v1::ListFacilitiesRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return facilities_.ListInto(tx, query, &v1::ListFacilitiesResponse::mutable_facilities);
}

FacilityService::Result FacilityService::Approve(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::ApproveFacilityRequest& request) {
  Facility facility;
  ACCORD_RETURN_IF_ERROR(facilities_.Get(tx, request.name(), call.caller().agency, &facility));
  if (OpenFacilityApproval(&facility) != nullptr) {
    return Refuse(rules::kAlreadyRecorded, "It is approved already, and no end of that is recorded.");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("approval.from", request.approval().from(), "approval.to", request.approval().to()));
  *facility.add_approvals() = request.approval();
  ACCORD_RETURN_IF_ERROR(CheckConfidentialFacility(facility, ""));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  return Keep(tx, write, request.etag(), std::move(facility));
}

FacilityService::Result FacilityService::EndApproval(host::Call& call, Tx& tx, const storage::Write& write,
                                                     const v1::EndFacilityApprovalRequest& request) {
  Facility facility;
  ACCORD_RETURN_IF_ERROR(facilities_.Get(tx, request.name(), call.caller().agency, &facility));
  v1::FacilityApproval* open = OpenFacilityApproval(&facility);
  if (open == nullptr) return Refuse(rules::kAlreadyRecorded, "No approval of it is without an end.");
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("from", open->from(), "to", request.to()));
  open->set_to(request.to());
  return Keep(tx, write, request.etag(), std::move(facility));
}

FacilityService::Result FacilityService::Conceal(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::ConcealFacilityRequest& request) {
  Facility facility;
  ACCORD_RETURN_IF_ERROR(facilities_.Get(tx, request.name(), call.caller().agency, &facility));
  if (facility.confidential()) {
    return Refuse(rules::kAlreadyRecorded, "It is confidential already.");
  }
  facility.set_confidential(true);
  facility.clear_address();
  ACCORD_RETURN_IF_ERROR(CheckConfidentialFacility(facility, ""));
  // The older versions and the stored answers to requests have the address too.
  ACCORD_RETURN_IF_ERROR(storage::EraseContent(tx, "facility", facility.name()));
  return Keep(tx, write, request.etag(), std::move(facility));
}

}  // namespace accord::supports
