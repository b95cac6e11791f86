// These functions correct an order that was recorded wrongly.
#ifndef ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_CORRECTIONS_H_
#define ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_CORRECTIONS_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "common/access/decide.h"

namespace accord::supports {

// This tells whether a request corrects the court's part of the record, or a service of the order.
bool CorrectsOrderRecord(const v1::CorrectRestrainingOrderRequest& request);

// This fails with INVALID_ARGUMENT and rule FIELD_INVALID for a field that cannot be corrected in this
// state, for a correction of the court's part or of a service without a reason, and for a reason without
// such a correction.
absl::Status CheckCorrection(const v1::CorrectRestrainingOrderRequest& request,
                             const v1::RestrainingOrder& order);

// This corrects the court's part of the record, and strikes a service. The old values are noted with the
// reason. It fails with DATES_OUT_OF_ORDER for days that contradict the others of the order.
absl::Status CorrectOrderRecord(const Caller& caller, absl::Time now,
                                const v1::CorrectRestrainingOrderRequest& request,
                                v1::RestrainingOrder* order);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_CORRECTIONS_H_
