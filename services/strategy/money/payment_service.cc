#include "services/strategy/money/payment_service.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/fiscal_year.h"
#include "common/base/ids.h"
#include "services/strategy/days.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/money/allocation_service.h"
#include "services/strategy/money/amounts.h"
#include "services/strategy/money/approval_store.h"
#include "services/strategy/money/balance_store.h"
#include "services/strategy/money/payment_store.h"

namespace accord::strategy {
namespace {

// This sets the day of the payment. Money of a fiscal year is never paid before that year, and later only by
// a decision that carries it over.
absl::Status SetPaymentDay(const v1::Allocation& allocation, const v1::PayPaymentRequest& request,
                           v1::Payment* payment) {
  payment->set_paid_on(request.paid_on());
  // Days that are written as YYYY-MM-DD sort as texts in the order of time.
  if (request.paid_on() < FormatDay(OntarioDay(FromProto(payment->create_time())))) {
    return RefuseField(rules::kDatesContradict, "paid_on", "must not come before the day of the request");
  }
  const auto day = ParseDay(request.paid_on());
  payment->set_fiscal_year(day ? FiscalYearOf(*day) : "");
  payment->clear_carry_decision();
  const std::string& meant = allocation.fiscal_year();
  if (meant.empty() || payment->fiscal_year() == meant) return absl::OkStatus();
  if (FirstYearOf(payment->fiscal_year()).value_or(0) < FirstYearOf(meant).value_or(0)) {
    return RefuseField(rules::kDatesContradict, "paid_on", "must not come before the allocation's year");
  }
  if (request.carry_decision().empty()) {
    return Refuse(rules::kFiscalYearOver, "Name the decision by which it is paid in a later year.");
  }
  payment->set_carry_decision(request.carry_decision());
  return absl::OkStatus();
}

}  // namespace

void PaymentService::Register(host::Handlers* handlers) {
  using S = PaymentService;
  handlers->Bind("accord.strategy.v1.MoneyService", this, &S::Create, &S::Get, &S::List, &S::Approve, &S::Pay,
                 &S::Fail, &S::Cancel, &S::RequestReversal, &S::ConfirmReversal);
}

absl::StatusOr<storage::Placement> PaymentService::PlacementOf(Tx& tx, const v1::Payment& payment) {
  v1::Allocation allocation;
  ACCORD_RETURN_IF_ERROR(allocations_.GetAny(tx, payment.allocation(), &allocation));
  ACCORD_ASSIGN_OR_RETURN(storage::Placement placement,
                          AllocationPlacement(tx, *rules_, &envelopes_, allocation));
  placement.owner = OwnerOf(payment.name());
  placement.state = ShortName(v1::PaymentState_descriptor(), payment.state());
  placement.fields = {{"allocation", payment.allocation()}};
  return placement;
}

PaymentService::Result PaymentService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                            v1::Payment payment) {
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, PlacementOf(tx, payment));
  ACCORD_RETURN_IF_ERROR(payments_.Update(tx, &payment, etag, write, placement));
  return payment;
}

absl::Status PaymentService::CheckReportsReceived(const host::Call& call, Tx& tx,
                                                  const v1::Allocation& allocation) {
  if (allocation.agreement().empty()) return absl::OkStatus();
  v1::FundingAgreement agreement;
  ACCORD_RETURN_IF_ERROR(agreements_.GetAny(tx, allocation.agreement(), &agreement));
  const std::string today = FormatDay(OntarioDay(call.now()));
  for (const v1::AgreementReport& report : agreement.reports()) {
    if (report.due() < today && report.received_on().empty()) {
      return Refuse(rules::kReportOverdue, "Pay once the report that was due is in.");
    }
  }
  return absl::OkStatus();
}

