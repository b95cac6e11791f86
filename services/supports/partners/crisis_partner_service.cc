#include "services/supports/partners/crisis_partner_service.h"

#include <cstdint>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/supports/partners/catchment_store.h"
#include "services/supports/place_check.h"

namespace accord::supports {
namespace {

using v1::CrisisPartner;

storage::Placement PartnerPlacement(const CrisisPartner& partner) {
  storage::Placement placement;
  placement.owner = OwnerOf(partner.name());
  // The record names no survivor, and the access rules say who may read it.
  placement.parties = {std::string(storage::kEverybody)};
  return placement;
}

std::set<std::string> PlacesOfPartner(const CrisisPartner& partner) {
  return {partner.catchment().begin(), partner.catchment().end()};
}

}  // namespace

void CrisisPartnerService::Register(host::Handlers* handlers) {
  using S = CrisisPartnerService;
  handlers->Bind("accord.supports.v1.CrisisPartnerService", this, &S::Create, &S::Get, &S::List, &S::End);
}

CrisisPartnerService::Result CrisisPartnerService::Create(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::CreateCrisisPartnerRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  CrisisPartner partner = request.crisis_partner();
  ACCORD_RETURN_IF_ERROR(CheckNewPartner(tx, partner));
  partner.set_name(absl::StrCat(request.parent(), "/crisisPartners/", NewId(call.now())));
  const v1::AttestedPartners& attested = rules_->attested_partners();
  if (!attested.as_of().empty() && partner.funded_from() <= attested.as_of()) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t known, CountCatchmentPartners(tx, attested.as_of()));
    partner.set_contradicts_attestation(known >= attested.partners());
  }
  ACCORD_RETURN_IF_ERROR(partners_.Insert(tx, &partner, write, PartnerPlacement(partner)));
  for (const std::string& code : PlacesOfPartner(partner)) {
    ACCORD_RETURN_IF_ERROR(PutCatchment(tx, {code, partner.name(), partner.funded_from(), ""}));
  }
  return partner;
}

absl::Status CrisisPartnerService::CheckNewPartner(Tx& tx, const CrisisPartner& partner) {
  const std::set<std::string> places = PlacesOfPartner(partner);
  if (places.empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto names,
                          CatchmentPartnersFrom(tx, *places.begin(), partner.funded_from()));
  for (const std::string& name : names) {
    CrisisPartner known;
    const absl::Status read = partners_.GetAny(tx, name, &known);
    // A record that a restore keeps closed is treated as if it did not exist.
    if (absl::IsNotFound(read)) continue;
    ACCORD_RETURN_IF_ERROR(read);
    if (known.partner_agency() == partner.partner_agency() && PlacesOfPartner(known) == places) {
      return Refuse(rules::kAlreadyRecorded, "This partner is recorded for these places already.");
    }
  }
  return absl::OkStatus();
}

CrisisPartnerService::Result CrisisPartnerService::Get(host::Call& call, Tx& tx,
                                                       const v1::GetCrisisPartnerRequest& request) {
  CrisisPartner partner;
  ACCORD_RETURN_IF_ERROR(partners_.Get(tx, request.name(), call.caller().agency, &partner));
  return partner;
}

absl::StatusOr<v1::ListCrisisPartnersResponse> CrisisPartnerService::List(
    host::Call& call, Tx& tx, const v1::ListCrisisPartnersRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.catchment().empty()) {
    const std::string day = request.on().empty() ? FormatDay(OntarioDay(call.now())) : request.on();
    // The filter limits a page token to this place.
    query.filters = {{"catchment", request.catchment()}};
    query.names = [code = request.catchment(), day](const storage::Bind& bind, const std::string& after,
                                                    int limit) {
      return CatchmentPartnersSql(code, day, bind, after, limit);
    };
  }
  return partners_.ListInto(tx, query, &v1::ListCrisisPartnersResponse::mutable_crisis_partners);
}

CrisisPartnerService::Result CrisisPartnerService::End(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::EndCrisisPartnerRequest& request) {
  CrisisPartner partner;
  ACCORD_RETURN_IF_ERROR(partners_.Get(tx, request.name(), call.caller().agency, &partner));
  if (!partner.funded_to().empty()) {
    return Refuse(rules::kAlreadyRecorded, "The last day of this partner is recorded already.");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("funded_from", partner.funded_from(), "funded_to", request.funded_to()));
  partner.set_funded_to(request.funded_to());
  ACCORD_RETURN_IF_ERROR(partners_.Update(tx, &partner, request.etag(), write, PartnerPlacement(partner)));
  ACCORD_RETURN_IF_ERROR(EndCatchments(tx, partner.name(), partner.funded_to()));
  return partner;
}

}  // namespace accord::supports
