// This is what one agency, or somebody whose certificate is not active, may hold or cause, and that its
// neighbours do not feel it.
#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "common/testing/client_hello.h"
#include "services/gateway/testing/budget_fixture.h"

namespace accord::gateway {
namespace {

using ::testing::StartsWith;

TEST_F(Budget, ASecondMessageOfAUnaryCallReachesNobody) {
  Start();
  const auto peer = Peer();
  peer->SendRequest(1, kChange);
  peer->SendMessage(1, Message(), false);
  peer->SendMessage(1, Message(), true);
  EXPECT_EQ(RuleIn(peer->AwaitEnd(1)), "MESSAGE_SURPLUS");
  peer->SendRequest(3, kEcho);
  peer->SendFrame(NGHTTP2_DATA, NGHTTP2_FLAG_END_STREAM, 3, std::string("\1\0\0\0\2hi", 7));
  EXPECT_EQ(RuleIn(peer->AwaitEnd(3)), "COMPRESSION_NOT_SUPPORTED");
  EXPECT_EQ(echo_.started, 0);
}

TEST_F(Budget, OnlyGrpcIsGrpc) {
  Start();
  const auto rule = [&](const char* type) {
    const auto peer = Peer();
    peer->SendHeaders(1, {{":method", "POST"},
                          {":scheme", "https"},
                          {":path", kEcho},
                          {":authority", "localhost"},
                          {"content-type", type},
                          {"accord-actor", "officer-1"}});
    peer->SendMessage(1, Message());
    return RuleIn(peer->AwaitEnd(1));
  };
  for (const char* type : {"application/grpc", "application/grpc+proto", "application/grpc;charset=utf-8"}) {
    EXPECT_EQ(rule(type), "") << type;
  }
  for (const char* type :
       {"application/grpc-web+proto", "application/grpc+json", "application/grpcfoo", ""}) {
    EXPECT_EQ(rule(type), "CONTENT_TYPE_UNKNOWN") << type;
  }
}

TEST_F(Budget, AnswersAdmitOnlyMessagesAsTheyAre) {
  Start();
  const auto peer = Peer();
  peer->SendRequest(1, kEcho, {{"grpc-encoding", "gzip"}});
  const auto end = peer->AwaitEnd(1);
  EXPECT_EQ(RuleIn(end), "COMPRESSION_NOT_SUPPORTED");
  ASSERT_NE(FindHeader(end.trailers, "grpc-accept-encoding"), nullptr);
  EXPECT_EQ(*FindHeader(end.trailers, "grpc-accept-encoding"), "identity");
}

TEST_F(Budget, UnreadAnswersAreHeldWithinBudgetAndNotForEver) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_agency_bytes(3 << 20);
    config->mutable_limits()->set_max_deadline_ms(1500);
  });
  const auto peer = Peer();
  // The peer opens a window of nothing: whatever is answered stays.
  peer->SendFrame(NGHTTP2_SETTINGS, 0, 0, std::string("\0\4\0\0\0\0", 6));
  constexpr int kStreams = 12;
  for (int i = 0; i < kStreams; ++i) {
    peer->SendRequest(2 * i + 1, kEcho);
    peer->SendMessage(2 * i + 1, Message([](Echo* request) { request->set_response_bytes(1 << 20); }));
  }
  int refused = 0, broken = 0;
  for (int i = 0; i < kStreams; ++i) {
    const std::string rule = RuleIn(peer->AwaitEnd(2 * i + 1));
    refused += rule == "BYTES_OF_AGENCY" ? 1 : 0;
    broken += rule == "CLOSED_8" ? 1 : 0;
  }
  EXPECT_GE(refused, kStreams - 3);
  EXPECT_GE(broken, 1);
  EXPECT_EQ(refused + broken, kStreams);
  EXPECT_TRUE(NothingOpen());
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Budget, AllThatWaitsForTheReaderOfAStreamCounts) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_agency_bytes(140 << 10); });
  const auto peer = Peer();
  peer->SendRequest(1, kExpand);
  peer->SendMessage(1, Message([](Echo* request) {
                      request->set_response_bytes(16 << 10);
                      request->set_count(100);
                    }),
                    false);
  // The window that a stream begins with is never opened again: what is beyond it waits here.
  EXPECT_TRUE(peer->AwaitEnd(1).closed);
  EXPECT_EQ(audit_.records().back().rule(), "BYTES_OF_AGENCY");
  EXPECT_TRUE(NothingOpen());
}

