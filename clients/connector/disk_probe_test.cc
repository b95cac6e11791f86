// These tests are about how often the disk is tried, and what is told meanwhile.
#include "clients/connector/disk_probe.h"

#include <gtest/gtest.h>

namespace accord::connector {
namespace {

class DiskProbeTest : public ::testing::Test {
 protected:
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  int tries_ = 0;
  absl::Status outcome_;
  DiskProbe probe_{"folder", std::chrono::seconds(5), clock_, [this](const std::string&) {
                     ++tries_;
                     return outcome_;
                   }};
};

TEST_F(DiskProbeTest, TriesTheDiskOnceInEachPauseHoweverManyAsk) {
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(probe_.Takes().ok());
  EXPECT_EQ(tries_, 1);
  clock_.Advance(absl::Milliseconds(4999));
  EXPECT_TRUE(probe_.Takes().ok());
  EXPECT_EQ(tries_, 1);
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_TRUE(probe_.Takes().ok());
  EXPECT_EQ(tries_, 2);
}

TEST_F(DiskProbeTest, TellsAFullDiskAndThatItIsWellAgainAfterAPause) {
  EXPECT_TRUE(probe_.Takes().ok());
  outcome_ = absl::FailedPreconditionError("it is full");
  EXPECT_TRUE(probe_.Takes().ok());
  clock_.Advance(absl::Seconds(5));
  EXPECT_FALSE(probe_.Takes().ok());
  outcome_ = absl::OkStatus();
  EXPECT_FALSE(probe_.Takes().ok());
  clock_.Advance(absl::Seconds(5));
  EXPECT_TRUE(probe_.Takes().ok());
}

TEST_F(DiskProbeTest, TriesAgainAfterAClockWasSetBack) {
  EXPECT_TRUE(probe_.Takes().ok());
  clock_.Advance(-absl::Hours(1));
  EXPECT_TRUE(probe_.Takes().ok());
  EXPECT_EQ(tries_, 2);
}

}  // namespace
}  // namespace accord::connector
