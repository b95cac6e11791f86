#include "common/testing/walk_coverage.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/access/method.h"
#include "common/access/separation.h"

namespace accord::testing {
namespace {

// This gives changes as `accord.x.v1.XService.Method`.
std::set<std::string> Changes(bool of_records) {
  std::set<std::string> changes;
  for (const std::string& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.rule.mutates() || method.rule.part().of().empty() == of_records) continue;
      changes.insert(absl::StrCat(service, ".", method.descriptor->name()));
    }
  }
  return changes;
}

TEST(WalkTable, LeavesOutNoChangeOfARecord) {
  const std::set<std::string> walked = WalkedAnywhere();
  const std::set<std::string> changes = Changes(true);
  EXPECT_GT(changes.size(), 100u);
  for (const std::string& change : changes) {
    EXPECT_TRUE(walked.contains(change)) << change << " is walked by no test: see common/testing/walk.h";
  }
}

TEST(WalkTable, LeavesOutNoTwoActsThatAreTwoPeoples) {
  for (const Separation& each : Separations()) {
    EXPECT_TRUE(WalkedAnywhere().contains(absl::StrCat(kTwoPeople, ".", std::string(each.rule->reason))))
        << each.rule->reason << " is tried by no test: see common/testing/separation_walk.h";
  }
}

TEST(WalkTable, NamesNothingElse) {
  std::set<std::string> known = Changes(true);
  for (const Separation& each : Separations()) {
    known.insert(absl::StrCat(kTwoPeople, ".", std::string(each.rule->reason)));
  }
  for (const std::string& each : WalkedAnywhere()) EXPECT_TRUE(known.contains(each)) << each;
}

// A change that concerns nobody's record requires only a role.
TEST(WalkTable, NeedsNoLineForWhatIsNobodys) {
  for (const std::string& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.rule.mutates() || !method.rule.part().of().empty()) continue;
      ASSERT_EQ(method.rule.part().any_size(), 1) << method.path;
      EXPECT_EQ(method.rule.part().any(0), annotations::v1::PART_NOBODY) << method.path;
    }
  }
}

}  // namespace
}  // namespace accord::testing
