// These are the handlers of MoneyService for payments and their reversals.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_PAYMENT_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_PAYMENT_SERVICE_H_

#include <string>

#include "accord/strategy/v1/funding_agreement_resources.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class PaymentService {
 public:
  PaymentService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules),
        payments_("payment", tokens),
        allocations_("allocation", tokens),
        envelopes_("envelope", tokens),
        agreements_("funding_agreement", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Payment>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreatePaymentRequest&);
  Result Get(host::Call&, Tx&, const v1::GetPaymentRequest&);
  absl::StatusOr<v1::ListPaymentsResponse> List(host::Call&, Tx&, const v1::ListPaymentsRequest&);
  Result Approve(host::Call&, Tx&, const storage::Write&, const v1::ApprovePaymentRequest&);
  Result Pay(host::Call&, Tx&, const storage::Write&, const v1::PayPaymentRequest&);
  Result Fail(host::Call&, Tx&, const storage::Write&, const v1::FailPaymentRequest&);
  Result Cancel(host::Call&, Tx&, const storage::Write&, const v1::CancelPaymentRequest&);
  Result RequestReversal(host::Call&, Tx&, const storage::Write&, const v1::RequestPaymentReversalRequest&);
  Result ConfirmReversal(host::Call&, Tx&, const storage::Write&, const v1::ConfirmPaymentReversalRequest&);

  // This fails with REPORT_OVERDUE if the agreement that the money is for asks for a report that has not come
  // in time.
  absl::Status CheckReportsReceived(const host::Call&, Tx&, const v1::Allocation&);
  // This gives the record as the caller sees it, with the transition of the event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  // This frees money that a payment had reserved. If the allocation is closed, the money goes back to
  // the envelope.
  absl::Status FreeMoney(Tx&, const v1::Allocation&, int64_t cents);
  // This gives the placement of a payment, which everybody sees who sees its allocation.
  absl::StatusOr<storage::Placement> PlacementOf(Tx&, const v1::Payment&);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Payment);

  const v1::RuleSet* const rules_;
  storage::Resources payments_;
  storage::Resources allocations_;
  storage::Resources envelopes_;
  storage::Resources agreements_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_PAYMENT_SERVICE_H_
