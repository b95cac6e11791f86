#include "common/base/clock.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(Timestamps, RoundTripBeforeTheEpochToo) {
  const absl::Time at = absl::FromUnixMicros(-1);
  EXPECT_EQ(FromProto(ToProto(at)), at);
}

}  // namespace
}  // namespace accord
