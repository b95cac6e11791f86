#include "services/supports/lifecycles.h"

#include <set>
#include <string>

#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "accord/supports/v1/worker_position_service.pb.h"
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
       SupportOfferLifecycle().Table(), SupportTransferLifecycle().Table(),
       SupportHandingOverLifecycle().Table(), SurvivorNoticeLifecycle().Table(),
       WorkerPositionLifecycle().Table(), SupportClaimingLifecycle().Table(),
       BenefitDecidingLifecycle().Table(), BenefitClaimLifecycle().Table(), BenefitPaymentLifecycle().Table(),
       OrderPreparingLifecycle().Table(), RestrainingOrderLifecycle().Table(),
       RestrainingOrderStepLifecycle().Table()});
}

std::set<std::string> WordsOf(const google::protobuf::EnumDescriptor* type) {
  std::set<std::string> words;
  for (int i = 1; i < type->value_count(); ++i) words.insert(ShortName(type, type->value(i)->number()));
  return words;
}

TEST(Lifecycles, TheWordsOfTheirEventsAreThoseThatPeopleSay) {
  EXPECT_EQ(WordsOf(v1::BenefitClaimEvent_descriptor()), BenefitDecidingLifecycle().Events());
  EXPECT_EQ(WordsOf(v1::RestrainingOrderEvent_descriptor()), RestrainingOrderLifecycle().Events());
  EXPECT_EQ(WordsOf(v1::SupportCaseEvent_descriptor()), SupportCaseLifecycle().Events());
  EXPECT_EQ(WordsOf(v1::SupportReferralEvent_descriptor()), SupportReferralLifecycle().Events());
  EXPECT_EQ(WordsOf(v1::WorkerPositionEvent_descriptor()), WorkerPositionLifecycle().Events());
}

}  // namespace
}  // namespace accord::supports
