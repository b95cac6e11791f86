// What is put right in an order that was recorded wrongly.
#ifndef ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_CORRECTIONS_H_
#define ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_CORRECTIONS_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "common/access/decide.h"

namespace accord::supports {

// Whether a request corrects what the court made, or a service.
bool CorrectsTheRecord(const v1::CorrectRestrainingOrderRequest& request);

// INVALID_ARGUMENT with rule FIELD_INVALID for a field that is not corrected in this state, for one of what
// the court made, or a service, without a reason, and for a reason without one.
absl::Status CheckCorrection(const v1::CorrectRestrainingOrderRequest& request,
                             const v1::RestrainingOrder& order);

// Puts right what the court made, and strikes a service; what stood before is noted with the reason.
// DATES_OUT_OF_ORDER for days that do not fit to the others of the order.
absl::Status CorrectRecord(const Caller& caller, absl::Time now,
                           const v1::CorrectRestrainingOrderRequest& request, v1::RestrainingOrder* order);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_CORRECTIONS_H_
