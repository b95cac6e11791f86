#include "services/supports/benefits/benefit_lifecycles.h"

#include "accord/supports/v1/resources.pb.h"

namespace accord::supports {

const Lifecycle& SupportClaimingLifecycle() {
  using namespace v1;
  static const Lifecycle table(SupportCaseState_descriptor(),
                               {
                                   {SUPPORT_CASE_STATE_OPEN, "claim", SUPPORT_CASE_STATE_OPEN},
                               });
  return table;
}

const Lifecycle& BenefitDecidingLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      BenefitClaimState_descriptor(),
      {
          {BENEFIT_CLAIM_STATE_REQUESTED, "find_eligible", BENEFIT_CLAIM_STATE_ELIGIBLE},
          {BENEFIT_CLAIM_STATE_REQUESTED, "find_ineligible", BENEFIT_CLAIM_STATE_INELIGIBLE},
          {BENEFIT_CLAIM_STATE_REQUESTED, "return", BENEFIT_CLAIM_STATE_INCOMPLETE},
          {BENEFIT_CLAIM_STATE_ELIGIBLE, "decline", BENEFIT_CLAIM_STATE_DECLINED},
      });
  return table;
}

const Lifecycle& BenefitClaimLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      BenefitClaimState_descriptor(),
      {
          {BENEFIT_CLAIM_STATE_INCOMPLETE, "complete", BENEFIT_CLAIM_STATE_REQUESTED},
          {BENEFIT_CLAIM_STATE_INELIGIBLE, "review", BENEFIT_CLAIM_STATE_ELIGIBLE},
          {BENEFIT_CLAIM_STATE_DECLINED, "review", BENEFIT_CLAIM_STATE_ELIGIBLE},
          {BENEFIT_CLAIM_STATE_ELIGIBLE, "approve", BENEFIT_CLAIM_STATE_APPROVED},
          {BENEFIT_CLAIM_STATE_APPROVED, "deliver", BENEFIT_CLAIM_STATE_SERVICE_DELIVERED},
          {BENEFIT_CLAIM_STATE_SERVICE_DELIVERED, "pay", BENEFIT_CLAIM_STATE_PAID},
          {BENEFIT_CLAIM_STATE_SERVICE_DELIVERED, "send_back", BENEFIT_CLAIM_STATE_APPROVED},
          {BENEFIT_CLAIM_STATE_REQUESTED, "cancel", BENEFIT_CLAIM_STATE_CANCELLED},
          {BENEFIT_CLAIM_STATE_INCOMPLETE, "cancel", BENEFIT_CLAIM_STATE_CANCELLED},
          {BENEFIT_CLAIM_STATE_ELIGIBLE, "cancel", BENEFIT_CLAIM_STATE_CANCELLED},
          {BENEFIT_CLAIM_STATE_APPROVED, "cancel", BENEFIT_CLAIM_STATE_CANCELLED},
      });
  return table;
}

const Lifecycle& BenefitPaymentLifecycle() {
  using namespace v1;
  static const Lifecycle table(
      BenefitPaymentState_descriptor(),
      {
          {BENEFIT_PAYMENT_STATE_DUE, "pay", BENEFIT_PAYMENT_STATE_PAID},
          {BENEFIT_PAYMENT_STATE_DUE, "send_back", BENEFIT_PAYMENT_STATE_CANCELLED},
          {BENEFIT_PAYMENT_STATE_PAID, "reverse", BENEFIT_PAYMENT_STATE_PAID},
          {BENEFIT_PAYMENT_STATE_REVERSAL_PROPOSED, "confirm", BENEFIT_PAYMENT_STATE_REVERSED},
          {BENEFIT_PAYMENT_STATE_REVERSAL_PROPOSED, "cancel", BENEFIT_PAYMENT_STATE_CANCELLED},
      });
  return table;
}

}  // namespace accord::supports
