// These handlers of RestrainingOrderService record what the court does with an application and an order, and
// who serves it.
#include <algorithm>
#include <string>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/supports/consent_rules.h"
#include "services/supports/days.h"
#include "services/supports/law.h"
#include "services/supports/lifecycles.h"
#include "services/supports/orders/order_law.h"
#include "services/supports/orders/order_tag_store.h"
#include "services/supports/orders/orders.h"
#include "services/supports/orders/restraining_order_service.h"
#include "services/supports/place_check.h"
#include "services/supports/services.h"

namespace accord::supports {
namespace {

// This gives the day of the court's last decision on how long the order lasts.
std::string LastMadeOn(const v1::RestrainingOrder& order) {
  return order.extensions().empty() ? order.made_on() : order.extensions().rbegin()->made_on();
}

// This gives the day of the court's last decision on what the order says.
std::string LastVariedOn(const v1::RestrainingOrder& order) {
  return order.variations().empty() ? order.made_on() : order.variations().rbegin()->made_on();
}

}  // namespace

absl::Status RestrainingOrderService::CheckFiling(const Caller& caller, Tx& tx,
                                                  const v1::RestrainingOrder& order,
                                                  const std::string& filed_on, const std::string& today) {
  v1::OrderApplicantRule row;
  ACCORD_RETURN_IF_ERROR(CheckApplicantByLaw(*rules_, order.applicant(), filed_on, &row));
  if (row.needs_consent() && order.consent().empty()) {
    return Refuse(rules::kConsentNotLive, "Record the survivor's consent to this application first.");
  }
  // A consent that is recorded for the application has to stand, whoever applies.
  if (!order.consent().empty()) ACCORD_RETURN_IF_ERROR(CheckConsent(caller, tx, order, today));
  if (!order.respondent_in_ontario()) {
    return Refuse(rules::kRespondentOutsideOntario, "The respondent is not recorded to live in Ontario.");
  }
  if ((order.applicant_is_child() || order.respondent_is_child()) && !order.lawyer_considered()) {
    return Refuse(rules::kLawyerNotConsidered, "A party is a child: consider a lawyer first.");
  }
  return absl::OkStatus();
}

RestrainingOrderService::Result RestrainingOrderService::Advance(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::AdvanceRestrainingOrderRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(
      v1::RestrainingOrder order,
      Moved(call, tx, request.name(), RestrainingOrderLifecycle(), request.event(), request.on()));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("on", request.on(), call.now()));
  if (order.state() == v1::RESTRAINING_ORDER_STATE_FILED) {
    const std::string today = FormatDay(OntarioDay(call.now()));
    ACCORD_RETURN_IF_ERROR(CheckFiling(call.caller(), tx, order, request.on(), today));
    order.set_filed_on(request.on());
    order.set_rule_set(RulesDigest(*rules_));
  } else {
    const bool made = !order.made_on().empty();
    ACCORD_RETURN_IF_ERROR(CheckDaysInOrder(made ? "made_on" : "filed_on",
                                            made ? order.made_on() : order.filed_on(), "on", request.on()));
    order.set_ended_on(request.on());
  }
  return Keep(call, tx, write, request.etag(), std::move(order));
}

