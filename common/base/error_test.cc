#include "common/base/error.h"

#include <gmock/gmock.h>

namespace accord {
namespace {

TEST(Refuse, NamesItsRuleAndSurvivesTheWire) {
  const absl::Status refused =
      WithRetryAfter(Refuse(rules::kQuotaCalls, "Slow down."), absl::Milliseconds(1500));
  const absl::Status read =
      FromStatusDetails(static_cast<int>(refused.code()), "Slow down.", StatusDetails(refused));
  EXPECT_EQ(read, refused);
  EXPECT_EQ(RuleOf(read), "QUOTA_CALLS");
}

TEST(Refuse, HasTheCodeOfItsRule) {
  EXPECT_EQ(Refuse(rules::kQuotaCalls, "Slow down.").code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Refuse(rules::kEtagMismatch, "Read it again.").code(), absl::StatusCode::kAborted);
}

TEST(Reword, KeepsTheCodeAndTheRuleAlone) {
  const absl::Status reworded =
      Reword(RefuseFields({{"parent", "is required"}}), "a.json: parent is required");
  EXPECT_EQ(reworded, Refuse(rules::kFieldInvalid, "a.json: parent is required"));
  EXPECT_EQ(RuleOf(Reword(absl::InternalError("lost"), "a.json is lost")), "");
}

TEST(Refuse, EqualRefusalsAreEqualBytes) { EXPECT_EQ(StatusDetails(NotFound()), StatusDetails(NotFound())); }

TEST(RefuseFields, NamesEveryField) {
  const absl::Status status = RefuseFields({{"parent", "is required"}, {"etag", "is required"}});
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("parent is required; etag is required."));
}

}  // namespace
}  // namespace accord
