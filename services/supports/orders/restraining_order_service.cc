#include "services/supports/orders/restraining_order_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/records/list_shown.h"
#include "services/supports/case_access.h"
#include "services/supports/consent_rules.h"
#include "services/supports/lifecycles.h"
#include "services/supports/orders/order_corrections.h"
#include "services/supports/orders/order_law.h"
#include "services/supports/orders/order_lookup_store.h"
#include "services/supports/orders/order_tag_store.h"
#include "services/supports/orders/orders.h"
#include "services/supports/place_check.h"
#include "services/supports/services.h"

namespace accord::supports {
namespace {

// This tells whether a list with this selection has the order, which is as of today.
bool SelectsOrder(const v1::RuleSet& rules, v1::OrderSelection selection, const v1::RestrainingOrder& order,
                  absl::CivilDay today) {
  const bool live = order.state() == v1::RESTRAINING_ORDER_STATE_GRANTED;
  switch (selection) {
    case v1::ORDER_SELECTION_UNSERVED:
      return live && OrderServedOn(order).empty();
    case v1::ORDER_SELECTION_EXPIRING:
      return live && order.expires_on() <= FormatDay(today + rules.order_policy().expiring_days());
    case v1::ORDER_SELECTION_NOT_FOUND_BY_POLICE:
      return order.lookup_gaps_size() > 0;
    default:
      return true;
  }
}

}  // namespace

void RestrainingOrderService::Register(host::Handlers* handlers) {
  using S = RestrainingOrderService;
  handlers->Bind("accord.supports.v1.RestrainingOrderService", this, &S::Prepare, &S::Get, &S::List,
                 &S::Correct, &S::Advance, &S::Grant, &S::Entrust, &S::Serve, &S::Extend, &S::Vary,
                 &S::Appeal, &S::ListNotices);
}

RestrainingOrderService::Result RestrainingOrderService::Prepare(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::PrepareRestrainingOrderRequest& request) {
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.support_case(), &of));
  ACCORD_RETURN_IF_ERROR(OrderPreparingLifecycle().Next(of.state(), "prepare").status());
  const std::string today = FormatDay(OntarioDay(call.now()));
  ACCORD_RETURN_IF_ERROR(CheckOrderLawInForce(*rules_, today));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  v1::RestrainingOrder order = request.restraining_order();
  order.set_support_case(of.name());
  ACCORD_RETURN_IF_ERROR(
      CheckOrderRespondent("restraining_order.respondent", order.respondent(), call.now()));
  if (!order.consent().empty()) ACCORD_RETURN_IF_ERROR(CheckConsent(call.caller(), tx, order, today));
  order.set_name(absl::StrCat("agencies/", call.caller().agency, "/restrainingOrders/", NewId(call.now())));
  order.set_state(v1::RESTRAINING_ORDER_STATE_PREPARING);
  ACCORD_RETURN_IF_ERROR(orders_.Insert(tx, &order, write, OrderPlacement(order)));
  return OrderAsOf(std::move(order), today);
}

RestrainingOrderService::Result RestrainingOrderService::ReadAsWorker(const Caller& caller, Tx& tx,
                                                                      const std::string& name) {
  v1::RestrainingOrder order;
  ACCORD_RETURN_IF_ERROR(orders_.GetAny(tx, name, &order));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, &cases_, order.support_case(), &of));
  return order;
}

RestrainingOrderService::Result RestrainingOrderService::Get(host::Call& call, Tx& tx,
                                                             const v1::GetRestrainingOrderRequest& request) {
  const std::string today = FormatDay(OntarioDay(call.now()));
  v1::RestrainingOrder order;
  ACCORD_RETURN_IF_ERROR(orders_.GetAny(tx, request.name(), &order));
  if (IsServingOrder(call.caller(), order, today))
    return OrderAsServingTask(OrderAsOf(std::move(order), today));
  ACCORD_ASSIGN_OR_RETURN(order, ReadAsWorker(call.caller(), tx, request.name()));
  return OrderAsOf(std::move(order), today);
}

RestrainingOrderService::Page RestrainingOrderService::List(host::Call& call, Tx& tx,
                                                            const v1::ListRestrainingOrdersRequest& request) {
  ACCORD_RETURN_IF_ERROR(storage::PageSize(request.page_size()).status());
  const Caller& caller = call.caller();
  const absl::CivilDay day = OntarioDay(call.now());
  const std::string today = FormatDay(day);
  storage::ListQuery query{caller.agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.support_case().empty()) {
    v1::SupportCase of;
    ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, &cases_, request.support_case(), &of));
    query.filters = {{"case", of.name()}};
  }
  const auto keep = [&](v1::RestrainingOrder* order) -> absl::StatusOr<bool> {
    const bool serves = IsServingOrder(caller, *order, today);
    if (!serves) {
      v1::SupportCase of;
      const absl::Status read = ReadCaseAsWorker(caller, tx, &cases_, order->support_case(), &of);
      if (absl::IsNotFound(read)) return false;
      ACCORD_RETURN_IF_ERROR(read);
    }
    *order = OrderAsOf(std::move(*order), today);
    if (serves) *order = OrderAsServingTask(std::move(*order));
    return SelectsOrder(*rules_, request.selection(), *order, day);
  };
  return storage::ListShown(orders_, tx, query,
                            &v1::ListRestrainingOrdersResponse::mutable_restraining_orders, keep);
}

