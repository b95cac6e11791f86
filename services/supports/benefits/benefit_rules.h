// These functions say which dated version of a benefit's rule applies to a claim, and what that
// version requires.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_RULES_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_RULES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "accord/supports/v1/rules.pb.h"

namespace accord::supports {

// This gives the version that is known to have applied on this day, `YYYY-MM-DD`, or null if there is none.
const v1::BenefitRule* BenefitRuleOn(const v1::RuleSet& rules, v1::BenefitCode code, const std::string& day);
// This gives the version of this name, or null if the rule set no longer has it.
const v1::BenefitRule* BenefitRuleNamed(const v1::RuleSet& rules, v1::BenefitCode code,
                                        const std::string& version);

// This gives the last day on which the event of a claim may have happened.
std::string LastDayOfEvent(const v1::BenefitClaim& claim);
// This fails with INVALID_ARGUMENT if the event is in the future or ends before it begins. `in` is the prefix
// of the fields in the request, for example `benefit_claim.`.
absl::Status CheckBenefitEvent(const v1::BenefitClaim& claim, const std::string& in, absl::Time now);
// This gives the last day for a claim about an event that ended on this day, or nullopt if no window
// is established.
std::optional<absl::CivilDay> LastDayToClaim(const v1::BenefitRule& rule, absl::CivilDay event);

// This fails with PAYEE_NOT_PERMITTED unless the rule lets this payee get the money, and the payee has the
// details that its kind requires.
absl::Status CheckBenefitPayee(const v1::BenefitRule& rule, const v1::Payee& payee);
// This fails with AMOUNT_INVALID of this field unless it is above 0 and at most `most`, in cents.
absl::Status CheckBenefitAmount(const std::string& field, int64_t cents, int64_t most);
// This gives the largest amount that is approved for one case, in cents. The result is nullopt if it is
// not established.
std::optional<int64_t> BenefitLimitOf(const v1::BenefitRule& rule);

// These functions give the short names of a benefit and of a fund in the database.
std::string BenefitWord(v1::BenefitCode code);
std::string BenefitFundWord(v1::BenefitFund fund);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_RULES_H_
