#include "services/supports/lifecycles.h"

#include "common/testing/golden.h"

namespace accord::supports {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden(
      "services/supports/lifecycles.golden",
      {SupportCaseLifecycle().Table(), SupportReferringLifecycle().Table(), ConsentLifecycle().Table(),
       SupportReferralLifecycle().Table(), SupportWithdrawalLifecycle().Table(),
       SurvivorNoticeLifecycle().Table(), WorkerPositionLifecycle().Table()});
}

}  // namespace
}  // namespace accord::supports
