// These tests show what one caller can take of a server, and what a peer can do to a connection, on a real
// server over TLS.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/access/refusal_explanation.h"
#include "common/base/error.h"
#include "common/base/language.h"
#include "common/base/rules.h"
#include "common/base/socket.h"
#include "common/host/calls/touched.h"
#include "common/host/testing/server_limits_fixture.h"
#include "common/testing/eventually.h"
#include "common/testing/matchers.h"

namespace accord::host {
namespace {

TEST_F(ServerLimits, AThousandTouchedNamesReachThePeer) {
  Serve();
  protocols::v1::ListCoverageCellsRequest request;
  request.set_page_size(1000);
  Open call(channel_, kCells, For("cas-york"), request.SerializeAsString());
  const absl::Status status = call.ReadAndFinish();
  ASSERT_OK(status);
  caller::v1::TouchedResources touched;
  for (const std::string& trailer : call.Trailers(kTouchedTrailer)) {
    EXPECT_LE(trailer.size(), kTouchedTrailerBytes);
    ASSERT_TRUE(touched.MergeFromString(trailer));
  }
  EXPECT_EQ(touched.resources_size(), 1000);
}

TEST_F(ServerLimits, ARefusalIsToldInTheLanguageThatTheGatewayVouchesFor) {
  Serve();
  const rules::Rule* rule = rules::FindRule("NOT_FOUND");
  ASSERT_NE(rule, nullptr);
  const absl::Status french = AskFor("absent", caller::v1::LANGUAGE_FRENCH);
  EXPECT_EQ(RuleOf(french), "NOT_FOUND");
  EXPECT_EQ(LocalizedText(french, Language::kFrench), rule->fr);
  EXPECT_EQ(LocalizedText(AskFor("absent", caller::v1::LANGUAGE_ENGLISH), Language::kEnglish), rule->en);
  const absl::Status plain = AskFor("absent", caller::v1::LANGUAGE_UNSPECIFIED);
  EXPECT_EQ(StatusDetails(plain), StatusDetails(NotFound())) << "nobody chose a language";
}

TEST_F(ServerLimits, ARefusalOfWhatMayBeUrgentNamesTheDutyToTelephone) {
  Serve();
  const auto ask = [this](annotations::v1::Role role) {
    const std::string member =
        For("ps-york", annotations::v1::AGENCY_KIND_POLICE_SERVICE, role,
            annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION, caller::v1::LANGUAGE_FRENCH);
    return Open(channel_, "/accord.testing.v1.EchoService/EchoForPolice", member, Echo("absent"))
        .ReadAndFinish();
  };
  const absl::Status handled = ask(annotations::v1::ROLE_POLICE_MEMBER);
  EXPECT_EQ(RuleOf(handled), "NOT_FOUND");
  EXPECT_THAT(TelephoneDutyIn(handled), ::testing::HasSubstr("téléphonez"));
  const absl::Status begun = ask(annotations::v1::ROLE_LEARNER);
  EXPECT_EQ(RuleOf(begun), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(TelephoneDutyIn(begun), TelephoneDutyIn(handled));
}

TEST_F(ServerLimits, ACallThatMayNotEvenBeginIsRefusedInTheCallersLanguage) {
  Serve();
  const std::string worker =
      For("cas-york", annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY, annotations::v1::ROLE_CAS_WORKER,
          annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE, caller::v1::LANGUAGE_FRENCH);
  const absl::Status refused =
      Open(channel_, kCells, worker, protocols::v1::ListCoverageCellsRequest().SerializeAsString())
          .ReadAndFinish();
  EXPECT_EQ(RuleOf(refused), "ROLE_NOT_PERMITTED");
  const rules::Rule* rule = rules::FindRule("ROLE_NOT_PERMITTED");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(LocalizedText(refused, Language::kFrench), rule->fr);
}

TEST_F(ServerLimits, WhatIsHiddenIsToldLikeWhatIsAbsentInEachLanguage) {
  Serve();
  for (const auto language :
       {caller::v1::LANGUAGE_UNSPECIFIED, caller::v1::LANGUAGE_ENGLISH, caller::v1::LANGUAGE_FRENCH}) {
    const absl::Status hidden = AskFor("hidden", language), absent = AskFor("absent", language);
    EXPECT_EQ(RuleOf(hidden), "NOT_FOUND");
    EXPECT_EQ(hidden.message(), absent.message());
    EXPECT_EQ(StatusDetails(hidden), StatusDetails(absent));
  }
}

TEST_F(ServerLimits, AnAnswerWhoseNamesNoTrailersHoldIsRefused) {
  Serve();
  protocols::v1::ListCoverageCellsRequest request;
  request.set_page_size(1000);
  request.set_page_token("longer");
  Open call(channel_, kCells, For("cas-york"), request.SerializeAsString());
  EXPECT_EQ(RuleOf(call.ReadAndFinish()), "ANSWER_NAMES_TOO_MUCH");
}

TEST_F(ServerLimits, ASlowMethodOfOneAgencyHoldsUpNoOther) {
  // One agency may hold two of these workers.
  config_.set_workers(8);
  Serve();
  const auto slow = Wait("cas-slow", 20);
  ASSERT_TRUE(testing::Eventually([&] { return gate_.waiting() == 2; }));
  for (int i = 0; i < 20; ++i) {
    const absl::Status status = Ask("cas-good");
    EXPECT_OK(status);
  }
  EXPECT_EQ(gate_.waiting(), 2);
  EXPECT_TRUE(Shows("accord_calls_waiting{agency=\"cas-slow\",pool=\"agencies\"} 18"));
  EXPECT_TRUE(Shows("accord_calls_running{agency=\"cas-slow\",pool=\"agencies\"} 2"));
  gate_.Open();
  for (const auto& call : slow) EXPECT_TRUE(call->ReadAndFinish().ok());
}

TEST_F(ServerLimits, TheNewestCallOfAnAgencyWithALongLineIsRefused) {
  config_.set_workers(2);
  config_.set_agency_waiting(3);
  Serve();
  auto waiting = Wait("cas-slow", 1);
  ASSERT_TRUE(testing::Eventually([&] { return gate_.waiting() == 1; }));
  for (auto& call : Wait("cas-slow", 3)) waiting.push_back(std::move(call));
  ASSERT_TRUE(Shows("accord_calls_waiting{agency=\"cas-slow\",pool=\"agencies\"} 3"));
  const absl::Status refused = Ask("cas-slow");
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(RuleOf(refused), "AGENCY_BUSY");
  EXPECT_OK(Ask("cas-good"));
  EXPECT_TRUE(
      Shows("accord_calls_refused_total{agency=\"cas-slow\",pool=\"agencies\",rule=\"AGENCY_BUSY\"} 1"));
  gate_.Open();
  for (const auto& call : waiting) EXPECT_TRUE(call->ReadAndFinish().ok());
}

TEST_F(ServerLimits, AFullQueueRefusesItsLongestLine) {
  config_.set_workers(1);
  config_.set_max_waiting(3);
  Serve();
  auto waiting = Wait("cas-slow", 1);
  ASSERT_TRUE(testing::Eventually([&] { return gate_.waiting() == 1; }));
  for (int i = 1; i <= 3; ++i) {
    waiting.push_back(std::move(Wait("cas-slow", 1)[0]));
    ASSERT_TRUE(Shows(absl::StrCat("accord_calls_waiting{agency=\"cas-slow\",pool=\"agencies\"} ", i)));
  }
  const auto good = Wait("cas-good", 1);
  ASSERT_TRUE(Shows("accord_calls_waiting{agency=\"cas-good\",pool=\"agencies\"} 1"));
  EXPECT_EQ(RuleOf(waiting.back()->ReadAndFinish()), "SERVICE_BUSY");
  waiting.pop_back();
  gate_.Open();
  EXPECT_OK(good[0]->ReadAndFinish());
  for (const auto& call : waiting) EXPECT_TRUE(call->ReadAndFinish().ok());
}

TEST_F(ServerLimits, WhatOnlyServicesCallNeverWaitsBehindAgencies) {
  config_.set_workers(2);
  Serve();
  const auto one = Wait("cas-a", 5), other = Wait("cas-b", 5);
  ASSERT_TRUE(testing::Eventually([&] { return gate_.waiting() == 2; }));
  audit::v1::AppendRecordsRequest request;
  request.add_records()->set_call_id("c1");
  const absl::Status status = Open(channel_, kAppendRecords, "", request.SerializeAsString()).ReadAndFinish();
  EXPECT_OK(status);
  EXPECT_TRUE(Shows("accord_worker_seconds_total{agency=\"gateway\",pool=\"internal\"}"));
  gate_.Open();
}

TEST_F(ServerLimits, StreamsHaveABudgetForEachAgency) {
  config_.set_agency_streams(2);
  config_.set_max_streams(3);
  Serve();
  const auto open = [&](const std::string& agency) {
    return std::make_unique<Open>(channel_, kExpand, For(agency), Echo(""));
  };
  auto first = open("cas-a"), second = open("cas-a");
  ASSERT_TRUE(first->Read() && second->Read());
  EXPECT_EQ(RuleOf(open("cas-a")->ReadAndFinish()), "STREAMS_OF_AGENCY");
  const auto other = open("cas-b");
  EXPECT_TRUE(other->Read());
  EXPECT_EQ(RuleOf(open("cas-c")->ReadAndFinish()), "SERVICE_BUSY");
  EXPECT_TRUE(Shows("accord_streams_open{agency=\"cas-a\",pool=\"agencies\"} 2"));
  EXPECT_TRUE(
      Shows("accord_streams_refused_total{agency=\"cas-a\",pool=\"agencies\",rule=\"STREAMS_OF_AGENCY\"} 1"));
  second.reset();
  EXPECT_TRUE(Shows("accord_streams_open{agency=\"cas-a\",pool=\"agencies\"} 1"));
  EXPECT_TRUE(open("cas-a")->Read());
}

TEST_F(ServerLimits, TheLogFollowsWhatChangedHoweverManyStreamsAgenciesHave) {
  config_.set_max_streams(2);
  AddRevisions();
  Serve();
  Open one(channel_, kExpand, For("cas-a"), Echo("x"));
  Open two(channel_, kExpand, For("cas-b"), Echo("x"));
  ASSERT_TRUE(one.Read().has_value());
  ASSERT_TRUE(two.Read().has_value());
  EXPECT_EQ(RuleOf(Open(channel_, kExpand, For("cas-c"), Echo("x")).ReadAndFinish()), "SERVICE_BUSY");
  const std::string from_start = v1::WatchRevisionKeysRequest().SerializeAsString();
  Open log(channel_, kWatchRevisions, ForTheLog(), from_start);
  EXPECT_TRUE(log.Read().has_value());
  EXPECT_TRUE(Shows("accord_streams_open{agency=\"accord-log\",pool=\"internal\"} 1"));
}

TEST_F(ServerLimits, AStreamWithoutADeadlineHasNone) {
  config_.set_max_call_seconds(1);
  Serve();
  Open stream(channel_, kExpand, For("cas-a"), Echo(""));
  ASSERT_TRUE(stream.Read());
  // This is what gRPC's clock takes for never.
  EXPECT_GT(absl::FromUnixMicros(stream_deadline_us_), absl::Now() + 24 * 365 * 100 * absl::Hours(1));
}

// Carries bytes between one client and a server until told to swallow them.
class Relay {
 public:
  explicit Relay(int server_port) : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = Loopback(0);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    listen(listener_, 1);
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, server_port] { Run(server_port); });
  }
  ~Relay() {
    stop_ = true;
    thread_.join();
    close(listener_);
  }
  int port() const { return port_; }
  void Swallow() { swallow_ = true; }

