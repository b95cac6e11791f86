// These functions say whether an agency exists on a day.
#ifndef ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_LIFE_H_
#define ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_LIFE_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/base/part_day.h"

namespace accord::registry {

// This says whether an agency takes part on this day: `valid_from` <= day < `valid_to`, each of which is open
// if it is empty.
bool ExistsOn(const v1::Agency& agency, absl::CivilDay day);

// This says whether the agency existed on a day. The months and years in which it began or ended count, too.
Certainty ExistedOn(const v1::Agency& agency, absl::CivilDay day);

// This refuses FIELD_INVALID for days in the wrong order, for names that do not fit, and for an agency that
// succeeds itself.
absl::Status CheckAgencyLife(const v1::Agency& agency);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCY_LIFE_H_
