// Checks of what a report may hold, and how it may be handled.
#ifndef ACCORD_SERVICES_INTELLIGENCE_REPORT_CHECKS_H_
#define ACCORD_SERVICES_INTELLIGENCE_REPORT_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/intelligence/v1/rules.pb.h"

namespace accord::intelligence {

// Refuses what a report may not hold: PREDICATE_UNKNOWN, SOURCE_IDENTITY, VICTIM_AS_SUBJECT, LINK_UNKNOWN,
// HANDLING_INVALID, YOUTH_ACCESS_UNDATED, REFERENCE_NAMES_PERSON.
absl::Status CheckReport(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today);
// Refuses a handling, or recipients, that a report cannot have: HANDLING_INVALID.
absl::Status CheckHandling(const v1::Report& report);
// Refuses text that appears to name a source: SOURCE_IDENTITY.
absl::Status CheckText(const v1::RuleSet& rules, const std::string& text);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_REPORT_CHECKS_H_
