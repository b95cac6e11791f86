#include "services/protocols/lifecycles.h"

#include <algorithm>
#include <set>
#include <string>

#include "common/base/error.h"
#include "common/testing/golden.h"

namespace accord::protocols {
namespace {

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden(
      "services/protocols/lifecycles.golden",
      {ProtocolLifecycle().Table(), ReferralLifecycle().Table(), JointLifecycle().Table(),
       DisputeLifecycle().Table(), InspectionLifecycle().Table(), EmergencyLifecycle().Table(),
       AttachmentLifecycle().Table(), DuplicateLifecycle().Table()});
}

TEST(Lifecycles, WhatIsNotWrittenIsRefused) {
  for (const Lifecycle* table :
       {&ProtocolLifecycle(), &ReferralLifecycle(), &JointLifecycle(), &DisputeLifecycle(),
        &InspectionLifecycle(), &EmergencyLifecycle(), &AttachmentLifecycle(), &DuplicateLifecycle()}) {
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

// A signature, a withdrawal, and what was sent to another agency bind others as soon as they are there.
TEST(Lifecycles, WhatBindsOthersIsNeverUndone) {
  const std::set<std::string> binding = {"sign",   "activate",  "renew",    "withdraw", "terminate",
                                         "notice", "supersede", "redirect", "revoke",   "approve"};
  int looked_at = 0;
  for (const Lifecycle* table : {&ProtocolLifecycle(), &ReferralLifecycle(), &EmergencyLifecycle()}) {
    for (const Transition& step : table->Transitions()) {
      if (!binding.contains(step.event)) continue;
      EXPECT_FALSE(step.undoable) << step.event;
      ++looked_at;
    }
  }
  EXPECT_GT(looked_at, 10);
}

}  // namespace
}  // namespace accord::protocols
