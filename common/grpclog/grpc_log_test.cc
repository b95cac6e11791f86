#include "common/grpclog/grpc_log.h"

#include <gmock/gmock.h>
#include <grpc/support/log.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace accord {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

template <class Fn>
std::string Logged(Fn fn) {
  ::testing::internal::CaptureStderr();
  fn();
  return ::testing::internal::GetCapturedStderr();
}

TEST(GrpcLog, TellsWhereALineComesFromAndNotWhatItSays) {
  RouteGrpcLog();
  const std::string line = Logged([] { gpr_log(GPR_ERROR, "Could not parse %s", "CANARY"); });
  EXPECT_THAT(line, Not(HasSubstr("CANARY")));
  EXPECT_THAT(line, Not(HasSubstr("parse")));
  const auto fields = nlohmann::json::parse(line);
  EXPECT_EQ(fields["event"], "grpc");
  EXPECT_EQ(fields["severity"], "ERROR");
  EXPECT_EQ(fields["file"], "grpc_log_test.cc");
  EXPECT_TRUE(fields["line"].is_number());
}

TEST(GrpcLog, AFloodIsCounted) {
  RouteGrpcLog();
  const std::string lines = Logged([] {
    for (int i = 0; i < 1000; ++i) gpr_log(GPR_ERROR, "again");
  });
  // The flood may extend over two seconds or, on a loaded machine, over more.
  EXPECT_LT(std::count(lines.begin(), lines.end(), '\n'), 10 * kGrpcLinesPerSecond);
}

TEST(GrpcLog, AProgramForPeopleSaysNothingBelowAnError) {
  RouteGrpcErrors();
  EXPECT_EQ(Logged([] {
              gpr_log(GPR_INFO, "x");
              gpr_log(GPR_DEBUG, "x");
            }),
            "");
}

}  // namespace
}  // namespace accord
