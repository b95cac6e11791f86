// These are peers that break the rules. After each of them the gateway answers the next caller, and nothing
// is left over.
#include <arpa/inet.h>
#include <nghttp2/nghttp2.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/socket.h"
#include "services/gateway/testing/fixture.h"
#include "services/gateway/testing/raw_peer.h"

namespace accord::gateway {
namespace {

class Hostile : public GatewayTest {
 protected:
  std::unique_ptr<RawPeer> Peer() {
    host::v1::Tls files;
    Files(client_, pki_.agency_ca_file(), &files);
    return std::make_unique<RawPeer>(gateway_->port(), files);
  }
  // This peer has sent the client's preface.
  std::unique_ptr<RawPeer> PolitePeer() {
    auto peer = Peer();
    peer->SendPreface();
    return peer;
  }
  // This gives the rule by which the first call on a connection is refused. No message follows: one that is
  // on its way when the gateway closes may cost the peer the answer.
  std::string RuleAtOnce() {
    const auto peer = PolitePeer();
    peer->SendRequest(1, kEcho, {});
    const auto end = peer->AwaitEnd(1);
    return end.closed ? "CLOSED_" + std::to_string(end.error_code) : RuleIn(end.trailers);
  }
  TestCertificate OfTraining() {
    return pki_.FromAgencyCa("training",
                             {.uris = {"spiffe://training.accord.example/agency/opp/system/niche"}});
  }
  static std::string Message(int hold_ms = 0) {
    Echo request;
    request.set_payload("hello");
    request.set_hold_ms(hold_ms);
    return request.SerializeAsString();
  }
  static std::string RuleIn(const Headers& trailers) {
    const std::optional<int> code = GrpcStatusIn(trailers);
    const std::string* details = FindHeader(trailers, "grpc-status-details-bin");
    if (!code) return "NO_STATUS";
    if (*code == 0) return "";
    const std::string rule =
        RuleOf(FromStatusDetails(*code, "", details == nullptr ? "" : Unbase64(*details).value_or("")));
    return rule.empty() ? "CODE_" + std::to_string(*code) : rule;
  }
  std::string RuleOfRequest(const Headers& extra) {
    const auto peer = PolitePeer();
    peer->SendRequest(1, kEcho, extra);
    peer->SendMessage(1, Message());
    const auto end = peer->AwaitEnd(1);
    return end.closed ? "CLOSED_" + std::to_string(end.error_code) : RuleIn(end.trailers);
  }
  // This says whether a handshake comes about that offers to exchange keys in this group alone.
  bool ShakesHandsOver(const char* group) {
    host::v1::Tls files;
    Files(client_, pki_.agency_ca_file(), &files);
    const TlsContext context = *ClientContext(files);
    EXPECT_EQ(SSL_CTX_set1_groups_list(context.get(), group), 1) << group;
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = Loopback(gateway_->port());
    EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const SslPtr ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), fd);
    const bool done = SSL_connect(ssl.get()) == 1;
    ::close(fd);
    return done;
  }
  // The gateway is as before.
  void Unharmed() {
    EXPECT_EQ(Call(kEcho), "");
    EXPECT_TRUE(NothingOpen());
  }
};

TEST_F(Hostile, AWholeCallByHandIsAnswered) {
  Start();
  EXPECT_EQ(RuleOfRequest({}), "");
  Unharmed();
}

TEST_F(Hostile, DisconnectsAtEveryPointOfACallLeaveNothingBehind) {
  Start();
  for (int point = 0; point < 6; ++point) {
    auto peer = Peer();
    if (point >= 1) peer->SendPreface();
    if (point >= 2) peer->SendRequest(1, kEcho);
    if (point == 3) peer->SendFrame(NGHTTP2_DATA, 0, 1, std::string("\0\0\0\0\7he", 7));
    if (point >= 4) peer->SendMessage(1, Message(1));
    if (point == 5) {
      ASSERT_TRUE(Eventually([&] { return echo_.started > echo_.ended; }));
    }
    peer->Reset();
    EXPECT_TRUE(NothingOpen()) << point;
  }
  Unharmed();
}

