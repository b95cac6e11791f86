#include "services/supports/benefits/benefit_payment_service.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/fiscal_year.h"
#include "common/base/ids.h"
#include "services/supports/benefits/benefit_account_store.h"
#include "services/supports/benefits/benefit_lifecycles.h"
#include "services/supports/benefits/benefit_rules.h"
#include "services/supports/benefits/claim_access.h"
#include "services/supports/benefits/claim_steps.h"
#include "services/supports/benefits/claim_store.h"
#include "services/supports/benefits/fund_line_store.h"
#include "services/supports/benefits/paid_invoice_store.h"
#include "services/supports/benefits/payee_keys.h"
#include "services/supports/place_check.h"

namespace accord::supports {

using v1::BenefitPayment;

storage::Placement BenefitPaymentPlacement(const v1::BenefitPayment& payment) {
  storage::Placement placement;
  placement.owner = OwnerOf(payment.name());
  placement.state = ShortName(v1::BenefitPaymentState_descriptor(), payment.state());
  placement.parties = {placement.owner};
  return placement;
}

void BenefitPaymentService::Register(host::Handlers* handlers) {
  using S = BenefitPaymentService;
  handlers->Bind("accord.supports.v1.BenefitPaymentService", this, &S::Get, &S::List, &S::Pay, &S::SendBack,
                 &S::Reverse, &S::Confirm, &S::Cancel);
}

BenefitPaymentService::Result BenefitPaymentService::Get(host::Call& call, Tx& tx,
                                                         const v1::GetBenefitPaymentRequest& request) {
  BenefitPayment payment;
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, request.name(), call.caller().agency, &payment));
  return payment;
}

BenefitPaymentService::Page BenefitPaymentService::List(host::Call& call, Tx& tx,
                                                        const v1::ListBenefitPaymentsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return payments_.ListInto(tx, query, &v1::ListBenefitPaymentsResponse::mutable_benefit_payments);
}

absl::Status BenefitPaymentService::Settle(Tx& tx, const std::string& fiscal_year, v1::BenefitClaim* claim,
                                           BenefitPayment* payment) {
  const int64_t approved = claim->amount_approved_cents(), amount = payment->amount_cents();
  if (amount < approved) {
    ACCORD_RETURN_IF_ERROR(GiveBackToBenefitAccount(tx, claim->support_case(), BenefitWord(claim->benefit()),
                                                    approved - amount));
  }
  if (claim->fund_line().empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const FundLineBalance line, FundLineBalanceOf(tx, claim->fund_line()));
  if (line.fiscal_year.empty() || line.fiscal_year == fiscal_year) {
    return SettleFundLine(tx, claim->fund_line(), approved, amount);
  }
  // The fiscal year of the line is over, so the claim is paid from the money of this year.
  ACCORD_RETURN_IF_ERROR(ReleaseToFundLine(tx, claim->fund_line(), approved));
  ACCORD_ASSIGN_OR_RETURN(const std::string now,
                          ReserveFromFundLine(tx, line.agency, line.fund, fiscal_year, amount));
  claim->set_fund_line(now);
  payment->set_fund_line(now);
  return SettleFundLine(tx, now, amount, amount);
}

BenefitPaymentService::Result BenefitPaymentService::Pay(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::PayBenefitPaymentRequest& request) {
  BenefitPayment payment;
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, request.name(), call.caller().agency, &payment));
  // The separation of duties was checked for the claim that the request names, so it must be the
  // payment's own.
  if (payment.claim() != request.claim()) return NotFound();
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitPaymentLifecycle().Next(payment.state(), "pay"));
  v1::BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(claims_.GetAny(tx, payment.claim(), &claim));
  ACCORD_ASSIGN_OR_RETURN(const int paid, BenefitClaimLifecycle().Next(claim.state(), "pay"));
  ACCORD_ASSIGN_OR_RETURN(const bool fresh,
                          TakePaidInvoice(tx, PayeeKeysOf(payment.payee()), payment.invoice_ref()));
  if (!fresh) return Refuse(rules::kInvoiceKnown, "This payee's invoice of this number is paid already.");
  const absl::CivilDay day = OntarioDay(call.now());
  const std::string fiscal_year = FiscalYearOf(day);
  ACCORD_RETURN_IF_ERROR(Settle(tx, fiscal_year, &claim, &payment));
  payment.set_state(static_cast<v1::BenefitPaymentState>(next));
  payment.set_paid_on(FormatDay(day));
  payment.set_fiscal_year(fiscal_year);
  claim.set_state(static_cast<v1::BenefitClaimState>(paid));
  AddClaimStep(&claim, call.caller().agency, call.now(), "pay");
  const std::string etag = claim.etag();
  ACCORD_RETURN_IF_ERROR(claims_.Update(tx, &claim, etag, write, BenefitClaimPlacement(claim)));
  ACCORD_RETURN_IF_ERROR(
      PutPaidClaim(tx, claim.name(), claim.support_case(), BenefitWord(claim.benefit()), fiscal_year));
  ACCORD_RETURN_IF_ERROR(
      payments_.Update(tx, &payment, request.etag(), write, BenefitPaymentPlacement(payment)));
  return payment;
}

