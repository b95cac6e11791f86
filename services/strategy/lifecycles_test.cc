#include "services/strategy/lifecycles.h"

#include "common/testing/golden.h"

namespace accord::strategy {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden(
      "services/strategy/lifecycles.golden",
      {InitiativeLifecycle().Table(), LegislativeLifecycle().Table(), IndicatorLifecycle().Table(),
       ObservationLifecycle().Table(), AllocationLifecycle().Table(), ContributionLifecycle().Table(),
       FundingCallLifecycle().Table(), FundingApplicationLifecycle().Table(),
       ConflictDeclarationLifecycle().Table(), FundingAssessmentLifecycle().Table(),
       FundingAgreementLifecycle().Table(), PaymentLifecycle().Table()});
}

}  // namespace
}  // namespace accord::strategy
