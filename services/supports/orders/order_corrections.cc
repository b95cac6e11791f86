#include "services/supports/orders/order_corrections.h"

#include <string>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/supports/days.h"

namespace accord::supports {
namespace {

// This gives the first field of the request that corrects the court's part of the record. The result is empty
// if no field does.
std::string CourtFieldToCorrect(const v1::CorrectRestrainingOrderRequest& request) {
  if (!request.court().empty()) return "court";
  if (!request.court_file_no().empty()) return "court_file_no";
  if (!request.made_on().empty()) return "made_on";
  return request.expires_on().empty() ? "" : "expires_on";
}

// Checks that everything that the court did later, and each service of the order, comes after the order
// was made.
absl::Status CheckCorrectedDayComesFirst(const v1::RestrainingOrder& order) {
  const std::string& made = order.made_on();
  if (!order.extensions().empty()) {
    ACCORD_RETURN_IF_ERROR(
        CheckDaysInOrder("made_on", made, "restraining_order.extensions", order.extensions(0).made_on()));
  }
  if (!order.variations().empty()) {
    ACCORD_RETURN_IF_ERROR(
        CheckDaysInOrder("made_on", made, "restraining_order.variations", order.variations(0).made_on()));
  }
  for (const v1::OrderAppeal& appeal : order.appeals()) {
    ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("made_on", made, "restraining_order.appeals", appeal.filed_on()));
  }
  for (const v1::OrderServing& serving : order.servings()) {
    if (serving.document() != v1::SERVED_DOCUMENT_ORDER || !serving.struck_reason().empty()) continue;
    ACCORD_RETURN_IF_ERROR(
        CheckDaysInOrder("made_on", made, "restraining_order.servings", serving.served_on()));
  }
  return absl::OkStatus();
}

absl::Status StrikeServing(int number, const std::string& reason, v1::RestrainingOrder* order) {
  if (number < 1 || number > order->servings_size()) {
    return RefuseFields({{"strike_serving", "must be the number of a recorded service, from 1"}});
  }
  v1::OrderServing* serving = order->mutable_servings(number - 1);
  if (!serving->struck_reason().empty()) {
    return Refuse(rules::kAlreadyRecorded, "This service is struck already.");
  }
  serving->set_struck_reason(reason);
  return absl::OkStatus();
}

}  // namespace

bool CorrectsOrderRecord(const v1::CorrectRestrainingOrderRequest& request) {
  return !CourtFieldToCorrect(request).empty() || request.strike_serving() != 0;
}

absl::Status CheckCorrection(const v1::CorrectRestrainingOrderRequest& request,
                             const v1::RestrainingOrder& order) {
  const bool preparing = order.state() == v1::RESTRAINING_ORDER_STATE_PREPARING;
  if (!preparing && !request.consent().empty()) {
    return RefuseFields({{"consent", "is for an order that is being prepared"}});
  }
  if (!preparing && request.respondent_in_ontario()) {
    return RefuseFields({{"respondent_in_ontario", "is for an order that is being prepared"}});
  }
  if (!preparing && request.lawyer_considered()) {
    return RefuseFields({{"lawyer_considered", "is for an order that is being prepared"}});
  }
  const std::string of_court = CourtFieldToCorrect(request);
  if (!of_court.empty() && order.state() != v1::RESTRAINING_ORDER_STATE_GRANTED) {
    return RefuseFields({{of_court, "is for an order that the court made"}});
  }
  if (!request.expires_on().empty() && !order.extensions().empty()) {
    return RefuseFields({{"expires_on", "is for an order that the court has not extended"}});
  }
  if (CorrectsOrderRecord(request) == request.reason().empty()) {
    return RefuseFields(
        {{"reason", "is for what the court made or for a service, and is required with these"}});
  }
  return absl::OkStatus();
}

absl::Status CorrectOrderRecord(const Caller& caller, absl::Time now,
                                const v1::CorrectRestrainingOrderRequest& request,
                                v1::RestrainingOrder* order) {
  v1::OrderCorrection* before = order->add_corrections();
  before->set_corrected_on(FormatDay(OntarioDay(now)));
  before->set_corrected_by(caller.actor);
  before->set_reason(request.reason());
  before->set_court(order->court());
  before->set_court_file_no(order->court_file_no());
  before->set_made_on(order->made_on());
  before->set_expires_on(order->expires_on());
  if (!request.court().empty()) order->set_court(request.court());
  if (!request.court_file_no().empty()) order->set_court_file_no(request.court_file_no());
  if (!request.made_on().empty()) order->set_made_on(request.made_on());
  if (!request.expires_on().empty()) order->set_expires_on(request.expires_on());
  if (request.strike_serving() != 0) {
    ACCORD_RETURN_IF_ERROR(StrikeServing(request.strike_serving(), request.reason(), order));
  }
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("made_on", request.made_on(), now));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("filed_on", order->filed_on(), "made_on", order->made_on()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("made_on", order->made_on(), "expires_on", order->expires_on()));
  return CheckCorrectedDayComesFirst(*order);
}

}  // namespace accord::supports