TEST_F(Hostile, ACallThatIsResetIsCancelledInTheService) {
  Start();
  const auto peer = PolitePeer();
  peer->SendRequest(1, kEcho);
  peer->SendMessage(1, Message(1));
  ASSERT_TRUE(Eventually([&] { return echo_.started == 1; }));
  peer->SendFrame(NGHTTP2_RST_STREAM, 0, 1, std::string("\0\0\0\x8", 4));
  EXPECT_TRUE(Eventually([&] { return echo_.cancelled == 1; }));
  EXPECT_TRUE(NothingOpen());
  // The connection lives on.
  peer->SendRequest(3, kEcho);
  peer->SendMessage(3, Message());
  EXPECT_EQ(RuleIn(peer->AwaitEnd(3).trailers), "");
}

TEST_F(Hostile, ARapidResetFloodNeverReachesTheServiceAndIsSentAway) {
  Start();
  const auto peer = PolitePeer();
  for (int32_t stream = 1; stream < 4000; stream += 2) {
    peer->SendRequest(stream, kEcho);
    peer->SendFrame(NGHTTP2_RST_STREAM, 0, stream, std::string("\0\0\0\x8", 4));
  }
  EXPECT_GE(peer->AwaitGoAway(), 1);
  EXPECT_EQ(echo_.started, 0);
  Unharmed();
}

TEST_F(Hostile, GarbageAndMalformedFramesCloseOnlyTheirConnection) {
  Start();
  const std::string header_frame_without_stream("\0\0\1\1\4\0\0\0\0x", 10);
  const std::string settings_of_odd_size("\0\0\5\4\0\0\0\0\0abcde", 14);
  const std::string data_on_idle_stream("\0\0\1\0\1\0\0\0\7x", 10);
  const std::string window_update_of_zero("\0\0\4\10\0\0\0\0\0\0\0\0\0", 13);
  const std::string continuation_alone("\0\0\1\11\4\0\0\0\1x", 10);
  const std::string frame_too_long("\x01\0\1\0\0\0\0\0\1", 9);
  for (const std::string& bytes :
       {std::string("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"), std::string(64 * 1024, '\xff')}) {
    const auto peer = Peer();
    peer->SendBytes(bytes);
    EXPECT_NE(peer->AwaitGoAway(), 0);
  }
  for (const std::string& bytes : {header_frame_without_stream, settings_of_odd_size, data_on_idle_stream,
                                   window_update_of_zero, continuation_alone, frame_too_long}) {
    const auto peer = PolitePeer();
    peer->SendBytes(bytes);
    EXPECT_GE(peer->AwaitGoAway(), 1);
  }
  Unharmed();
}

TEST_F(Hostile, FloodsOfSettingsAndPingsWithoutReadingAreCutOff) {
  Start();
  for (const int type : {NGHTTP2_SETTINGS, NGHTTP2_PING}) {
    const auto peer = PolitePeer();
    const std::string frame = type == NGHTTP2_PING ? std::string("\0\0\10\6\0\0\0\0\0pingping", 17)
                                                   : std::string("\0\0\0\4\0\0\0\0\0", 9);
    std::string thousand;
    for (int i = 0; i < 1000; ++i) thousand += frame;
    for (int i = 0; i < 2000 && !peer->closed(); ++i) peer->SendBytes(thousand);
    EXPECT_TRUE(peer->closed()) << type;
  }
  Unharmed();
}

