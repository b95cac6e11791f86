#include "common/base/field_refusal.h"

#include <gmock/gmock.h>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "google/rpc/error_details.pb.h"

namespace accord {
namespace {

TEST(DaysInOrder, AreTakenAndOthersAreRefusedByTheLaterField) {
  EXPECT_TRUE(CheckDaysInOrder("from", "2026-01-01", "to", "2026-01-01").ok());
  EXPECT_TRUE(CheckDaysInOrder("from", "", "to", "2026-01-01").ok());
  EXPECT_TRUE(CheckDaysInOrder("from", "2026-01-01", "to", "").ok());
  const absl::Status refused = CheckDaysInOrder("offering.from", "2026-01-02", "offering.to", "2026-01-01");
  EXPECT_EQ(RuleOf(refused), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(refused.message(), "offering.to must not come before offering.from.");
  google::rpc::BadRequest bad;
  const auto payload = refused.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  ASSERT_TRUE(payload && bad.ParseFromString(std::string(*payload)));
  EXPECT_EQ(bad.field_violations(0).field(), "offering.to");
  EXPECT_EQ(CheckDaysInOrder("from", "2026-01-01", "to", "2026-01-01", /*equal=*/false).message(),
            "to must come after from.");
}

absl::Time AtMoment(const char* text) {
  absl::Time at;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &at, &error)) << error;
  return at;
}

TEST(ADayThatHasNotCome, IsRefusedWithItsFieldAndTheDayInOntario) {
  // It is the next day in UTC already, and still the 29th in Ontario.
  const absl::CivilDay today = OntarioDay(AtMoment("2026-11-30T03:00:00Z"));
  EXPECT_TRUE(CheckDayHasCome("occurred_on", "", today).ok());
  EXPECT_TRUE(CheckDayHasCome("occurred_on", "2026-11-29", today).ok());
  const absl::Status refused = CheckDayHasCome("occurred_on", "2026-11-30", today);
  EXPECT_EQ(RuleOf(refused), "EVENT_IN_FUTURE");
  EXPECT_EQ(refused.message(), "occurred_on is 2026-11-30, and in Ontario it is 2026-11-29 today.");
  google::rpc::BadRequest bad;
  const auto payload = refused.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  ASSERT_TRUE(payload && bad.ParseFromString(std::string(*payload)));
  EXPECT_EQ(bad.field_violations(0).field(), "occurred_on");
  EXPECT_EQ(RuleOf(CheckDayHasCome("declined_on", "2026-12-01", today, rules::kDeclineInFuture)),
            "DECLINE_IN_FUTURE");
  EXPECT_TRUE(CheckPersonalDayHasCome("birth_date", "2026-11-29", today).ok());
  EXPECT_EQ(CheckPersonalDayHasCome("birth_date", "2027-03-05", today).message(),
            "birth_date is a day that has not come, and in Ontario it is 2026-11-29 today.");
}

TEST(AMomentThatHasNotCome, IsRefusedWithItsFieldAndTheTimeInOntario) {
  const absl::Time now = AtMoment("2026-11-30T03:00:00Z");
  EXPECT_TRUE(CheckMomentHasCome("happened_at", now, now).ok());
  const absl::Status refused = CheckMomentHasCome("happened_at", now + absl::Minutes(90), now);
  EXPECT_EQ(RuleOf(refused), "EVENT_IN_FUTURE");
  EXPECT_EQ(refused.message(),
            "happened_at is 2026-11-29 23:30:00 EST, and in Ontario it is 2026-11-29 22:00:00 EST now.");
}

}  // namespace
}  // namespace accord