RestrainingOrderService::Result RestrainingOrderService::Grant(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::GrantRestrainingOrderRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::RestrainingOrder order,
                          Moved(call, tx, request.name(), RestrainingOrderStepLifecycle(), "grant"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("made_on", request.made_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckOrderLawInForce(*rules_, request.made_on()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("filed_on", order.filed_on(), "made_on", request.made_on()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("made_on", request.made_on(), "expires_on", request.expires_on()));
  ACCORD_RETURN_IF_ERROR(CheckOrderEndByLaw(*rules_, request.made_on(), request.expires_on()));
  ACCORD_RETURN_IF_ERROR(CheckOrderConditions(request.conditions()));
  if (request.without_notice() != (request.basis() != v1::WITHOUT_NOTICE_BASIS_UNSPECIFIED)) {
    return RefuseFields({{"basis", "is for an order without notice, and such an order needs it"}});
  }
  order.set_made_on(request.made_on());
  order.set_expires_on(request.expires_on());
  order.set_rule_set(RulesDigest(*rules_));
  order.set_court(request.court());
  order.set_court_file_no(request.court_file_no());
  order.set_without_notice(request.without_notice());
  order.set_basis(request.basis());
  order.set_publication_order(request.publication_order());
  *order.mutable_conditions() = request.conditions();
  ACCORD_ASSIGN_OR_RETURN(const bool taken, TagCourtFile(tx, order));
  if (!taken) {
    return Refuse(rules::kCourtFileTaken, "Your agency has another order under this number of this court.");
  }
  return Keep(call, tx, write, request.etag(), std::move(order));
}

RestrainingOrderService::Result RestrainingOrderService::Entrust(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::EntrustRestrainingOrderRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::RestrainingOrder order,
                          Moved(call, tx, request.name(), RestrainingOrderStepLifecycle(), "entrust"));
  if (!OrderServedOn(order).empty()) {
    return Refuse(rules::kAlreadyRecorded, "The order was served already.");
  }
  order.set_serving_agency(request.serving_agency());
  return Keep(call, tx, write, request.etag(), std::move(order));
}

RestrainingOrderService::Result RestrainingOrderService::Serve(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::ServeRestrainingOrderRequest& request) {
  const std::string today = FormatDay(OntarioDay(call.now()));
  v1::RestrainingOrder order;
  ACCORD_RETURN_IF_ERROR(orders_.GetAny(tx, request.name(), &order));
  const bool serves = IsServingOrder(call.caller(), order, today);
  if (!serves) ACCORD_RETURN_IF_ERROR(ReadAsWorker(call.caller(), tx, request.name()).status());
  const bool of_order = request.document() == v1::SERVED_DOCUMENT_ORDER;
  ACCORD_RETURN_IF_ERROR(RestrainingOrderStepLifecycle()
                             .Next(OrderAsOf(order, std::min(request.served_on(), today)).state(),
                                   of_order ? "serve" : "serve_other")
                             .status());
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("served_on", request.served_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder(of_order ? "made_on" : "filed_on",
                                          of_order ? order.made_on() : order.filed_on(), "served_on",
                                          request.served_on()));
  v1::OrderServing* serving = order.add_servings();
  serving->set_document(request.document());
  serving->set_served_on(request.served_on());
  serving->set_how(request.how());
  serving->set_agency(call.caller().agency);
  serving->set_recorded_by(call.caller().actor);
  ACCORD_ASSIGN_OR_RETURN(order, Keep(call, tx, write, request.etag(), std::move(order)));
  return serves ? OrderAsServingTask(std::move(order)) : order;
}

RestrainingOrderService::Result RestrainingOrderService::Extend(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::ExtendRestrainingOrderRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(
      v1::RestrainingOrder order,
      Moved(call, tx, request.name(), RestrainingOrderStepLifecycle(), "extend", request.made_on()));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("made_on", request.made_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("restraining_order.made_on", LastMadeOn(order), "made_on", request.made_on()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("restraining_order.expires_on", order.expires_on(), "expires_on",
                                          request.expires_on(), false));
  ACCORD_RETURN_IF_ERROR(CheckOrderEndByLaw(*rules_, request.made_on(), request.expires_on()));
  v1::OrderExtension* extension = order.add_extensions();
  extension->set_made_on(request.made_on());
  extension->set_expires_on(request.expires_on());
  order.set_expires_on(request.expires_on());
  order.set_rule_set(RulesDigest(*rules_));
  return Keep(call, tx, write, request.etag(), std::move(order));
}

RestrainingOrderService::Result RestrainingOrderService::Vary(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::VaryRestrainingOrderRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(
      v1::RestrainingOrder order,
      Moved(call, tx, request.name(), RestrainingOrderStepLifecycle(), "vary", request.made_on()));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("made_on", request.made_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("restraining_order.made_on", LastVariedOn(order), "made_on", request.made_on()));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(CheckOrderConditions(request.conditions()));
  v1::OrderVariation* variation = order.add_variations();
  variation->set_made_on(request.made_on());
  *variation->mutable_before() = order.conditions();
  *order.mutable_conditions() = request.conditions();
  return Keep(call, tx, write, request.etag(), std::move(order));
}

RestrainingOrderService::Result RestrainingOrderService::Appeal(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::AppealRestrainingOrderRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(
      v1::RestrainingOrder order,
      Moved(call, tx, request.name(), RestrainingOrderStepLifecycle(), "appeal", request.filed_on()));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("filed_on", request.filed_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("made_on", order.made_on(), "filed_on", request.filed_on()));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  auto* appeals = order.mutable_appeals();
  const auto same = std::find_if(appeals->begin(), appeals->end(), [&](const v1::OrderAppeal& each) {
    return each.court() == request.court() && each.filed_on() == request.filed_on();
  });
  if (same != appeals->end() && (!same->outcome().empty() || request.outcome().empty())) {
    return Refuse(rules::kAlreadyRecorded, "This appeal is recorded already, and its outcome stays.");
  }
  v1::OrderAppeal* appeal = same != appeals->end() ? &*same : appeals->Add();
  appeal->set_court(request.court());
  appeal->set_filed_on(request.filed_on());
  appeal->set_outcome(request.outcome());
  return Keep(call, tx, write, request.etag(), std::move(order));
}

}  // namespace accord::supports
