// This is what the log is told of calls, whatever one agency sends or leaves undone, and that no record of
// anybody else's is lost.
#include <nghttp2/nghttp2.h>

#include "services/gateway/testing/budget_fixture.h"

namespace accord::gateway {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(Budget, NothingThatWasNotRegisteredEntersARecord) {
  Start();
  const std::string odd = "\xff\xfe" + std::string(9000, '\xc3');
  Headers request = {{":method", "POST"},         {":scheme", "https"}, {":path", kEcho},
                     {":authority", "localhost"}, {"te", "trailers"},   {"content-type", "application/grpc"},
                     {"accord-actor", odd}};
  auto peer = Peer();
  peer->SendHeaders(1, request, true);
  EXPECT_EQ(RuleIn(peer->AwaitEnd(1)), "ACTOR_NOT_REGISTERED");
  request[2].second = "/" + odd;
  request[6].second = "officer-1";
  peer->SendHeaders(3, request, true);
  EXPECT_EQ(RuleIn(peer->AwaitEnd(3)), "METHOD_UNKNOWN");
  EXPECT_EQ(Call(kEcho), "");
  const auto records = audit_.records();
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[0].actor(), StartsWith("unregistered, 9002 bytes, "));
  EXPECT_EQ(records[0].method(), kEcho);
  EXPECT_THAT(records[1].method(), StartsWith("unknown, 9003 bytes, "));
  EXPECT_EQ(records[1].actor(), "officer-1");
  for (const auto& record : records) EXPECT_LT(record.ByteSizeLong(), 400u);
}

TEST_F(Budget, ABatchThatTheLogRefusesLosesNobodyElsesRecord) {
  Start();
  audit_.mode = FakeAudit::Mode::kRefusesWithoutPurpose;
  // Calls in flight side by side share batches; those of one purpose are taken whole.
  const auto peer = Peer();
  int32_t stream = 1;
  for (int i = 0; i < 40; ++i, stream += 2) {
    peer->SendRequest(stream, kEcho, i % 8 == 0 ? Headers{} : Headers{{"accord-purpose", "training"}});
    peer->SendMessage(stream, Message());
  }
  for (int32_t each = 1; each < stream; each += 2) EXPECT_EQ(RuleIn(peer->AwaitEnd(each)), "") << each;
  int reduced = 0;
  for (const auto& record : audit_.records()) {
    reduced += record.rule() == "RECORD_UNPRINTABLE" ? 1 : 0;
    EXPECT_EQ(record.agency(), "opp");
  }
  EXPECT_EQ(reduced, 5);
  EXPECT_EQ(audit_.records().size(), 40u);
}

TEST_F(Budget, OfTheCallersHeadersOnlyTheTraceReachesAService) {
  Start();
  Headers extra = {{"x-bin", "!!!"},
                   {"grpc-previous-rpc-attempts", "CANARY"},
                   {"grpc-tags-bin", "AAAA,BBBB"},
                   {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                   {"tracestate", "vendor=1"},
                   {"user-agent", "tests"}};
  for (int i = 0; i < 194; ++i) extra.emplace_back("x-unknown-" + std::to_string(i), "v");
  const auto peer = Peer();
  peer->SendRequest(1, kEcho, extra);
  peer->SendMessage(1, Message());
  const auto end = peer->AwaitEnd(1);
  EXPECT_EQ(RuleIn(end), "");
  Echoed answer;
  ASSERT_TRUE(answer.ParseFromString(end.body.substr(5)));
  EXPECT_THAT(answer.metadata(), ::testing::IsSubsetOf({"accord-caller-bin", "traceparent", "tracestate",
                                                        "grpc-accept-encoding"}));
  EXPECT_THAT(answer.metadata(), Contains("tracestate"));
  EXPECT_EQ(audit_.records().front().trace_id(), "0af7651916cd43dd8448eb211c80319c");
}

TEST_F(Budget, AnImpossibleTraceIsReplaced) {
  Start();
  for (const char* bad : {"00-00000000000000000000000000000000-b7ad6b7169203331-01",
                          "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                          "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                          "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", "00-"}) {
    EXPECT_EQ(RuleOfRequest(kEcho, {{"traceparent", bad}}), "") << bad;
    EXPECT_EQ(audit_.records().back().trace_id().size(), 32u);
    EXPECT_THAT(std::string(bad), Not(HasSubstr(audit_.records().back().trace_id())));
  }
}

TEST_F(Budget, AChangeWhoseCallerLeftIsRecordedWithWhatItChanged) {
  Start();
  const auto peer = Peer();
  peer->SendRequest(1, kChange);
  peer->SendMessage(1, Message([](Echo* request) { request->set_request_id("request-1"); }));
  peer->SendFrame(NGHTTP2_RST_STREAM, 0, 1, std::string("\0\0\0\x8", 4));
  ASSERT_TRUE(Eventually([&] { return audit_.records().size() == 1; }));
  const auto record = audit_.records()[0];
  EXPECT_EQ(record.status(), 0);
  EXPECT_EQ(record.request_id(), "request-1");
  EXPECT_EQ(record.revisions_size(), 1);
  EXPECT_FALSE(record.effect_unknown());
  EXPECT_TRUE(NothingOpen());
  EXPECT_EQ(echo_.cancelled, 0);
}

TEST_F(Budget, AConnectionIsClosedWhileAChangeOfItsGoesOn) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_header_block_ms(100);
    config->mutable_limits()->set_default_deadline_ms(30'000);
    config->mutable_limits()->set_drain_ms(100);
  });
  const auto peer = Peer();
  while (peer->Next().type != NGHTTP2_WINDOW_UPDATE) {
  }
  peer->SendRequest(1, kChange);
  peer->SendMessage(1, Message([](Echo* request) { request->set_hold_ms(1); }));
  ASSERT_TRUE(Eventually([&] { return echo_.started == 1; }));
  peer->SendFrame(NGHTTP2_RST_STREAM, 0, 1, std::string("\0\0\0\x8", 4));
  peer->SendFrame(NGHTTP2_HEADERS, 0, 3, "");
  EXPECT_TRUE(peer->AwaitClose());
  EXPECT_EQ(gateway_->open_calls(), 1u);
}

