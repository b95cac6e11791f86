#include "services/gateway/admission/byte_reservation.h"

#include <gmock/gmock.h>

#include "common/testing/matchers.h"

namespace accord::gateway {
namespace {

class Reservations : public ::testing::Test {
 protected:
  static constexpr int64_t kMost = 64 << 20;
  const ByteLimits limits_ = {.connection = kMost, .agency = kMost, .process = 8 << 20, .spared = 1 << 20};
  ByteCount process_{0}, busy_{0}, quiet_{0};
  // This makes a call of this agency, on a connection of its own.
  std::unique_ptr<ByteReservation> Of(ByteCount* agency) {
    auto reservation = std::make_unique<ByteReservation>(&limits_, &process_);
    reservation->Join(std::make_shared<ByteCount>(0), agency);
    return reservation;
  }
};

TEST_F(Reservations, OfAnAgencyThatHoldsLittleHaveRoomWhenOthersFillTheProcess) {
  const auto busy = Of(&busy_), more = Of(&busy_), quiet = Of(&quiet_);
  EXPECT_OK(busy->Set(limits_.process));
  EXPECT_THAT(more->Set(1), testing::RefusedBy(rules::kBytesOfProcess));
  EXPECT_OK(quiet->Set(limits_.spared));
  EXPECT_THAT(quiet->Set(limits_.spared + 1), testing::RefusedBy(rules::kBytesOfProcess));
  EXPECT_EQ(process_.load(), limits_.process + limits_.spared);
}

TEST_F(Reservations, AreGivenBackOnceAndWhole) {
  auto first = Of(&busy_);
  EXPECT_OK(first->Set(1000));
  EXPECT_OK(first->Set(400));
  EXPECT_EQ(busy_.load(), 400);
  first->Clear();
  first->Clear();
  EXPECT_EQ(busy_.load(), 0);
  EXPECT_OK(first->Set(50));
  first.reset();
  EXPECT_EQ(busy_.load(), 0);
  EXPECT_EQ(process_.load(), 0);
}

}  // namespace
}  // namespace accord::gateway