 private:
  void Run(int server_port) {
    const int client = accept(listener_, nullptr, nullptr), server = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = Loopback(server_port);
    [[maybe_unused]] const int connected =
        connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    while (!stop_) {
      pollfd both[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
      if (poll(both, 2, 20) <= 0) continue;
      for (int i = 0; i < 2; ++i) {
        if (both[i].revents == 0) continue;
        char bytes[16384];
        const ssize_t got = recv(both[i].fd, bytes, sizeof bytes, 0);
        if (got <= 0) stop_ = true;
        if (got > 0 && !swallow_) send(both[1 - i].fd, bytes, static_cast<std::size_t>(got), MSG_NOSIGNAL);
      }
    }
    close(client);
    close(server);
  }

  int listener_, port_ = 0;
  std::atomic<bool> stop_{false}, swallow_{false};
  std::thread thread_;
};

TEST_F(ServerLimits, AGatewayThatIsGoneWithoutAWordIsGivenUp) {
  config_.set_keepalive_seconds(1);
  config_.set_keepalive_timeout_seconds(1);
  Serve();
  Relay relay(server_->port());
  Open stream(Channel(relay.port()), kExpand, For("cas-a"), Echo(""));
  ASSERT_TRUE(stream.Read());
  relay.Swallow();
  EXPECT_TRUE(testing::Eventually([&] { return ended_streams_ == 1; }, absl::Seconds(20)));
}

TEST_F(ServerLimits, ADrainingServiceSaysSoToWhoWatchesItsHealth) {
  hold_ended_streams_ = true;
  Serve();
  // The message is HealthCheckRequest{service = 1}.
  const std::string service = "accord.testing.v1.EchoService";
  auto watch = std::make_unique<Open>(
      channel_, kHealth, "",
      absl::StrCat("\x0a", std::string(1, static_cast<char>(service.size())), service));
  EXPECT_EQ(watch->Read(), "\x08\x01");
  Open stream(channel_, kExpand, For("cas-a"), Echo(""));
  ASSERT_TRUE(stream.Read());
  auto drained = std::async(std::launch::async, [&] { server_->Drain(absl::Seconds(30)); });
  EXPECT_EQ(watch->Read(), "\x08\x02");
  gate_.Open();
  EXPECT_OK(stream.ReadAndFinish());
  watch.reset();
}

}  // namespace
}  // namespace accord::host
