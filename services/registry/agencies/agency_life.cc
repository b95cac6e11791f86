#include "services/registry/agencies/agency_life.h"

#include <string>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/registry/agencies/agency_names.h"
#include "services/registry/resource_names.h"

namespace accord::registry {

bool ExistsOn(const v1::Agency& agency, absl::CivilDay day) {
  return (agency.valid_from().empty() || *ParseDay(agency.valid_from()) <= day) &&
         (agency.valid_to().empty() || day < *ParseDay(agency.valid_to()));
}

Certainty ExistedOn(const v1::Agency& agency, absl::CivilDay day) {
  const std::string& from = agency.valid_from().empty() ? agency.about_from() : agency.valid_from();
  const std::string& to = agency.valid_to().empty() ? agency.about_to() : agency.valid_to();
  return Within(from, to, day);
}

absl::Status CheckAgencyLife(const v1::Agency& agency) {
  // The gateway has looked whether there is such an agency.
  if (!agency.successor().empty() && agency.successor() == PartOf(agency.name(), 1)) {
    return RefuseFields({{"agency.successor", "must be another agency"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckAgencyNames(agency));
  return CheckDaysInOrder("agency.valid_from", agency.valid_from(), "agency.valid_to", agency.valid_to(),
                          /*equal=*/false);
}

}  // namespace accord::registry