TEST_F(Budget, ARevokedCertificateIsToldOnceAndClosed) {
  Start();
  Revoke();
  ASSERT_TRUE(Eventually([&] { return RuleOfRequest(kEcho, {}) == "CERTIFICATE_REVOKED"; }));
  const auto peer = Peer();
  for (int32_t stream = 1; stream < 200; stream += 2) peer->SendRequest(stream, kEcho);
  EXPECT_EQ(RuleIn(peer->AwaitEnd(1)), "CERTIFICATE_REVOKED");
  EXPECT_THAT(RuleIn(peer->AwaitEnd(3)), StartsWith("CLOSED_"));
  EXPECT_TRUE(peer->AwaitClose());
  // A peer that says nothing is closed too.
  EXPECT_TRUE(Peer()->AwaitClose());
}

TEST_F(Budget, BareConnectionsMakeWayForWhoShakesHands) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_max_handshakes(20); });
  std::vector<int> bare;
  for (int i = 0; i < 300; ++i) bare.push_back(Bare());
  EXPECT_EQ(Call(kEcho), "");
  for (const int fd : bare) ::close(fd);
}

TEST_F(Budget, AnAddressWithManyBareConnectionsMakesWayBeforeOneWithFew) {
  Start([](v1::GatewayConfig* config) {
    config->set_loops(1);
    config->mutable_limits()->set_max_handshakes(20);
  });
  const int few = Bare("127.0.0.3");
  std::vector<int> many;
  for (int i = 0; i < 100; ++i) many.push_back(Bare("127.0.0.2"));
  // Whoever comes after them is answered when they have all come.
  EXPECT_EQ(Call(kEcho), "");
  char byte = 0;
  EXPECT_EQ(::recv(few, &byte, 1, MSG_DONTWAIT), -1) << "it is closed";
  EXPECT_EQ(::recv(many[0], &byte, 1, 0), 0) << "it is open";
  for (const int fd : many) ::close(fd);
  ::close(few);
}

TEST_F(Budget, WhoSaysNothingDoesNotDriveOutWhoGreets) {
  Start([](v1::GatewayConfig* config) {
    config->set_loops(1);
    config->mutable_limits()->set_max_handshakes(20);
  });
  const int greets = Bare();
  const std::string words = accord::testing::ClientHello("X25519");
  ASSERT_EQ(::send(greets, words.data(), words.size(), 0), static_cast<ssize_t>(words.size()));
  // Once it was understood it is answered.
  pollfd told{.fd = greets, .events = POLLIN, .revents = 0};
  ASSERT_EQ(::poll(&told, 1, 5000), 1);
  std::vector<int> silent;
  for (int i = 0; i < 100; ++i) silent.push_back(Bare());
  EXPECT_EQ(Call(kEcho), "");
  std::string answer(64 * 1024, 0);
  EXPECT_GT(::recv(greets, answer.data(), answer.size(), 0), 0);
  EXPECT_EQ(::recv(greets, answer.data(), answer.size(), MSG_DONTWAIT), -1) << "it is closed";
  for (const int fd : silent) ::close(fd);
  ::close(greets);
}

