// These functions compute the state of a restraining order on a day, and what each reader sees of it.
#ifndef ACCORD_SERVICES_SUPPORTS_ORDERS_ORDERS_H_
#define ACCORD_SERVICES_SUPPORTS_ORDERS_ORDERS_H_

#include <google/protobuf/repeated_field.h>

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/supports/v1/order_resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// This tells whether the court made the order and has not set it aside, and its last day has not passed. Days
// are `YYYY-MM-DD`.
bool IsOrderLive(const v1::RestrainingOrder& order, const std::string& day);
// This gives the day on which the order, and not another document, was served last. The result is empty if
// the order was not served.
std::string OrderServedOn(const v1::RestrainingOrder& order);
// This tells whether the order is live and was served. The effect of an order before it is served is
// not established.
bool IsOrderEnforceable(const v1::RestrainingOrder& order, const std::string& day);
// This tells whether the caller's police service is asked to serve the order: the order is live and was
// not served.
bool IsServingOrder(const Caller& caller, const v1::RestrainingOrder& order, const std::string& day);

// This gives the order with all that is computed from the day.
v1::RestrainingOrder OrderAsOf(v1::RestrainingOrder order, const std::string& day);
// This gives the order without what only its preparer may know, for those who serve it.
v1::RestrainingOrder OrderAsServingTask(v1::RestrainingOrder order);
storage::Placement OrderPlacement(const v1::RestrainingOrder& order);

// This fails with INVALID_ARGUMENT and rule FIELD_INVALID for a respondent with an alias that is too long, or
// who was born after today. `field` is the path in the request.
absl::Status CheckOrderRespondent(const std::string& field, const v1::Respondent& respondent, absl::Time now);
// This fails in the same way for a condition without a text that needs one.
absl::Status CheckOrderConditions(const google::protobuf::RepeatedPtrField<v1::OrderCondition>& conditions);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_ORDERS_ORDERS_H_
