// These are the handlers of BenefitPaymentService, which pays for delivered goods and services. Each amount
// that comes back is a row of its own.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_PAYMENT_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_PAYMENT_SERVICE_H_

#include <cstdint>
#include <string>

#include "accord/supports/v1/benefit_payment_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::supports {

// This gives the placement of a payment, which only the agency that pays lists.
storage::Placement BenefitPaymentPlacement(const v1::BenefitPayment& payment);

class BenefitPaymentService {
 public:
  explicit BenefitPaymentService(const storage::PageTokens* tokens)
      : claims_("benefit_claim", tokens), payments_("benefit_payment", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::BenefitPayment>;
  using Page = absl::StatusOr<v1::ListBenefitPaymentsResponse>;

  Result Get(host::Call&, Tx&, const v1::GetBenefitPaymentRequest&);
  Page List(host::Call&, Tx&, const v1::ListBenefitPaymentsRequest&);
  Result Pay(host::Call&, Tx&, const storage::Write&, const v1::PayBenefitPaymentRequest&);
  Result SendBack(host::Call&, Tx&, const storage::Write&, const v1::SendBackBenefitPaymentRequest&);
  Result Reverse(host::Call&, Tx&, const storage::Write&, const v1::ReverseBenefitPaymentRequest&);
  Result Confirm(host::Call&, Tx&, const storage::Write&, const v1::ConfirmBenefitReversalRequest&);
  Result Cancel(host::Call&, Tx&, const storage::Write&, const v1::CancelBenefitReversalRequest&);

  // This adds to, or subtracts from, the amount that the unconfirmed reversals would take back of a payment.
  absl::Status AddProposedReversal(Tx&, const storage::Write&, int64_t cents, v1::BenefitPayment* payment);
  // Pays out of the claim's reserved amount, for the fiscal year of the payment.
  absl::Status Settle(Tx&, const std::string& fiscal_year, v1::BenefitClaim* claim,
                      v1::BenefitPayment* payment);

  storage::Resources claims_;
  storage::Resources payments_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_PAYMENT_SERVICE_H_
