#include "common/base/socket.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

namespace accord {
namespace {

TEST(ListeningSocket, IsReachedAtThePortThatTheKernelChose) {
  const Addresses found = ResolveAddress("127.0.0.1:0", AddressUse::kListen);
  ASSERT_TRUE(found != nullptr);
  const int listener = ListeningSocket(*found, 1, false);
  ASSERT_GE(listener, 0);
  const int port = PortOf(listener);
  ASSERT_GT(port, 0);
  const int peer = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port);
  EXPECT_EQ(::connect(peer, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(peer);
  ::close(listener);
}

TEST(ListeningSocket, LetsOthersInOnlyIfAllShareThePort) {
  for (const bool shared : {false, true}) {
    const Addresses any = ResolveAddress("127.0.0.1:0", AddressUse::kListen);
    ASSERT_TRUE(any != nullptr);
    const int first = ListeningSocket(*any, 1, shared);
    ASSERT_GE(first, 0);
    const Addresses same = ResolveAddress("127.0.0.1:" + std::to_string(PortOf(first)), AddressUse::kListen);
    ASSERT_TRUE(same != nullptr);
    const int second = ListeningSocket(*same, 1, shared);
    EXPECT_EQ(second >= 0, shared);
    if (second >= 0) ::close(second);
    ::close(first);
  }
}

TEST(Addresses, AreOfBothFamiliesAndOfAnyHost) {
  const Addresses six = ResolveAddress("[::1]:7400", AddressUse::kConnect);
  ASSERT_TRUE(six != nullptr);
  EXPECT_EQ(six->ai_family, AF_INET6);
  EXPECT_TRUE(ResolveAddress(":7400", AddressUse::kListen) != nullptr);
}

TEST(Addresses, AreNotMadeUp) {
  for (const char* nonsense : {"", "127.0.0.1", "nonsense", "127.0.0.1:x"}) {
    EXPECT_TRUE(ResolveAddress(nonsense, AddressUse::kConnect) == nullptr) << nonsense;
  }
}

TEST(Ports, AreNotOfWhatIsNoSocket) { EXPECT_EQ(PortOf(-1), 0); }

}  // namespace
}  // namespace accord
