#include "services/supports/lifecycles.h"

#include <set>
#include <string>

#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "common/access/names.h"
#include "common/testing/golden.h"
#include "services/supports/benefits/benefit_lifecycles.h"

namespace accord::supports {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden(
      "services/supports/lifecycles.golden",
      {SupportCaseLifecycle().Table(), SupportReferringLifecycle().Table(), ConsentLifecycle().Table(),
       SupportReferralLifecycle().Table(), SupportWithdrawalLifecycle().Table(),
       SurvivorNoticeLifecycle().Table(), WorkerPositionLifecycle().Table(),
       SupportClaimingLifecycle().Table(), BenefitDecidingLifecycle().Table(),
       BenefitClaimLifecycle().Table(), BenefitPaymentLifecycle().Table(), OrderPreparingLifecycle().Table(),
       RestrainingOrderLifecycle().Table(), RestrainingOrderStepLifecycle().Table()});
}

TEST(Lifecycles, TheEventsOfADecisionAreTheWordsThatTheRequestTakes) {
  std::set<std::string> words;
  const auto* events = v1::BenefitClaimEvent_descriptor();
  for (int i = 1; i < events->value_count(); ++i) {
    words.insert(ShortName(events, events->value(i)->number()));
  }
  EXPECT_EQ(words, BenefitDecidingLifecycle().Events());
}

TEST(Lifecycles, TheWordsOfAnOrdersEventsAreThoseThatPeopleSay) {
  std::set<std::string> words;
  const auto* type = v1::RestrainingOrderEvent_descriptor();
  for (int i = 1; i < type->value_count(); ++i) words.insert(ShortName(type, type->value(i)->number()));
  EXPECT_EQ(words, RestrainingOrderLifecycle().Events());
}

}  // namespace
}  // namespace accord::supports
