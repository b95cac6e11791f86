#include "common/base/rules.h"

#include <gmock/gmock.h>

namespace accord::rules {
namespace {

TEST(FindRule, FindsEveryRuleByItsName) {
  EXPECT_EQ(FindRule("NOT_FOUND"), &kNotFound);
  // These are the first and the last rule by name.
  EXPECT_EQ(FindRule(kActorsTooMany.reason), &kActorsTooMany);
  EXPECT_EQ(FindRule(kYouthAccessUndated.reason), &kYouthAccessUndated);
}

TEST(FindRule, KnowsNoOtherName) {
  for (const char* name : {"", "NOT_FOUN", "NOT_FOUND_", "not_found", "A", "ZZZ"}) {
    EXPECT_EQ(FindRule(name), nullptr) << name;
  }
}

TEST(Rule, HasItsCodeAndATextInEachLanguage) {
  EXPECT_EQ(kDatabaseBusy.code, absl::StatusCode::kUnavailable);
  EXPECT_TRUE(kDatabaseBusy.retry);
  EXPECT_EQ(kNotFound.code, absl::StatusCode::kNotFound);
  EXPECT_FALSE(kNotFound.retry);
  EXPECT_EQ(kDatabaseBusy.en, "The database of the service is busy. Try again.");
  EXPECT_EQ(kDatabaseBusy.fr, "La base de données du service est occupée. Réessayez.");
}

}  // namespace
}  // namespace accord::rules