RestrainingOrderService::Result RestrainingOrderService::Moved(host::Call& call, Tx& tx,
                                                               const std::string& name,
                                                               const Lifecycle& lifecycle,
                                                               const std::string& event,
                                                               const std::string& on) {
  ACCORD_ASSIGN_OR_RETURN(v1::RestrainingOrder order, ReadAsWorker(call.caller(), tx, name));
  const std::string today = FormatDay(OntarioDay(call.now()));
  const v1::RestrainingOrder then = OrderAsOf(order, on.empty() ? today : std::min(on, today));
  ACCORD_ASSIGN_OR_RETURN(const int next, lifecycle.Next(then.state(), event));
  order.set_state(static_cast<v1::RestrainingOrderState>(next));
  return order;
}

absl::Status RestrainingOrderService::CheckConsent(const Caller& caller, Tx& tx,
                                                   const v1::RestrainingOrder& order,
                                                   const std::string& today) {
  v1::Consent consent;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, order.consent(), caller.agency, &consent));
  if (SupportCaseOf(consent.name()) != order.support_case()) return NotFound();
  if (consent.purpose() == v1::CONSENT_PURPOSE_ORDER_APPLICATION && IsConsentLive(consent, today)) {
    return absl::OkStatus();
  }
  return Refuse(rules::kConsentNotLive, "The survivor's consent to this application does not stand.");
}

RestrainingOrderService::Result RestrainingOrderService::Keep(host::Call& call, Tx& tx,
                                                              const storage::Write& write,
                                                              const std::string& etag,
                                                              v1::RestrainingOrder order) {
  ACCORD_RETURN_IF_ERROR(orders_.Update(tx, &order, etag, write, OrderPlacement(order)));
  ACCORD_RETURN_IF_ERROR(TagOrder(tx, order));
  ACCORD_ASSIGN_OR_RETURN(const auto lookups, TakeLookupsThatShowed(tx, order.name()));
  for (const std::string& lookup : lookups) ACCORD_RETURN_IF_ERROR(storage::EraseAnswers(tx, lookup));
  return OrderAsOf(std::move(order), FormatDay(OntarioDay(call.now())));
}

absl::Status RestrainingOrderService::CorrectCourtRecord(host::Call& call, Tx& tx,
                                                         const v1::CorrectRestrainingOrderRequest& request,
                                                         v1::RestrainingOrder* order) {
  const v1::RestrainingOrder before = *order;
  ACCORD_RETURN_IF_ERROR(CorrectOrderRecord(call.caller(), call.now(), request, order));
  // A service of the application can be struck before the court makes an order.
  if (order->state() != v1::RESTRAINING_ORDER_STATE_GRANTED) return absl::OkStatus();
  if (!request.made_on().empty() || !request.expires_on().empty()) {
    ACCORD_RETURN_IF_ERROR(CheckOrderLawInForce(*rules_, order->made_on()));
    if (order->extensions().empty()) {
      ACCORD_RETURN_IF_ERROR(CheckOrderEndByLaw(*rules_, order->made_on(), order->expires_on()));
    }
    order->set_rule_set(RulesDigest(*rules_));
  }
  if (request.court().empty() && request.court_file_no().empty()) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(UntagCourtFile(tx, before));
  ACCORD_ASSIGN_OR_RETURN(const bool taken, TagCourtFile(tx, *order));
  if (taken) return absl::OkStatus();
  return Refuse(rules::kCourtFileTaken, "Your agency has another order under this number of this court.");
}

RestrainingOrderService::Result RestrainingOrderService::Correct(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CorrectRestrainingOrderRequest& request) {
  const std::string today = FormatDay(OntarioDay(call.now()));
  ACCORD_ASSIGN_OR_RETURN(v1::RestrainingOrder order, ReadAsWorker(call.caller(), tx, request.name()));
  // The court's part can be corrected even after the last day, because the last day may be what is wrong.
  const bool of_record = CorrectsOrderRecord(request);
  const v1::RestrainingOrderState state = of_record ? order.state() : OrderAsOf(order, today).state();
  ACCORD_RETURN_IF_ERROR(RestrainingOrderStepLifecycle().Next(state, "correct").status());
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(CheckOrderRespondent("respondent", request.respondent(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckCorrection(request, order));
  *order.mutable_respondent() = request.respondent();
  if (request.respondent_in_ontario()) order.set_respondent_in_ontario(true);
  if (request.lawyer_considered()) order.set_lawyer_considered(true);
  if (!request.consent().empty()) {
    order.set_consent(request.consent());
    ACCORD_RETURN_IF_ERROR(CheckConsent(call.caller(), tx, order, today));
  }
  if (of_record) ACCORD_RETURN_IF_ERROR(CorrectCourtRecord(call, tx, request, &order));
  return Keep(call, tx, write, request.etag(), std::move(order));
}

absl::Status RestrainingOrderService::ReadListed(const Caller& caller, Tx& tx, const std::string& name,
                                                 google::protobuf::Message* out) {
  // The name of a notice begins with the name of the order that was looked up.
  const std::string order = name.substr(0, name.find("/orderLookupNotices/"));
  ACCORD_RETURN_IF_ERROR(ReadAsWorker(caller, tx, order).status());
  return notices_.Get(tx, name, caller.agency, out);
}

absl::StatusOr<v1::ListOrderLookupNoticesResponse> RestrainingOrderService::ListNotices(
    host::Call& call, Tx& tx, const v1::ListOrderLookupNoticesRequest& request) {
  ACCORD_RETURN_IF_ERROR(storage::PageSize(request.page_size()).status());
  ACCORD_ASSIGN_OR_RETURN(const v1::RestrainingOrder order,
                          ReadAsWorker(call.caller(), tx, request.restraining_order()));
  const storage::ListQuery query =
      PageOfRecordsUnder(order.name(), "orderLookupNotices", call.caller(), request);
  return notices_.ListInto(tx, query, &v1::ListOrderLookupNoticesResponse::mutable_order_lookup_notices);
}

}  // namespace accord::supports
