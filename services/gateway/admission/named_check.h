// Checks that the agencies and people whom a request for a change names exist.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_NAMED_CHECK_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_NAMED_CHECK_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/access/method.h"
#include "services/gateway/admission/miss_budget.h"
#include "services/gateway/admission/policy_table.h"

namespace accord::gateway {

// This checks one whole request message. It fails with INVALID_ARGUMENT with the field in a BadRequest,
// and rule
// - AGENCY_UNKNOWN, AGENCY_OF_OTHER_KIND, or AGENCY_NOT_ADMITTED on this day,
// - PERSON_UNKNOWN: no registered, active person of the agency in a role that the field takes. Which of these
//   it is, nobody is told.
// This fails with accord::NotFound() for a person of another agency, whoever it is, unless the caller's
// agency is told of those. What the service could not read is refused as the service refuses it. With
// `misses`, a person who is not there is counted, and an agency that has none left names nobody
// (RESOURCE_EXHAUSTED with rule QUOTA_MISSES, and the time to wait).
absl::Status CheckNamed(const PolicyTable& table, const Method& method, std::string_view request,
                        const std::string& caller_agency, absl::CivilDay today, MissBudget* misses = nullptr,
                        MissBudget::Time now = {});

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_NAMED_CHECK_H_