TEST_F(Budget, ManyWhoGreetAndGoNoFurtherLeaveRoomForWhoComesAfterThem) {
  Start([](v1::GatewayConfig* config) {
    config->set_loops(1);
    config->mutable_limits()->set_max_handshakes(40);
  });
  std::vector<int> crowd;
  const std::string words = accord::testing::ClientHello("X25519");
  for (int i = 0; i < 60; ++i) {
    crowd.push_back(Bare());
    ASSERT_EQ(::send(crowd.back(), words.data(), words.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(words.size()));
    pollfd told{.fd = crowd.back(), .events = POLLIN, .revents = 0};
    ASSERT_EQ(::poll(&told, 1, 5000), 1);
  }
  // He has said nothing yet when others come after him.
  const int late = Bare();
  for (int i = 0; i < 10; ++i) crowd.push_back(Bare());
  EXPECT_EQ(Call(kEcho), "");
  ASSERT_EQ(::send(late, words.data(), words.size(), MSG_NOSIGNAL), static_cast<ssize_t>(words.size()));
  char answer = 0;
  EXPECT_EQ(::recv(late, &answer, 1, 0), 1) << "it is closed";
  for (const int fd : crowd) ::close(fd);
  ::close(late);
}

TEST_F(Budget, WhoGreetsWaitsForNoCrowdOfAnotherAddress) {
  Start([](v1::GatewayConfig* config) { config->set_loops(1); });
  const std::string words = accord::testing::ClientHello("P-384");
  const auto greet = [&](int fd) { (void)!::send(fd, words.data(), words.size(), MSG_NOSIGNAL); };
  const auto is_answered = [](int fd) {
    char first = 0;
    return ::recv(fd, &first, 1, MSG_DONTWAIT | MSG_PEEK) == 1;
  };
  // In the order in which they came, all of the crowd would be answered before the newcomer, every time. How
  // soon this thread goes on when the newcomer is answered is the machine's affair, so that it may try again.
  EXPECT_TRUE(Eventually([&] {
    std::vector<int> crowd;
    for (int i = 0; i < 60; ++i) crowd.push_back(Bare("127.0.0.2"));
    const int newcomer = Bare();
    // Whoever shakes hands now was let in after all of them.
    (void)Peer();
    for (const int fd : crowd) greet(fd);
    greet(newcomer);
    pollfd told{.fd = newcomer, .events = POLLIN, .revents = 0};
    EXPECT_EQ(::poll(&told, 1, 5000), 1);
    const auto before = std::count_if(crowd.begin(), crowd.end(), is_answered);
    EXPECT_TRUE(is_answered(newcomer));
    for (const int fd : crowd) ::close(fd);
    ::close(newcomer);
    return before < 30;
  }));
}

TEST_F(Budget, WithoutADescriptorToSpareALoopRestsUntilThereIsOne) {
  Start([](v1::GatewayConfig* config) { config->set_loops(1); });
  EXPECT_EQ(Call(kEcho), "");
  const int late = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  // Every descriptor below the lowest free one is in use, so that none is left.
  const int lowest = ::dup(late);
  ::close(lowest);
  rlimit none = before;
  none.rlim_cur = static_cast<rlim_t>(lowest);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  const double began = CpuSeconds();
  const sockaddr_in address = Loopback(gateway_->port());
  EXPECT_EQ(::connect(late, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  // Nobody takes it in, and nobody may be busy with not doing so.
  pollfd said{.fd = late, .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&said, 1, 500), 0);
  const double used = CpuSeconds() - began;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_LT(used, 0.25);
  ::close(late);
  channel_.reset();
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Budget, AnAgencyHasSoManyConnectionsAndNoMore) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_agency_connections(3); });
  std::vector<std::unique_ptr<RawPeer>> peers;
  for (int i = 0; i < 4; ++i) {
    peers.push_back(Peer());
    peers.back()->SendRequest(1, kEcho);
    peers.back()->SendMessage(1, Message());
    EXPECT_EQ(RuleIn(peers.back()->AwaitEnd(1)), i < 3 ? "" : "CONNECTIONS_OF_AGENCY");
  }
  peers.clear();
  EXPECT_TRUE(Eventually([&] { return RuleOfRequest(kEcho, {}).empty(); }));
}

TEST_F(Budget, AHeaderBlockThatNeverEndsClosesItsConnection) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_header_block_ms(100); });
  // Without its end, within its frame, and after a block that was refused the connection stays.
  // What the gateway begins with is answered first: within a block nothing else may be said.
  const auto greeted = [&] {
    auto peer = Peer();
    while (peer->Next().type != NGHTTP2_WINDOW_UPDATE) {
    }
    return peer;
  };
  const auto open = greeted();
  open->SendFrame(NGHTTP2_HEADERS, 0, 1, "");
  EXPECT_TRUE(open->AwaitClose());
  const auto within = greeted();
  within->SendBytes(std::string("\0\0\x64\1\4\0\0\0\1\x88", 10));
  EXPECT_TRUE(within->AwaitClose());
  const auto refused = Peer();
  refused->SendRequest(1, kEcho, {{"Capital", "x"}});
  EXPECT_TRUE(refused->AwaitEnd(1).closed);
  EXPECT_TRUE(Eventually([&] { return gateway_->open_calls() == 0; }));
  refused->SendRequest(3, kEcho);
  refused->SendMessage(3, Message());
  EXPECT_EQ(RuleIn(refused->AwaitEnd(3)), "");
}

