#include "services/gateway/admission/connection_ledger.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace accord::gateway {
namespace {

std::string Of(int family, const char* text) {
  sockaddr_storage peer{};
  peer.ss_family = static_cast<sa_family_t>(family);
  void* const address = family == AF_INET ? static_cast<void*>(&reinterpret_cast<sockaddr_in&>(peer).sin_addr)
                                          : &reinterpret_cast<sockaddr_in6&>(peer).sin6_addr;
  EXPECT_EQ(::inet_pton(family, text, address), 1) << text;
  return AddressOf(peer);
}

TEST(AddressOf, IsTheHostOfIPv4HoweverTheSocketWritesIt) {
  EXPECT_NE(Of(AF_INET, "192.0.2.1"), Of(AF_INET, "192.0.2.2"));
  EXPECT_NE(Of(AF_INET6, "::ffff:192.0.2.1"), Of(AF_INET6, "::ffff:192.0.2.2"));
  EXPECT_EQ(Of(AF_INET6, "::ffff:192.0.2.1"), Of(AF_INET, "192.0.2.1"));
}

TEST(AddressOf, IsTheNetworkOfIPv6) {
  EXPECT_EQ(Of(AF_INET6, "2001:db8:0:1::1"), Of(AF_INET6, "2001:db8:0:1:ffff::2"));
  EXPECT_NE(Of(AF_INET6, "2001:db8:0::1"), Of(AF_INET6, "2001:db8:1::1"));
}

TEST(AddressOf, IsOneForAllNetworksThatASiteMayHave) {
  EXPECT_EQ(Of(AF_INET6, "2001:db8:0:1::1"), Of(AF_INET6, "2001:db8:0:2::1"));
  EXPECT_EQ(Of(AF_INET6, "2001:db8:0::1"), Of(AF_INET6, "2001:db8:0:ffff::1"));
}

TEST(ConnectionLedger, GivesAnAgencyNoMoreFramesThanItHas) {
  const auto now = std::chrono::steady_clock::time_point(std::chrono::hours(1));
  ConnectionLedger ledger({.frames = 300, .frames_per_second = 10});
  EXPECT_EQ(ledger.TakeFrames("a", 200, now), 200);
  EXPECT_EQ(ledger.TakeFrames("a", 200, now), 100);
  EXPECT_EQ(ledger.TakeFrames("a", 200, now), 0);
  EXPECT_EQ(ledger.TakeFrames("b", 200, now), 200);
  EXPECT_EQ(ledger.TakeFrames("a", 200, now + std::chrono::seconds(5)), 50);
  ledger.GiveFrames("a", 1000);
  EXPECT_EQ(ledger.TakeFrames("a", 1000, now + std::chrono::seconds(5)), 300);
  EXPECT_EQ(ledger.TakeFrames("a", -1, now + std::chrono::seconds(6)), 0);
}

TEST(ConnectionLedger, TakesNothingFromAnAgencyBecauseALoopReadItsClockEarlier) {
  const auto now = std::chrono::steady_clock::time_point(std::chrono::hours(1));
  ConnectionLedger ledger({.frames = 300, .frames_per_second = 10});
  EXPECT_EQ(ledger.TakeFrames("a", 300, now), 300);
  EXPECT_EQ(ledger.TakeFrames("a", 200, now - std::chrono::seconds(1)), 0);
  EXPECT_EQ(ledger.TakeFrames("a", 200, now), 0);
  EXPECT_EQ(ledger.TakeFrames("a", 200, now + std::chrono::seconds(5)), 50);
}

}  // namespace
}  // namespace accord::gateway
