#include "services/protocols/lifecycles.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/testing/golden.h"

namespace accord::protocols {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden("services/protocols/lifecycles.golden",
                        {ProtocolLifecycle().Table(), ReferralLifecycle().Table(), JointLifecycle().Table(),
                         DisputeLifecycle().Table(), InspectionLifecycle().Table(),
                         EmergencyLifecycle().Table(), AttachmentLifecycle().Table()});
}

TEST(Lifecycles, WhatIsNotWrittenIsRefused) {
  for (const Lifecycle* table :
       {&ProtocolLifecycle(), &ReferralLifecycle(), &JointLifecycle(), &DisputeLifecycle(),
        &InspectionLifecycle(), &EmergencyLifecycle(), &AttachmentLifecycle()}) {
    int possible = 0;
    for (int state : table->States()) {
      for (const std::string& event : table->Events()) {
        const auto next = table->Next(state, event);
        possible += next.ok();
        EXPECT_TRUE(next.ok() || RuleOf(next.status()) == "STATE_NOT_PERMITTED");
      }
    }
    const std::string text = table->Table();
    EXPECT_EQ(possible, std::count(text.begin(), text.end(), '\n'));
  }
}

}  // namespace
}  // namespace accord::protocols
