// These functions apply the law of restraining orders as of a day, from the dated rows of the rule set.
#ifndef ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LAW_H_
#define ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LAW_H_

#include <string>

#include "absl/status/status.h"
#include "accord/supports/v1/order_rules.pb.h"
#include "accord/supports/v1/rules.pb.h"

namespace accord::supports {

// This fails with INVALID_ARGUMENT unless each row about orders has its source, its first and last day and
// the length of an order, and the policy has its numbers.
absl::Status CheckOrderLawRows(const v1::RuleSet& rules);

// This fails with FAILED_PRECONDITION and rule NOT_IN_FORCE if no order is available on this day. Days
// are `YYYY-MM-DD`.
absl::Status CheckOrderLawInForce(const v1::RuleSet& rules, const std::string& day);
// This fails with FAILED_PRECONDITION and rule NOT_IN_FORCE if this kind of applicant could not apply on this
// day. Otherwise it sets `row` to the law's row for the applicant.
absl::Status CheckApplicantByLaw(const v1::RuleSet& rules, v1::OrderApplicant applicant,
                                 const std::string& day, v1::OrderApplicantRule* row);
// This fails with INVALID_ARGUMENT and rule ORDER_TOO_LONG for an end that is later than the law allows for
// an order made, or extended, on this day. Three years that begin on a 29th of February end on the 28th.
absl::Status CheckOrderEndByLaw(const v1::RuleSet& rules, const std::string& made_on,
                                const std::string& expires_on);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LAW_H_