PaymentService::Result PaymentService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::CreatePaymentRequest& request) {
  v1::Payment payment = request.payment();
  v1::Allocation allocation;
  ACCORD_RETURN_IF_ERROR(allocations_.Get(tx, payment.allocation(), call.caller().agency, &allocation));
  ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "payment.amount_cents", payment.amount_cents()));
  if (allocation.state() != v1::ALLOCATION_STATE_COMMITTED) {
    return Refuse(rules::kNotCommitted, "The director commits the allocation first.");
  }
  ACCORD_RETURN_IF_ERROR(CheckReportsReceived(call, tx, allocation));
  const std::string id = NewId(call.now());
  payment.set_name(absl::StrCat("agencies/", rules_->office_agency(), "/payments/", id));
  payment.set_state(v1::PAYMENT_STATE_REQUESTED);
  ACCORD_RETURN_IF_ERROR(KeepInstalment(tx, allocation.name(), payment.instalment_no(), payment.name()));
  ACCORD_RETURN_IF_ERROR(TakeFromBalance(tx, allocation.name(), "", payment.amount_cents()));
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, PlacementOf(tx, payment));
  ACCORD_RETURN_IF_ERROR(payments_.Insert(tx, &payment, write, placement));
  return payment;
}

PaymentService::Result PaymentService::Get(host::Call& call, Tx& tx, const v1::GetPaymentRequest& request) {
  v1::Payment payment;
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, request.name(), call.caller().agency, &payment));
  return payment;
}

absl::StatusOr<v1::ListPaymentsResponse> PaymentService::List(host::Call& call, Tx& tx,
                                                              const v1::ListPaymentsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.allocation().empty()) query.filters.emplace_back("allocation", request.allocation());
  return payments_.ListInto(tx, query, &v1::ListPaymentsResponse::mutable_payments);
}

PaymentService::Result PaymentService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                             const std::string& event) {
  v1::Payment payment;
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, name, call.caller().agency, &payment));
  ACCORD_ASSIGN_OR_RETURN(const int next, PaymentLifecycle().Next(payment.state(), event));
  payment.set_state(static_cast<v1::PaymentState>(next));
  return payment;
}

absl::Status PaymentService::FreeMoney(Tx& tx, const v1::Allocation& allocation, int64_t cents) {
  ACCORD_RETURN_IF_ERROR(GiveBackToBalance(tx, allocation.name(), "", cents));
  if (allocation.state() != v1::ALLOCATION_STATE_CLOSED) return absl::OkStatus();
  // Money that comes back to a closed allocation is not paid out of it again.
  ACCORD_ASSIGN_OR_RETURN(const int64_t taken, TakenFromBalance(tx, allocation.name()));
  ACCORD_RETURN_IF_ERROR(SetBalanceTotal(tx, allocation.name(), taken));
  return GiveBackToBalance(tx, allocation.envelope(), allocation.fiscal_year(), cents);
}

PaymentService::Result PaymentService::Approve(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::ApprovePaymentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Payment payment, Moved(call, tx, request.name(), kApprove));
  const Caller& caller = call.caller();
  ACCORD_RETURN_IF_ERROR(CheckApprovalLimit(tx, caller.agency, caller.actor, payment.amount_cents()));
  ACCORD_RETURN_IF_ERROR(KeepApprover(tx, payment.name(), caller.agency, caller.actor));
  return Keep(tx, write, request.etag(), std::move(payment));
}

PaymentService::Result PaymentService::Pay(host::Call& call, Tx& tx, const storage::Write& write,
                                           const v1::PayPaymentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Payment payment, Moved(call, tx, request.name(), kPay));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "paid_on", request.paid_on()));
  // A limit that was lowered after the approval counts as it is now, whoever pays.
  ACCORD_RETURN_IF_ERROR(CheckApprover(tx, payment.name(), payment.amount_cents()));
  ACCORD_RETURN_IF_ERROR(
      CheckApprovalLimit(tx, call.caller().agency, call.caller().actor, payment.amount_cents()));
  v1::Allocation allocation;
  ACCORD_RETURN_IF_ERROR(allocations_.GetAny(tx, payment.allocation(), &allocation));
  // A recipient that is no agency is identified by its agreement.
  const std::string& recipient =
      allocation.recipient().empty() ? allocation.agreement() : allocation.recipient();
  ACCORD_RETURN_IF_ERROR(KeepInvoice(tx, recipient, request.invoice_ref(), payment.name()));
  payment.set_invoice_ref(request.invoice_ref());
  ACCORD_RETURN_IF_ERROR(SetPaymentDay(allocation, request, &payment));
  payment.clear_state_reason();
  return Keep(tx, write, request.etag(), std::move(payment));
}

