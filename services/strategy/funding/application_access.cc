#include "services/strategy/funding/application_access.h"

#include <set>
#include <utility>

#include "common/access/names.h"
#include "common/base/error.h"
#include "services/strategy/funding/reader_store.h"
#include "services/strategy/office_staff.h"
#include "services/strategy/placements.h"

namespace accord::strategy {

bool ActsForApplicant(const Caller& caller, const std::string& application) {
  if (OwnerOf(application) != caller.agency) return false;
  return caller.Has(annotations::v1::ROLE_FUND_APPLICANT) ||
         (caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE &&
          caller.Has(annotations::v1::ROLE_OFFICE_STAFF));
}

storage::ListQuery ApplicationQuery(const Caller& caller, int page_size, const std::string& page_token) {
  const bool for_agency = ActsForOffice(caller) || caller.Has(annotations::v1::ROLE_FUND_APPLICANT);
  const std::string viewer = for_agency ? caller.agency : PersonViewer(caller.agency, caller.actor);
  return {viewer, {}, page_size, page_token, ""};
}

absl::StatusOr<storage::Placement> ApplicationPlacement(storage::Transaction& tx, const v1::RuleSet& policy,
                                                        const v1::FundingApplication& application) {
  storage::Placement placement;
  placement.owner = OwnerOf(application.name());
  placement.state = ShortName(v1::FundingApplicationState_descriptor(), application.state());
  std::set<std::string> parties = {placement.owner, policy.office_agency()};
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Reader> readers, ReadersOf(tx, application.name()));
  for (const Reader& reader : readers) parties.insert(PersonViewer(reader.agency, reader.person));
  placement.parties.assign(parties.begin(), parties.end());
  placement.fields["funding_call"] = application.funding_call();
  if (!application.organisation().empty()) placement.fields["organisation"] = application.organisation();
  if (!application.applicant_agency().empty()) {
    placement.fields["applicant_agency"] = application.applicant_agency();
  }
  return placement;
}

absl::Status ReadApplication(const Caller& caller, storage::Transaction& tx, storage::Resources* applications,
                             const std::string& name, v1::FundingApplication* out) {
  v1::FundingApplication found;
  ACCORD_RETURN_IF_ERROR(applications->GetAny(tx, name, &found));
  if (!ActsForOffice(caller) && !ActsForApplicant(caller, name)) {
    ACCORD_ASSIGN_OR_RETURN(const bool reads, IsReader(tx, name, {caller.agency, caller.actor}));
    if (!reads) return NotFound();
  }
  *out = std::move(found);
  return absl::OkStatus();
}

host::PartSet ApplicationParts(const Caller& caller, const v1::FundingApplication& application) {
  host::PartSet parts = {annotations::v1::PART_READER};
  if (ActsForApplicant(caller, application.name())) parts.insert(annotations::v1::PART_OWNER);
  if (ActsForOffice(caller)) parts.insert(annotations::v1::PART_OFFICE);
  return parts;
}

absl::Status SetApplicationReader(storage::Transaction& tx, const v1::RuleSet& policy,
                                  storage::Resources* applications, const std::string& application,
                                  const Reader& person, bool reads) {
  ACCORD_RETURN_IF_ERROR(reads ? AddReader(tx, application, person) : RemoveReader(tx, application, person));
  v1::FundingApplication stored;
  ACCORD_RETURN_IF_ERROR(applications->GetAny(tx, application, &stored));
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, ApplicationPlacement(tx, policy, stored));
  return applications->PlaceAgain(tx, stored, placement);
}

}  // namespace accord::strategy
