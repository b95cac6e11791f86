#include "common/base/error.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

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
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("parent is required; etag is required."));
}

TEST(RefuseFields, EndsAQuestionAsOne) {
  const absl::Status status = RefuseFields({{"kind", "is unknown; did you mean missing_youth?"}});
  EXPECT_EQ(std::string(status.message()),
            "The request is not valid: kind is unknown; did you mean missing_youth?");
}

TEST(RefuseFields, SaysOfManyFieldsWhatAClientTakes) {
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 1000; ++i)
    many.emplace_back("referral.indicators[" + std::to_string(i) + "]", "is empty");
  const absl::Status status = RefuseFields(many);
  const std::string message(status.message());
  EXPECT_THAT(message, ::testing::StartsWith("The request is not valid: referral.indicators[0] is empty;"));
  EXPECT_THAT(message, ::testing::ContainsRegex("; and 9[0-9]+ more\\.$"));
  EXPECT_LT(message.size() + StatusDetails(status).size() * 4 / 3, 7000u);
}

}  // namespace
}  // namespace accord
