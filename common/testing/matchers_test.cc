#include "common/testing/matchers.h"

#include <grpcpp/support/status.h>
#include <gtest/gtest-spi.h>

#include <memory>

namespace accord::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

absl::Status Slow() { return Refuse(rules::kQuotaCalls, "Slow down."); }

template <class M>
std::string Explanation(const M& matcher, const absl::Status& status) {
  ::testing::StringMatchResultListener listener;
  EXPECT_FALSE(::testing::ExplainMatchResult(matcher, status, &listener));
  return listener.str();
}

TEST(RefusedBy, TakesTheRuleAloneAndNoOtherError) {
  EXPECT_THAT(Slow(), RefusedBy("QUOTA_CALLS"));
  EXPECT_THAT(Slow(), RefusedBy("QUOTA_CALLS", absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(Slow(), Not(RefusedBy("QUOTA_CALLS", absl::StatusCode::kUnavailable)));
  EXPECT_THAT(Slow(), Not(RefusedBy("QUOTA_OPEN_CALLS")));
  EXPECT_THAT(absl::OkStatus(), Not(RefusedBy("")));
  EXPECT_THAT(absl::InternalError("lost"), Not(RefusedBy("QUOTA_CALLS")));
}

TEST(RefusedBy, TakesARuleWithItsOwnCode) {
  EXPECT_THAT(Slow(), RefusedBy(rules::kQuotaCalls));
  EXPECT_THAT(Slow(), Not(RefusedBy(rules::kQuotaOpenCalls)));
  const absl::Status otherwise = FromStatusDetails(static_cast<int>(absl::StatusCode::kUnavailable),
                                                   "Slow down.", StatusDetails(Slow()));
  EXPECT_THAT(otherwise, Not(RefusedBy(rules::kQuotaCalls)));
}

TEST(RefusedBy, ReadsWhatAClientOfGrpcReads) {
  const grpc::Status refused(grpc::StatusCode::RESOURCE_EXHAUSTED, "Slow down.", StatusDetails(Slow()));
  EXPECT_THAT(refused, RefusedBy("QUOTA_CALLS", absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(refused, Not(IsOk()));
  EXPECT_THAT(grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "Slow down."),
              Not(RefusedBy("QUOTA_CALLS")));
  EXPECT_OK(grpc::Status());
}

TEST(RefusedBy, TellsWhatRefusedInstead) {
  EXPECT_THAT(Explanation(RefusedBy("QUOTA_OPEN_CALLS"), Slow()),
              HasSubstr("RESOURCE_EXHAUSTED by QUOTA_CALLS: Slow down."));
  EXPECT_THAT(Explanation(IsOk(), absl::InternalError("lost")), HasSubstr("INTERNAL by no rule: lost"));
}

TEST(FailsWith, TakesTheCodeAndAPartOfTheMessage) {
  EXPECT_THAT(absl::InternalError("the file is lost"), FailsWith(absl::StatusCode::kInternal, "is lost"));
  EXPECT_THAT(absl::InternalError("the file is lost"),
              Not(FailsWith(absl::StatusCode::kInternal, "is late")));
  EXPECT_THAT(absl::InternalError("the file is lost"), Not(FailsWith(absl::StatusCode::kUnknown, "is lost")));
}

TEST(RuleOrError, IsEmptyOnlyIfAllWentWell) {
  EXPECT_EQ(RuleOrError(absl::OkStatus()), "");
  EXPECT_EQ(RuleOrError(Slow()), "QUOTA_CALLS");
  EXPECT_EQ(RuleOrError(absl::InternalError("lost")), "INTERNAL by no rule: lost");
}

TEST(AssertOkAndAssign, HandsOverWhatOnlyMoves) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<int> one,
                       absl::StatusOr<std::unique_ptr<int>>(std::make_unique<int>(1)));
  EXPECT_EQ(*one, 1);
}

TEST(Must, AnswersOrFailsAtItsLineAndEndsTheTest) {
  EXPECT_EQ(Must(absl::StatusOr<int>(7)), 7);
  ::testing::TestPartResultArray failures;
  bool ended = false;
  int line = 0;
  {
    const ::testing::ScopedFakeTestPartResultReporter held(
        ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
    try {
      line = __LINE__ + 1;
      Must(absl::StatusOr<int>(Slow()));
    } catch (const ::testing::AssertionException&) {
      ended = true;
    }
  }
  EXPECT_TRUE(ended);
  ASSERT_EQ(failures.size(), 1);
  const ::testing::TestPartResult& failure = failures.GetTestPartResult(0);
  EXPECT_TRUE(failure.fatally_failed());
  EXPECT_EQ(failure.line_number(), line);
  EXPECT_THAT(failure.message(), HasSubstr("QUOTA_CALLS"));
}

}  // namespace
}  // namespace accord::testing