PaymentService::Result PaymentService::Fail(host::Call& call, Tx& tx, const storage::Write& write,
                                            const v1::FailPaymentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Payment payment, Moved(call, tx, request.name(), kFail));
  if (payment.reversed_cents() > 0 || payment.reversal_requested_cents() > 0) {
    return Refuse(rules::kPaymentReversed, "A payment of which a part came back has arrived.");
  }
  payment.set_state_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(payment));
}

PaymentService::Result PaymentService::Cancel(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::CancelPaymentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Payment payment, Moved(call, tx, request.name(), kCancel));
  payment.set_state_reason(request.reason());
  if (payment.reverses().empty()) {
    v1::Allocation allocation;
    ACCORD_RETURN_IF_ERROR(allocations_.GetAny(tx, payment.allocation(), &allocation));
    ACCORD_RETURN_IF_ERROR(FreeMoney(tx, allocation, payment.amount_cents()));
  } else {
    ACCORD_RETURN_IF_ERROR(GiveBackToBalance(tx, payment.reverses(), "", payment.amount_cents()));
    v1::Payment reversed;
    ACCORD_RETURN_IF_ERROR(payments_.GetAny(tx, payment.reverses(), &reversed));
    reversed.set_reversal_requested_cents(reversed.reversal_requested_cents() - payment.amount_cents());
    const std::string etag = reversed.etag();
    ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, std::move(reversed)).status());
  }
  return Keep(tx, write, request.etag(), std::move(payment));
}

PaymentService::Result PaymentService::RequestReversal(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::RequestPaymentReversalRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Payment payment, Moved(call, tx, request.name(), kReverse));
  ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "amount_cents", request.amount_cents()));
  if (request.amount_cents() >
      payment.amount_cents() - payment.reversed_cents() - payment.reversal_requested_cents()) {
    return Refuse(rules::kReversalTooLarge, "Reverse at most what was paid and has not come back.");
  }
  // The balance ensures that two concurrent requests never reverse more than was paid.
  ACCORD_RETURN_IF_ERROR(SetBalanceTotal(tx, payment.name(), payment.amount_cents()));
  ACCORD_RETURN_IF_ERROR(TakeFromBalance(tx, payment.name(), "", request.amount_cents()));
  v1::Payment reversal;
  const std::string id = NewId(call.now());
  reversal.set_name(absl::StrCat("agencies/", rules_->office_agency(), "/payments/", id));
  reversal.set_allocation(payment.allocation());
  reversal.set_amount_cents(request.amount_cents());
  reversal.set_instalment_no(payment.instalment_no());
  reversal.set_source_ref(payment.source_ref());
  reversal.set_state(v1::PAYMENT_STATE_REVERSAL_REQUESTED);
  reversal.set_state_reason(request.reason());
  reversal.set_reverses(payment.name());
  payment.set_reversal_requested_cents(payment.reversal_requested_cents() + request.amount_cents());
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, request.etag(), std::move(payment)).status());
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, PlacementOf(tx, reversal));
  ACCORD_RETURN_IF_ERROR(payments_.Insert(tx, &reversal, write, placement));
  return reversal;
}

PaymentService::Result PaymentService::ConfirmReversal(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::ConfirmPaymentReversalRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Payment reversal, Moved(call, tx, request.name(), kConfirmReversal));
  v1::Payment payment;
  ACCORD_RETURN_IF_ERROR(payments_.GetAny(tx, reversal.reverses(), &payment));
  v1::Allocation allocation;
  ACCORD_RETURN_IF_ERROR(allocations_.GetAny(tx, reversal.allocation(), &allocation));
  ACCORD_RETURN_IF_ERROR(FreeMoney(tx, allocation, reversal.amount_cents()));
  payment.set_reversal_requested_cents(payment.reversal_requested_cents() - reversal.amount_cents());
  payment.set_reversed_cents(payment.reversed_cents() + reversal.amount_cents());
  const std::string etag = payment.etag();
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, std::move(payment)).status());
  return Keep(tx, write, request.etag(), std::move(reversal));
}

}  // namespace accord::strategy
