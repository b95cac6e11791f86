// This is the policy of intelligence: what may be recorded, and how far it may go.
#ifndef ACCORD_SERVICES_INTELLIGENCE_RULES_H_
#define ACCORD_SERVICES_INTELLIGENCE_RULES_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/access/names.h"

namespace accord::intelligence {

// Says whether a list holds a value.
template <class List, class Value>
bool Has(const List& list, const Value& value) {
  for (const auto& each : list) {
    if (each == value) return true;
  }
  return false;
}

// Refuses what a report may not hold: PREDICATE_UNKNOWN, SOURCE_IDENTITY, VICTIM_AS_SUBJECT, LINK_UNKNOWN,
// HANDLING_INVALID, YOUTH_ACCESS_UNDATED, REFERENCE_NAMES_PERSON.
absl::Status CheckReport(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today);
// Refuses a handling, or recipients, that a report cannot have: HANDLING_INVALID.
absl::Status CheckHandling(const v1::Report& report);
// Refuses text that appears to name a source: SOURCE_IDENTITY.
absl::Status CheckText(const v1::RuleSet& rules, const std::string& text);
// Whether the report was admitted and has not been recalled, purged or sealed since.
bool InUse(const v1::Report& report);
// Whether copies open: the report is in use, and s. 119 YCJA does not bar it.
bool Circulates(const v1::Report& report, absl::Time now);
// Whether the last day of access to what is derived from a youth record has passed.
bool YouthAccessEnded(const v1::Report& report, absl::Time now);
// It is true for a granted release that covers an agency now.
bool Covers(const v1::ReleaseRequest& release, const std::string& report, const std::string& agency,
            absl::Time now);

// Gives what a recipient may read of a report: no register reference, no history, and the submitter's
// agency only.
v1::Report ContentOf(const v1::Report& report);
// Gives the SHA-256 of the result of ContentOf, in hex.
std::string DigestOf(const v1::Report& report);

// The day by which a report that is in use from `today` must be validated: the earlier of policy and s.
// 119 YCJA.
std::string ReviewDue(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today);
// The day on which time moves a report on, unless a person did so before: a report in use is due for
// validation, and one that was never admitted, or was recalled, is purged.
std::string EndsOn(const v1::RuleSet& rules, const v1::Report& report);
// Says when time next moves a report on, if it does.
std::optional<absl::Time> NextDue(const v1::RuleSet& rules, const v1::Report& report);

absl::Time ReleaseDue(const v1::RuleSet& rules, bool urgent, absl::Time now);
absl::Time RequestDue(const v1::RuleSet& rules, v1::RequestPriority priority, absl::Time now);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_RULES_H_