TEST_F(Budget, FramesThatDoNothingAreCutOffAndCallsAreNot) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_frame_burst(200);
    config->mutable_limits()->set_frames_per_second(1);
  });
  const std::vector<std::string> idle = {std::string("\0\0\4\x8\0\0\0\0\0\0\0\0\1", 13),
                                         std::string("\0\0\1\x63\0\0\0\0\0x", 10),
                                         std::string("\0\0\5\2\0\0\0\0\1\0\0\0\0\1", 14)};
  for (const std::string& frame : idle) {
    const auto peer = Peer();
    peer->SendRequest(1, kChat);
    for (int i = 0; i < 1000 && !peer->closed(); ++i) peer->SendBytes(frame);
    EXPECT_EQ(peer->AwaitGoAway(), NGHTTP2_ENHANCE_YOUR_CALM) << static_cast<int>(frame[3]);
  }
  const auto empty = Peer();
  empty->SendRequest(1, kChat);
  for (int i = 0; i < 1000 && !empty->closed(); ++i) empty->SendFrame(NGHTTP2_DATA, 0, 1, "");
  EXPECT_EQ(empty->AwaitGoAway(), NGHTTP2_ENHANCE_YOUR_CALM);
  const auto busy = Peer();
  for (int32_t stream = 1; stream < 1000; stream += 2) {
    busy->SendRequest(stream, kEcho);
    busy->SendMessage(stream, Message());
    ASSERT_EQ(RuleIn(busy->AwaitEnd(stream)), "");
  }
}

TEST_F(Budget, ASilentAgencyIsAskedAndClosed) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_agency_ping_ms(100); });
  const auto peer = Peer();
  // Its own reader answers PINGs only when it reads: from here on it does not.
  peer->SendRequest(1, kChat);
  EXPECT_TRUE(Eventually([&] { return gateway_->open_calls() == 1; }));
  EXPECT_TRUE(Eventually([&] { return gateway_->open_calls() == 0; }));
}

TEST_F(Budget, AnAgencyOfWhichOnlyPiecesOfARecordComeIsSilent) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_agency_ping_ms(100); });
  const auto peer = Peer();
  peer->SendRequest(1, kChat);
  ASSERT_TRUE(Eventually([&] { return gateway_->open_calls() == 1; }));
  // A record of 16 KiB is announced, of which a byte comes now and then.
  peer->SendUnsealed(std::string("\x17\x03\x03\x40\0", 5));
  EXPECT_TRUE(Eventually([&] {
    peer->SendUnsealed("x");
    return gateway_->open_calls() == 0;
  }));
}

TEST_F(Budget, AConnectionToAServiceIsReplacedBeforeItsStreamNumbersRunOut) {
  Start();
  EXPECT_EQ(Call(kEcho), "");
  EXPECT_EQ(echo_.connections(), 1u);
  gateway_->Age("echo", (1 << 30) + 1);
  int failed = 0;
  EXPECT_TRUE(Eventually([&] {
    failed += Call(kEcho).empty() ? 0 : 1;
    return echo_.connections() == 2;
  }));
  EXPECT_EQ(failed, 0);
}

TEST_F(Budget, HealthIsForThoseWhoMayCallAndOfOneServiceOrTheGateway) {
  Start();
  EXPECT_EQ(Health(""), "SERVING");
  EXPECT_EQ(Health("accord.testing.v1.EchoService"), "SERVING");
  EXPECT_EQ(Health("accord.testing.v1.NoService"), "SERVICE_UNKNOWN");
  StopServer("echo");
  EXPECT_TRUE(Eventually([&] { return Health("accord.testing.v1.EchoService") == "NOT_SERVING"; }));
  EXPECT_EQ(Health(""), "SERVING");
  // The gateway's own certificate is what a probe beside it has.
  const TestCertificate ours = std::exchange(client_, pki_.FromAgencyCa("stranger", {}));
  EXPECT_EQ(Health(""), "CERTIFICATE_IDENTITY");
  client_ = ours;
  Revoke();
  EXPECT_TRUE(Eventually([&] { return Health("") == "CERTIFICATE_REVOKED"; }));
}

}  // namespace
}  // namespace accord::gateway