TEST_F(Hostile, AHeaderListBeyondTheLimitIsRefusedAndAContinuationFloodCutOff) {
  Start();
  EXPECT_EQ(RuleOfRequest({{"x-large", std::string(20'000, 'x')}}), "HEADERS_TOO_LARGE");
  EXPECT_EQ(audit_.records().back().rule(), "HEADERS_TOO_LARGE");
  EXPECT_EQ(audit_.records().back().agency(), "opp");
  const auto peer = PolitePeer();
  peer->SendFrame(NGHTTP2_HEADERS, 0, 1, "");
  for (int i = 0; i < 10'000 && !peer->closed(); ++i) {
    peer->SendFrame(NGHTTP2_CONTINUATION, 0, 1, std::string(1000, '\x88'));
  }
  EXPECT_TRUE(peer->closed() || peer->AwaitGoAway() >= 0);
  Unharmed();
}

TEST_F(Hostile, AHeaderBlockThatStandsForMegabytesClosesItsConnectionAtOnce) {
  Start();
  // One header of 4 KiB enters the table; each further byte stands for it again.
  std::string block("\x40\x01x\x7f\xe0\x1e", 6);
  block += std::string(4063, 'h') + std::string(8000, '\xbe');
  const auto peer = PolitePeer();
  peer->SendFrame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, 1, block);
  peer->AwaitGoAway();
  EXPECT_TRUE(NothingOpen());
  Unharmed();
}

TEST_F(Hostile, ReservedHeadersInAnyFormAreRefused) {
  Start();
  EXPECT_EQ(RuleOfRequest({{"accord-caller-bin", "AAAA"}}), "RESERVED_HEADER");
  EXPECT_EQ(RuleOfRequest({{"accord-actor", "officer-2"}}), "RESERVED_HEADER");
  EXPECT_EQ(RuleOfRequest({{"accord-touched-bin", "AAAA"}}), "RESERVED_HEADER");
  // HTTP/2 has no capitals in names: the stream is broken off.
  const auto peer = PolitePeer();
  peer->SendRequest(1, kEcho, {{"Accord-Caller-Bin", "AAAA"}});
  EXPECT_TRUE(peer->AwaitEnd(1).closed);
  EXPECT_EQ(echo_.started, 0);
  Unharmed();
}

TEST_F(Hostile, BadDeadlinesAndCompressionAreNamed) {
  Start();
  EXPECT_EQ(RuleOfRequest({{"grpc-timeout", "0S"}}), "DEADLINE_ZERO");
  EXPECT_EQ(RuleOfRequest({{"grpc-timeout", "-1S"}}), "DEADLINE_INVALID");
  EXPECT_EQ(RuleOfRequest({{"grpc-timeout", "999999999S"}}), "DEADLINE_INVALID");
  EXPECT_EQ(RuleOfRequest({{"grpc-timeout", "5fortnights"}}), "DEADLINE_INVALID");
  EXPECT_EQ(RuleOfRequest({{"grpc-encoding", "gzip"}}), "COMPRESSION_NOT_SUPPORTED");
  EXPECT_EQ(RuleOfRequest({{"grpc-timeout", "5S"}}), "");
  EXPECT_EQ(echo_.started, 1);
  Unharmed();
}

TEST_F(Hostile, AMessageThatClaimsMoreThanTheLimitOrThanItSends) {
  Start();
  auto peer = PolitePeer();
  peer->SendRequest(1, kEcho);
  peer->SendFrame(NGHTTP2_DATA, 0, 1, std::string("\0\x7f\xff\xff\xff", 5));
  EXPECT_EQ(RuleIn(peer->AwaitEnd(1).trailers), "MESSAGE_TOO_LARGE");
  peer->SendRequest(3, kEcho);
  peer->SendFrame(NGHTTP2_DATA, NGHTTP2_FLAG_END_STREAM, 3, std::string("\0\0\0\0\7he", 7));
  EXPECT_EQ(RuleIn(peer->AwaitEnd(3).trailers), "MESSAGE_INCOMPLETE");
  // The peer sends two messages where the method takes one.
  peer->SendRequest(5, kEcho);
  for (int i = 0; i < 5; ++i) peer->SendMessage(5, std::string(1 << 10, '\0'), i == 4);
  EXPECT_FALSE(peer->AwaitEnd(5).trailers.empty());
  Unharmed();
}

TEST_F(Hostile, AReaderThatNeverReadsHoldsNoMoreThanItsWindow) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_max_stream_deadline_ms(500); });
  const auto peer = PolitePeer();
  Echo request;
  request.set_response_bytes(1 << 20);
  request.set_count(200);
  peer->SendRequest(1, kExpand);
  peer->SendMessage(1, request.SerializeAsString(), false);
  // The window of 64 KiB is never opened again, so the call can only end by its deadline.
  const auto end = peer->AwaitEnd(1);
  EXPECT_TRUE(end.closed || RuleIn(end.trailers) == "DEADLINE_EXCEEDED");
  EXPECT_TRUE(Eventually([&] { return echo_.cancelled == 1; }));
  Unharmed();
}

TEST_F(Hostile, AServiceThatDiesMidCallIsNamedAndTheNextCallFindsItsSuccessor) {
  Start();
  const auto peer = PolitePeer();
  peer->SendRequest(1, kEcho);
  peer->SendMessage(1, Message(1));
  ASSERT_TRUE(Eventually([&] { return echo_.started == 1; }));
  StopServer("echo");
  // The service, which stops, and the gateway, which loses it, race for the last word.
  EXPECT_THAT(RuleIn(peer->AwaitEnd(1).trailers), ::testing::AnyOf("CODE_14", "BACKEND_UNAVAILABLE"));
  StartServer("echo", &successor_, ports_["echo"]);
  EXPECT_TRUE(Eventually([&] { return Call(kEcho).empty(); }));
}

TEST_F(Hostile, CertificatesWithoutExactlyOneIdentityMayNotCall) {
  Start();
  const auto rule = [&](const TestCertificate& certificate) {
    client_ = certificate;
    return RuleAtOnce();
  };
  EXPECT_EQ(rule(pki_.FromAgencyCa("none", {})), "CERTIFICATE_IDENTITY");
  EXPECT_EQ(rule(pki_.FromAgencyCa("two", {.uris = {"spiffe://accord.example/agency/opp/system/niche",
                                                    "spiffe://accord.example/agency/opp/system/other"}})),
            "CERTIFICATE_IDENTITY");
  EXPECT_EQ(rule(pki_.FromAgencyCa("service", {.uris = {"spiffe://accord.internal/service/gateway"}})),
            "CERTIFICATE_IDENTITY");
  EXPECT_EQ(rule(pki_.Agency("opp", "niche")), "CERTIFICATE_NOT_REGISTERED");
  EXPECT_EQ(echo_.started, 0);
}

// Both authorities are one here, which no installation has: the trust domain alone keeps them apart.
TEST_F(Hostile, ACertificateOfTrainingOpensNoDoorForRealRecords) {
  const TestCertificate real = client_;
  Start();
  client_ = OfTraining();
  EXPECT_EQ(RuleAtOnce(), "CERTIFICATE_OF_OTHER_REALM");
  EXPECT_EQ(echo_.started, 0);
  client_ = real;
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Hostile, ADoorForTrainingTakesItsOwnCertificatesAlone) {
  const TestCertificate real = client_;
  client_ = OfTraining();
  Start([](v1::GatewayConfig* config) { config->set_training(true); });
  EXPECT_EQ(Call(kEcho), "");
  client_ = real;
  EXPECT_EQ(RuleAtOnce(), "CERTIFICATE_OF_OTHER_REALM");
}

TEST_F(Hostile, AStrangerCannotChooseAnExpensiveExchangeOfKeys) {
  Start();
  for (const char* group : {"ffdhe2048", "ffdhe8192", "P-521", "X448"}) {
    EXPECT_FALSE(ShakesHandsOver(group)) << group;
  }
  for (const char* group : {"X25519", "P-256", "P-384"}) EXPECT_TRUE(ShakesHandsOver(group)) << group;
  Unharmed();
}

TEST_F(Hostile, AChainOfManyCertificatesOpensNoConnection) {
  Start();
  const auto with = [&](int authorities) {
    std::string chain = Slurp(client_.certificate_file);
    for (int i = 0; i < authorities; ++i) chain += Slurp(pki_.agency_ca_file());
    const TestCertificate ours = client_;
    client_.certificate_file = pki_.Write("chain-" + std::to_string(authorities) + ".pem", chain);
    channel_ = nullptr;
    std::string rule = Call(kEcho);
    client_ = ours;
    channel_ = nullptr;
    return rule;
  };
  EXPECT_EQ(with(2), "");
  EXPECT_EQ(with(100), "CODE_14");
  Unharmed();
}

TEST_F(Hostile, ExpiredAndForeignCertificatesDoNotOpenAConnection) {
  Start();
  TestPki foreign;
  for (const TestCertificate& certificate :
       {pki_.FromAgencyCa("expired", {.uris = {"spiffe://accord.example/agency/opp/system/niche"},
                                     .not_before = -7200,
                                     .not_after = -3600}),
        foreign.Agency("opp", "niche"), pki_.Service("gateway")}) {
    const TestCertificate ours = std::exchange(client_, certificate);
    channel_ = nullptr;
    EXPECT_EQ(Call(kEcho), "CODE_14");
    client_ = ours;
  }
  channel_ = nullptr;
  Unharmed();
}

}  // namespace
}  // namespace accord::gateway