BenefitPaymentService::Result BenefitPaymentService::SendBack(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::SendBackBenefitPaymentRequest& request) {
  BenefitPayment payment;
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, request.name(), call.caller().agency, &payment));
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitPaymentLifecycle().Next(payment.state(), "send_back"));
  v1::BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(claims_.GetAny(tx, payment.claim(), &claim));
  ACCORD_ASSIGN_OR_RETURN(const int approved, BenefitClaimLifecycle().Next(claim.state(), "send_back"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  payment.set_state(static_cast<v1::BenefitPaymentState>(next));
  payment.set_reason(request.reason());
  // What was approved stays reserved, until the claim is delivered again or cancelled.
  claim.set_state(static_cast<v1::BenefitClaimState>(approved));
  claim.clear_payment();
  AddClaimStep(&claim, call.caller().agency, call.now(), "send_back")->set_reason(request.reason());
  const std::string etag = claim.etag();
  ACCORD_RETURN_IF_ERROR(claims_.Update(tx, &claim, etag, write, BenefitClaimPlacement(claim)));
  ACCORD_RETURN_IF_ERROR(
      payments_.Update(tx, &payment, request.etag(), write, BenefitPaymentPlacement(payment)));
  return payment;
}

absl::Status BenefitPaymentService::AddProposedReversal(Tx& tx, const storage::Write& write, int64_t cents,
                                                        BenefitPayment* payment) {
  // Reversals that were proposed before this sum existed are not in it, so it must not fall below 0.
  payment->set_reversal_proposed_cents(std::max<int64_t>(payment->reversal_proposed_cents() + cents, 0));
  const std::string etag = payment->etag();
  return payments_.Update(tx, payment, etag, write, BenefitPaymentPlacement(*payment));
}

BenefitPaymentService::Result BenefitPaymentService::Reverse(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::ReverseBenefitPaymentRequest& request) {
  BenefitPayment payment;
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, request.name(), call.caller().agency, &payment));
  ACCORD_RETURN_IF_ERROR(BenefitPaymentLifecycle().Next(payment.state(), "reverse").status());
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(CheckBenefitAmount(
      "amount_cents", request.amount_cents(),
      payment.amount_cents() - payment.reversed_cents() - payment.reversal_proposed_cents()));
  ACCORD_RETURN_IF_ERROR(AddProposedReversal(tx, write, request.amount_cents(), &payment));
  BenefitPayment row;
  row.set_name(absl::StrCat("agencies/", call.caller().agency, "/benefitPayments/", NewId(call.now())));
  row.set_claim(payment.claim());
  row.set_for_agency(payment.for_agency());
  row.set_benefit(payment.benefit());
  *row.mutable_payee() = payment.payee();
  row.set_amount_cents(request.amount_cents());
  row.set_invoice_ref(payment.invoice_ref());
  row.set_fund_line(payment.fund_line());
  row.set_reverses(payment.name());
  row.set_reason(request.reason());
  row.set_state(v1::BENEFIT_PAYMENT_STATE_REVERSAL_PROPOSED);
  ACCORD_RETURN_IF_ERROR(payments_.Insert(tx, &row, write, BenefitPaymentPlacement(row)));
  return row;
}

BenefitPaymentService::Result BenefitPaymentService::Confirm(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::ConfirmBenefitReversalRequest& request) {
  BenefitPayment row, payment;
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, request.name(), call.caller().agency, &row));
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitPaymentLifecycle().Next(row.state(), "confirm"));
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, row.reverses(), call.caller().agency, &payment));
  // Other amounts may have come back since this reversal was proposed.
  if (row.amount_cents() > payment.amount_cents() - payment.reversed_cents()) {
    return Refuse(rules::kAmountInvalid, "Less than this is left of the payment.");
  }
  v1::BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(claims_.GetAny(tx, payment.claim(), &claim));
  ACCORD_RETURN_IF_ERROR(
      GiveBackToBenefitAccount(tx, claim.support_case(), BenefitWord(claim.benefit()), row.amount_cents()));
  if (!payment.fund_line().empty()) {
    ACCORD_RETURN_IF_ERROR(RefundToFundLine(tx, payment.fund_line(), row.amount_cents()));
  }
  payment.set_reversed_cents(payment.reversed_cents() + row.amount_cents());
  if (payment.reversed_cents() == payment.amount_cents()) {
    ACCORD_RETURN_IF_ERROR(DropPaidClaim(tx, claim.name()));
  }
  ACCORD_RETURN_IF_ERROR(AddProposedReversal(tx, write, -row.amount_cents(), &payment));
  const absl::CivilDay day = OntarioDay(call.now());
  row.set_state(static_cast<v1::BenefitPaymentState>(next));
  row.set_paid_on(FormatDay(day));
  row.set_fiscal_year(FiscalYearOf(day));
  ACCORD_RETURN_IF_ERROR(payments_.Update(tx, &row, request.etag(), write, BenefitPaymentPlacement(row)));
  return row;
}

BenefitPaymentService::Result BenefitPaymentService::Cancel(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::CancelBenefitReversalRequest& request) {
  BenefitPayment row, payment;
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, request.name(), call.caller().agency, &row));
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitPaymentLifecycle().Next(row.state(), "cancel"));
  ACCORD_RETURN_IF_ERROR(payments_.Get(tx, row.reverses(), call.caller().agency, &payment));
  ACCORD_RETURN_IF_ERROR(AddProposedReversal(tx, write, -row.amount_cents(), &payment));
  row.set_state(static_cast<v1::BenefitPaymentState>(next));
  ACCORD_RETURN_IF_ERROR(payments_.Update(tx, &row, request.etag(), write, BenefitPaymentPlacement(row)));
  return row;
}

}  // namespace accord::supports
