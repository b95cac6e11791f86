#include "common/base/field_refusal.h"

#include <gmock/gmock.h>

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

}  // namespace
}  // namespace accord