TEST_F(Budget, WhatAChangeWithoutItsCallerIsAnsweredCountsToo) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_agency_bytes(1 << 20); });
  const auto peer = Peer();
  peer->SendRequest(1, kChange);
  peer->SendMessage(1, Message([](Echo* request) { request->set_response_bytes(3 << 20); }));
  peer->SendFrame(NGHTTP2_RST_STREAM, 0, 1, std::string("\0\0\0\x8", 4));
  ASSERT_TRUE(Eventually([&] { return audit_.records().size() == 1; }));
  EXPECT_EQ(audit_.records()[0].rule(), "BYTES_OF_AGENCY");
  EXPECT_TRUE(audit_.records()[0].effect_unknown());
  EXPECT_TRUE(NothingOpen());
}

TEST_F(Budget, AChangeWhoseDeadlinePassesIsOfUnknownEffect) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_max_deadline_ms(300); });
  EXPECT_EQ(RuleOfRequest(kChange, {}, [](Echo* request) { request->set_hold_ms(1); }), "DEADLINE_EXCEEDED");
  ASSERT_EQ(audit_.records().size(), 1u);
  EXPECT_TRUE(audit_.records()[0].effect_unknown());
  EXPECT_EQ(RuleOfRequest(kEcho, {}, [](Echo* request) { request->set_hold_ms(1); }), "DEADLINE_EXCEEDED");
  EXPECT_FALSE(audit_.records()[1].effect_unknown());
}

TEST_F(Budget, TheRecordOfAChangeIsOwedUntilTheLogTakesIt) {
  Start();
  audit_.mode = FakeAudit::Mode::kFails;
  EXPECT_EQ(RuleOfRequest(kChange, {}, [](Echo* request) { request->set_request_id("request-1"); }),
            "AUDIT_UNAVAILABLE");
  audit_.mode = FakeAudit::Mode::kWrites;
  EXPECT_TRUE(Eventually([&] { return audit_.records().size() == 1; }));
  EXPECT_EQ(audit_.records()[0].request_id(), "request-1");
}

TEST_F(Budget, AFloodOfRefusalsIsCountedExactlyAndItsFirstAndLastAreKept) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_agency_refusals_per_minute(30); });
  auto peer = Peer();
  for (int i = 0; i < 500; ++i) {
    Headers request = {{":method", "POST"},
                       {":scheme", "https"},
                       {":path", kEcho},
                       {":authority", "localhost"},
                       {"content-type", "application/grpc"},
                       {"accord-actor", i == 250 ? "probe" : "nobody"}};
    peer->SendHeaders(2 * i + 1, request, true);
    EXPECT_EQ(RuleIn(peer->AwaitEnd(2 * i + 1)), "ACTOR_NOT_REGISTERED");
  }
  EXPECT_EQ(audit_.records().size(), 30u);
  peer.reset();
  gateway_->Stop();
  EXPECT_EQ(RecordsOf(audit::v1::PHASE_COMPLETE).size(), 50u);
  const auto summaries = RecordsOf(audit::v1::PHASE_REFUSALS);
  ASSERT_EQ(summaries.size(), 1u);
  int64_t total = 0;
  std::set<std::string> actors;
  for (const auto& row : summaries[0].refusals()) {
    total += row.count();
    actors.insert(row.actor());
    EXPECT_EQ(row.rule(), "ACTOR_NOT_REGISTERED");
  }
  EXPECT_EQ(total, 500);
  EXPECT_EQ(actors.size(), 2u);
}

TEST_F(Budget, AThousandTouchedResourcesAreRecordedByOwner) {
  Start();
  EXPECT_EQ(RuleOfRequest(kEcho, {}, [](Echo* request) { request->set_touches(1000); }), "");
  std::set<std::string> names;
  for (const auto& record : audit_.records()) {
    EXPECT_LE(record.resources_size(), 256);
    std::set<std::string> owners;
    for (const auto& resource : record.resources()) {
      owners.insert(resource.owner());
      names.insert(resource.name());
    }
    EXPECT_LE(owners.size(), 1u);
    EXPECT_EQ(record.call_id(), audit_.records()[0].call_id());
  }
  EXPECT_EQ(names.size(), 1000u);
}

}  // namespace
}  // namespace accord::gateway
