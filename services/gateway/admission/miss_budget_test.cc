#include "services/gateway/admission/miss_budget.h"

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "common/testing/matchers.h"

namespace accord::gateway {
namespace {

using std::chrono::seconds;
using testing::RefusedBy;

constexpr auto kBegin = MissBudget::Time(std::chrono::hours(1));

void MissOften(MissBudget* misses, const std::string& agency, int times, MissBudget::Time now) {
  for (int i = 0; i < times; ++i) misses->Count(agency, now);
}

TEST(MissBudget, ACoupleOfMistypedNamesCostNothing) {
  MissBudget misses(30);
  EXPECT_OK(misses.Check("cas-york", kBegin));
  MissOften(&misses, "cas-york", 29, kBegin);
  EXPECT_OK(misses.Check("cas-york", kBegin));
}

TEST(MissBudget, WhoTriesNamesNamesNobodyForAWhileAndThenOneAgain) {
  MissBudget misses(30);
  MissOften(&misses, "cas-york", 30, kBegin);
  EXPECT_THAT(misses.Check("cas-york", kBegin), RefusedBy(rules::kQuotaMisses));
  EXPECT_THAT(misses.Check("cas-york", kBegin + seconds(1)), RefusedBy(rules::kQuotaMisses));
  EXPECT_OK(misses.Check("cas-york", kBegin + seconds(3)));
  misses.Count("cas-york", kBegin + seconds(3));
  EXPECT_THAT(misses.Check("cas-york", kBegin + seconds(3)), RefusedBy(rules::kQuotaMisses));
}

TEST(MissBudget, SavesUpNoMoreThanAMinutes) {
  MissBudget misses(30);
  misses.Count("cas-york", kBegin);
  const auto later = kBegin + std::chrono::hours(1);
  MissOften(&misses, "cas-york", 30, later);
  EXPECT_THAT(misses.Check("cas-york", later), RefusedBy(rules::kQuotaMisses));
}

TEST(MissBudget, NobodyPaysForAnother) {
  MissBudget misses(30);
  MissOften(&misses, "cas-york", 40, kBegin);
  EXPECT_OK(misses.Check("ps-york", kBegin));
}

}  // namespace
}  // namespace accord::gateway
