// These functions check what a report may hold, and how it may be handled.
#ifndef ACCORD_SERVICES_INTELLIGENCE_REPORT_CHECKS_H_
#define ACCORD_SERVICES_INTELLIGENCE_REPORT_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/intelligence/v1/rules.pb.h"

namespace accord::intelligence {

// This refuses what a report may not hold, with one of PREDICATE_UNKNOWN, SOURCE_IDENTITY, VICTIM_AS_SUBJECT,
// LINK_UNKNOWN, HANDLING_INVALID, YOUTH_ACCESS_UNDATED and REFERENCE_NAMES_PERSON.
absl::Status CheckReport(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today);
// Refuses, with HANDLING_INVALID, a handling or recipients that a report cannot have.
absl::Status CheckReportHandling(const v1::Report& report);
// Refuses, with SOURCE_IDENTITY, text that appears to name a source.
absl::Status CheckNoSourceNamed(const v1::RuleSet& rules, const std::string& text);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_REPORT_CHECKS_H_
