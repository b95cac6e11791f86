// A thread applies one law from the beginning of its work to the end.
#include "common/base/law_in_force.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace accord {
namespace {

using TextLaw = LawInForce<std::string>;

TEST(LawInForce, IsWhatWasTakenUpLastAndWhatWasReplacedLivesOn) {
  TextLaw law("first");
  const LawNow<std::string> now = &law;
  const std::string& first = *now;
  law.Take("second");
  EXPECT_EQ(*now, "second");
  EXPECT_EQ(now->size(), 6u);
  EXPECT_EQ(first, "first") << "a call may still look into it";
}

TEST(LawInForce, StaysTheSameForAThreadThatHasPinnedIt) {
  TextLaw law("first"), other("other");
  {
    const auto pinned = law.Pin();
    law.Take("second");
    other.Take("another");
    EXPECT_EQ(law.now(), "first");
    EXPECT_EQ(other.now(), "another") << "nobody pinned that one";
    std::string seen;
    std::thread([&] { seen = law.now(); }).join();
    EXPECT_EQ(seen, "second") << "of another thread";
    const std::string proposed = "proposed";
    {
      const PinnedLaw inner(&law, &proposed);
      EXPECT_EQ(law.now(), "proposed");
      const auto again = law.Pin();
      EXPECT_EQ(law.now(), "proposed") << "what a thread goes by is what it pins";
    }
    EXPECT_EQ(law.now(), "first");
  }
  EXPECT_EQ(law.now(), "second");
}

}  // namespace
}  // namespace accord
