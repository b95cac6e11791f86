// This shows that what costs the gateway something is counted against its sender, and is kept no longer than
// it is of use.
#include <nghttp2/nghttp2.h>

#include "services/gateway/testing/raw_fixture.h"

namespace accord::gateway {
namespace {

class Cost : public RawGatewayTest {
 protected:
  // This opens windows of 16 MiB and asks for 12 MiB of answers, of which nothing is ever read; all are
  // recorded when this returns.
  void AskForMoreThanItReads(RawPeer* peer) {
    peer->SendFrame(NGHTTP2_SETTINGS, 0, 0, std::string("\0\4\1\0\0\0", 6));
    peer->SendFrame(NGHTTP2_WINDOW_UPDATE, 0, 0, std::string("\1\0\0\0", 4));
    for (int32_t stream = 1; stream < 8; stream += 2) {
      peer->SendRequest(stream, kEcho);
      peer->SendMessage(stream, Message([](Echo* request) { request->set_response_bytes(3 << 20); }));
    }
    ASSERT_TRUE(Eventually([&] { return audit_.records().size() == 4; }));
  }
};

// This sends streams that are no calls until the connection is cut off; gives how many there were.
int StreamsUntilCutOff(RawPeer* peer, const Headers& headers) {
  int refused = 0;
  for (int32_t stream = 1; stream < 400; stream += 2, ++refused) {
    peer->SendRequest(stream, kEcho, headers);
    if (peer->AwaitEnd(stream).error_code == NGHTTP2_NO_ERROR) break;
  }
  return refused;
}

TEST_F(Cost, HeadersThatAreTooLargeCountAsCalls) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_agency_calls_per_second(0.01);
    config->mutable_limits()->set_max_header_bytes(16'384);
    config->mutable_limits()->set_agency_burst(5 * Quota::CallsOf(16'384));
  });
  const auto peer = Peer();
  const Headers large = {{"x-large", std::string(20'000, 'x')}};
  for (int i = 0; i < 6; ++i) {
    peer->SendRequest(2 * i + 1, kEcho, large);
    EXPECT_EQ(RuleIn(peer->AwaitEnd(2 * i + 1)), i < 5 ? "HEADERS_TOO_LARGE" : "QUOTA_CALLS") << i;
  }
  EXPECT_EQ(echo_.started, 0);
}

TEST_F(Cost, ALargeRequestIsReadAtThePaceOfTheQuota) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_agency_calls_per_second(100);
    config->mutable_limits()->set_agency_burst(10);
  });
  // Ten calls' worth comes at once, and the other 22 at a hundred a second.
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(Call(kEcho, "officer-1", "", std::string(32 * Quota::kBytesOfACall, 'x')), "");
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(100));
}

TEST_F(Cost, StreamsThatAreNoCallsAreCutOff) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_frame_burst(200);
    config->mutable_limits()->set_frames_per_second(1);
  });
  // HTTP/2 has no capitals in names: the stream is broken off before it is a call.
  const int refused = StreamsUntilCutOff(Peer().get(), {{"Capital", "x"}});
  EXPECT_GE(refused, 4);
  EXPECT_LE(refused, 50);
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Cost, WhoIsCutOffAndComesBackBeginsWithWhatTheAgencyHasLeft) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_frame_burst(200);
    config->mutable_limits()->set_frames_per_second(1);
  });
  const int first = StreamsUntilCutOff(Peer().get(), {{"Capital", "x"}});
  for (int i = 0; i < 10; ++i) StreamsUntilCutOff(Peer().get(), {{"Capital", "x"}});
  EXPECT_LE(StreamsUntilCutOff(Peer().get(), {{"Capital", "x"}}), first / 2);
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Cost, HeadersThatAreDecodedForNothingCostByTheirLength) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_frame_burst(200);
    config->mutable_limits()->set_frames_per_second(1);
  });
  EXPECT_LE(StreamsUntilCutOff(Peer().get(), {{"Capital", "x"}, {"large", std::string(6000, '~')}}), 2);
  // The same headers cost nothing where they are part of a call.
  const auto peer = Peer();
  for (int32_t stream = 1; stream < 40; stream += 2) {
    peer->SendRequest(stream, kEcho, {{"large", std::string(6000, '~')}});
    peer->SendMessage(stream, Message());
    EXPECT_EQ(RuleIn(peer->AwaitEnd(stream)), "") << stream;
  }
}

