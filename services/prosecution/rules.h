// The law and policy of a day, out of the dated rule set.
#ifndef ACCORD_SERVICES_PROSECUTION_RULES_H_
#define ACCORD_SERVICES_PROSECUTION_RULES_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "accord/prosecution/v1/rules.pb.h"

namespace accord::prosecution {

class Rules {
 public:
  // Refuses a set in which two rows of one section apply on one day, that lacks a ceiling, or whose
  // refusal_rule is none of the catalogue's rules with INVALID_ARGUMENT.
  static absl::StatusOr<Rules> Load(const std::string& file);
  static absl::StatusOr<Rules> From(v1::RuleSet set);

  // The offence as the law stood on `day`. Refuses OFFENCE_UNKNOWN, OFFENCE_NOT_IN_FORCE, and what is no
  // charge by its own rule.
  absl::StatusOr<v1::Offence> Charge(const std::string& section, absl::CivilDay day) const;
  bool PreliminaryEligible(const v1::Offence& offence, absl::CivilDay day) const;
  int CeilingMonths(v1::Forum forum, bool after_preliminary) const;
  bool Transitional(absl::CivilDay charged) const;
  // NOT_FOUND-free: refuses REGION_UNKNOWN, and WRONG_REGION for a Crown office of another region.
  absl::Status CheckRegion(const std::string& region, const std::string& agency) const;
  // 0 in the data means the default that rules.proto documents.
  int advice_business_days() const {
    return set_.advice_business_days() > 0 ? set_.advice_business_days() : 5;
  }
  const v1::RuleSet& set() const { return set_; }

 private:
  explicit Rules(v1::RuleSet set) : set_(std::move(set)) {}
  v1::RuleSet set_;
};

// `effective_from` <= day < `effective_to`, each open if empty. Days as text sort as days.
bool InForce(const v1::Offence& offence, absl::CivilDay day);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_RULES_H_
