// An agency as of a day: whether it existed, and by which name.
#ifndef ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_NAMES_H_
#define ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/base/part_day.h"

namespace accord::registry {

// Refuses FIELD_INVALID for a period that is none, and for two names that would both be known to be the name
// on one day.
absl::Status CheckNames(const v1::Agency& agency);

// The name of the day if it is known; otherwise each that it may have been, of which one is the present one.
std::vector<std::string> NamesAsOf(const v1::Agency& agency, absl::CivilDay day);

// Whether the agency existed on a day, going also by the months and years in which it began or ended.
Certainty ExistedOn(const v1::Agency& agency, absl::CivilDay day);

// Gives the agency the name of a day.
void ShowAsOf(absl::CivilDay day, v1::Agency* agency);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_NAMES_H_