TEST_F(Cost, HeadersOfACallGiveBackNoMoreThanTheirFramesCost) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_frame_burst(200);
    config->mutable_limits()->set_frames_per_second(1);
  });
  const auto peer = Peer();
  std::string idle;
  for (int i = 0; i < 40; ++i) idle += std::string("\0\0\4\x8\0\0\0\0\0\0\0\0\1", 13);
  // From the second call on, one byte of the block stands for all of this header.
  bool cut_off = false;
  for (int32_t stream = 1; stream < 40 && !cut_off; stream += 2) {
    peer->SendRequest(stream, kEcho, {{"large", std::string(2000, '~')}});
    peer->SendMessage(stream, Message());
    peer->SendBytes(idle);
    cut_off = peer->AwaitEnd(stream).closed;
  }
  EXPECT_TRUE(cut_off);
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Cost, WhatABusyConnectionWasWorthIsNotSavedUp) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_frame_burst(200);
    config->mutable_limits()->set_frames_per_second(1);
  });
  const auto peer = Peer();
  // This is room for an answer of a megabyte, which is worth a thousand frames.
  peer->SendFrame(NGHTTP2_SETTINGS, 0, 0, std::string("\0\4\0\x40\0\0", 6));
  peer->SendFrame(NGHTTP2_WINDOW_UPDATE, 0, 0, std::string("\0\x40\0\0", 4));
  peer->SendRequest(1, kEcho);
  peer->SendMessage(1, Message([](Echo* request) { request->set_response_bytes(1 << 20); }));
  EXPECT_EQ(RuleIn(peer->AwaitEnd(1)), "");
  const std::string idle("\0\0\4\x8\0\0\0\0\0\0\0\0\1", 13);
  for (int i = 0; i < 600 && !peer->closed(); ++i) peer->SendBytes(idle);
  EXPECT_EQ(peer->AwaitGoAway(), NGHTTP2_ENHANCE_YOUR_CALM);
}

TEST_F(Cost, WhoIsSentAwayAndDoesNotReadItIsClosedAllTheSame) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_frame_burst(200);
    config->mutable_limits()->set_frames_per_second(1);
  });
  const auto peer = Peer();
  // No goodbye gets out behind these answers.
  ASSERT_NO_FATAL_FAILURE(AskForMoreThanItReads(peer.get()));
  std::string idle;
  for (int i = 0; i < 1000; ++i) idle += std::string("\0\0\4\x8\0\0\0\0\0\0\0\0\1", 13);
  EXPECT_TRUE(Eventually([&] {
    peer->SendBytes(idle);
    return peer->closed();
  }));
  EXPECT_TRUE(NothingOpen());
}

TEST_F(Cost, AConnectionThatTakesNotEvenTheEndOfAnAnswerIsClosed) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_max_deadline_ms(1500);
    config->mutable_limits()->set_goodbye_ms(100);
  });
  const auto peer = Peer();
  ASSERT_NO_FATAL_FAILURE(AskForMoreThanItReads(peer.get()));
  EXPECT_TRUE(NothingOpen());
}

