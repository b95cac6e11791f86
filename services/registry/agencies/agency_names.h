// These functions say by which name an agency is known on a day.
#ifndef ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_NAMES_H_
#define ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/base/part_day.h"

namespace accord::registry {

// This refuses FIELD_INVALID for an invalid period, and for two names that would both be known to be the name
// on one day.
absl::Status CheckAgencyNames(const v1::Agency& agency);

// This gives the name on the day if it is known. Otherwise gives each name that the agency may have had, one
// of which is the present name.
std::vector<std::string> NamesAsOf(const v1::Agency& agency, absl::CivilDay day);

// This shows the agency by the name that it had on a day.
void ShowNameAsOf(absl::CivilDay day, v1::Agency* agency);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_NAMES_H_