TEST_F(Cost, AnAnswerWhoseDeadlinePassesWhileItIsRecordedIsNotKeptForEver) {
  Start();
  const auto peer = Peer();
  // The peer opens a window of nothing: whatever is answered stays.
  peer->SendFrame(NGHTTP2_SETTINGS, 0, 0, std::string("\0\4\0\0\0\0", 6));
  audit_.mode = FakeAudit::Mode::kHolds;
  peer->SendRequest(1, kEcho, {{"grpc-timeout", "1000m"}});
  peer->SendMessage(1, Message());
  ASSERT_TRUE(Eventually([&] { return audit_.hanging == 1; }));
  // The service's own call ends when its deadline has passed, and the first one's passed before.
  peer->SendRequest(3, kEcho, {{"grpc-timeout", "1000m"}});
  peer->SendMessage(3, Message([](Echo* request) { request->set_hold_ms(1); }));
  ASSERT_TRUE(Eventually([&] { return echo_.cancelled == 1; }));
  audit_.GoOn();
  EXPECT_EQ(RuleIn(peer->AwaitEnd(1)), "CLOSED_8");
  EXPECT_EQ(RuleIn(peer->AwaitEnd(3)), "DEADLINE_EXCEEDED");
  EXPECT_TRUE(NothingOpen());
  EXPECT_EQ(audit_.records().size(), 2u);
}

TEST_F(Cost, ACallWhoseCallerLeavesWhileItIsRecordedKeepsItsPlaceUntilItIs) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_agency_open_calls(1); });
  audit_.mode = FakeAudit::Mode::kHolds;
  const auto peer = Peer();
  peer->SendRequest(1, kEcho);
  peer->SendMessage(1, Message());
  ASSERT_TRUE(Eventually([&] { return audit_.hanging == 1; }));
  peer->SendFrame(NGHTTP2_RST_STREAM, 0, 1, std::string("\0\0\0\x8", 4));
  peer->SendRequest(3, kEcho);
  peer->SendMessage(3, Message());
  EXPECT_TRUE(Eventually([&] { return gateway_->open_calls() == 2; }));
  audit_.GoOn();
  EXPECT_EQ(RuleIn(peer->AwaitEnd(3)), "QUOTA_OPEN_CALLS");
  EXPECT_TRUE(NothingOpen());
  EXPECT_EQ(audit_.records().size(), 2u);
  EXPECT_EQ(echo_.started, 1);
}

TEST_F(Cost, AnAgencyHasSoManyRecordsOnTheirWayToTheLogAndNoMore) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_agency_audit_records(2); });
  audit_.mode = FakeAudit::Mode::kHolds;
  const auto peer = Peer();
  constexpr int kCalls = 20;
  for (int i = 0; i < kCalls; ++i) {
    peer->SendRequest(2 * i + 1, kEcho);
    peer->SendMessage(2 * i + 1, Message());
    const auto seen = static_cast<uint64_t>(i) + 1;
    ASSERT_TRUE(Eventually([&] { return gateway_->open_calls() == seen && echo_.started == echo_.ended; }));
  }
  audit_.GoOn();
  int answered = 0, busy = 0;
  for (int i = 0; i < kCalls; ++i) {
    const std::string rule = RuleIn(peer->AwaitEnd(2 * i + 1));
    answered += rule.empty() ? 1 : 0;
    busy += rule == "AGENCY_BUSY" ? 1 : 0;
  }
  EXPECT_EQ(answered + busy, kCalls);
  EXPECT_GE(answered, 3);
  EXPECT_GE(busy, kCalls / 2);
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Cost, ARevocationAmongManyChangesEndsOpenCalls) {
  Start();
  const auto peer = Peer();
  peer->SendRequest(1, kChat);
  ASSERT_TRUE(Eventually([&] { return gateway_->open_calls() == 1; }));
  for (int version = 2; version <= 52; ++version) {
    registry::v1::PolicyUpdate update;
    update.set_epoch("test");
    update.set_version(version);
    if (version < 52) {
      *update.add_actors() = Officer(true);
    } else {
      *update.add_certificates() = Policy().certificates(0);
      update.mutable_certificates(0)->set_active(false);
    }
    registry_.Publish(update);
  }
  EXPECT_EQ(RuleIn(peer->AwaitEnd(1)), "CERTIFICATE_REVOKED");
  EXPECT_TRUE(peer->AwaitClose());
}

}  // namespace
}  // namespace accord::gateway
