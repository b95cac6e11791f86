// How much of a server one caller can use, and what a peer can do to a connection, on a real server
// over TLS.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/security/credentials.h>
#include <openssl/evp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "accord/audit/v1/audit_writer_service.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "accord/protocols/v1/coverage_service.pb.h"
#include "accord/protocols/v1/revisions.pb.h"
#include "accord/testing/v1/echo.pb.h"
#include "common/access/told.h"
#include "common/base/error.h"
#include "common/base/language.h"
#include "common/base/rules.h"
#include "common/base/socket.h"
#include "common/grpclog/grpc_log.h"
#include "common/host/calls/touched.h"
#include "common/host/serving/server.h"
#include "common/metrics/metrics_page.h"
#include "common/pki/ed25519.h"
#include "common/testing/eventually.h"
#include "common/testing/matchers.h"
#include "common/testing/pki.h"
#include "common/testing/stepped_call.h"

namespace accord::host {
namespace {

constexpr char kEcho[] = "/accord.testing.v1.EchoService/Echo";
constexpr char kExpand[] = "/accord.testing.v1.EchoService/Expand";
// A gRPC service with only this method, so that the process need not serve others.
constexpr char kCells[] = "/accord.protocols.v1.CoverageService/ListCoverageCells";
constexpr char kAppendRecords[] = "/accord.audit.v1.AuditWriterService/AppendRecords";
constexpr char kListRevisions[] = "/accord.protocols.v1.RevisionService/ListRevisionKeys";
constexpr char kWatchRevisions[] = "/accord.protocols.v1.RevisionService/WatchRevisionKeys";
constexpr char kHealth[] = "/grpc.health.v1.Health/Watch";

using testing::v1::EchoRequest;
using testing::v1::EchoResponse;

// A gate at which handlers wait.
class Gate {
 public:
  void Wait() {
    ++waiting_;
    open_.wait();
    --waiting_;
  }
  void Open() { promise_.set_value(); }
  int waiting() const { return waiting_; }

 private:
  std::promise<void> promise_;
  std::shared_future<void> open_ = promise_.get_future().share();
  std::atomic<int> waiting_{0};
};

// A call of any kind, as the gateway makes it for an agency.
class Open : public testing::SteppedCall {
 public:
  Open(const std::shared_ptr<grpc::Channel>& channel, const std::string& path, const std::string& assertion,
       const std::string& request, const std::vector<std::pair<std::string, std::string>>& headers = {},
       absl::Duration deadline = absl::InfiniteDuration())
      : SteppedCall(channel, path, [&](grpc::ClientContext* context) {
          if (!assertion.empty()) context->AddMetadata(kCallerHeader, assertion);
          for (const auto& [name, value] : headers) context->AddMetadata(name, value);
          if (deadline != absl::InfiniteDuration())
            context->set_deadline(absl::ToChronoTime(absl::Now() + deadline));
        }) {
    if (started()) WriteLast(request);
  }
  absl::Status ReadAndFinish(std::string* response = nullptr) {
    const auto read = Read();
    if (read && response != nullptr) *response = *read;
    return Finish();
  }
};

class ServerLimits : public ::testing::Test {
 protected:
  ServerLimits() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {
    RouteGrpcLog();
    config_.set_name("under-test");
    config_.set_listen("127.0.0.1:0");
    const auto own = pki_.Service("under-test");
    config_.mutable_tls()->set_certificate_file(own.certificate_file);
    config_.mutable_tls()->set_key_file(own.key_file);
    config_.mutable_tls()->set_peer_ca_file(pki_.service_ca_file());
    AddEcho();
    handlers_.Unary<protocols::v1::ListCoverageCellsRequest, protocols::v1::ListCoverageCellsResponse>(
        kCells, [](Call&, const auto& request) -> absl::StatusOr<protocols::v1::ListCoverageCellsResponse> {
          protocols::v1::ListCoverageCellsResponse response;
          const std::size_t longer = request.page_token().empty() ? 0 : 1000;
          for (int i = 0; i < request.page_size(); ++i) {
            response.add_coverage_cells()->set_name(absl::StrCat("agencies/cas-of-a-long-name-", i % 20,
                                                                 "/coverageCells/",
                                                                 std::string(400 + longer, 'n'), i));
          }
          return response;
        });
    handlers_.Unary<audit::v1::AppendRecordsRequest, audit::v1::AppendRecordsResponse>(
        kAppendRecords, [](Call&, const auto&) -> absl::StatusOr<audit::v1::AppendRecordsResponse> {
          return audit::v1::AppendRecordsResponse();
        });
  }

  void AddEcho() {
    const auto echo = [this](Call&, const EchoRequest& request) -> absl::StatusOr<EchoResponse> {
      if (request.payload() == "wait") gate_.Wait();
      if (request.payload() == "absent" || request.payload() == "hidden") return NotFound();
      return EchoResponse();
    };
    const auto expand = [this](Call& call, const EchoRequest&, const auto& send) {
      stream_deadline_us_ = absl::ToUnixMicros(call.deadline());
      send(EchoResponse());
      while (!call.ended()) call.WaitForChange(absl::Minutes(1));
      ++ended_streams_;
      if (hold_ended_streams_) gate_.Wait();
      return absl::OkStatus();
    };
    handlers_.Unary<EchoRequest, EchoResponse>(kEcho, echo);
    handlers_.Unary<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/EchoForPolice", echo);
    handlers_.Unary<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/Change", echo);
    handlers_.Unary<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/Act", echo);
    handlers_.Unary<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/Collect", echo);
    handlers_.Stream<EchoRequest, EchoResponse>(kExpand, expand);
    handlers_.Stream<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/Chat", expand);
  }

  // Adds the stream that the log follows.
  void AddRevisions() {
    protocols::v1::RevisionServiceFile::descriptor();
    handlers_.Unary<v1::ListRevisionKeysRequest, v1::ListRevisionKeysResponse>(
        kListRevisions, [](Call&, const auto&) -> absl::StatusOr<v1::ListRevisionKeysResponse> {
          return v1::ListRevisionKeysResponse();
        });
    handlers_.Stream<v1::WatchRevisionKeysRequest, v1::ListRevisionKeysResponse>(
        kWatchRevisions, [](Call& call, const auto&, const auto& send) {
          send(v1::ListRevisionKeysResponse());
          while (!call.ended()) call.WaitForChange(absl::Minutes(1));
          return absl::OkStatus();
        });
  }

  void Serve() {
    std::map<std::string, std::vector<std::string>> allow;
    for (const auto& service : handlers_.Services()) allow[service] = {"gateway"};
    std::vector<Key> keys;
    keys.push_back(PublicKeyOf(RawPublicKey(key_)));
    ASSERT_OK(handlers_.Seal(allow, std::make_shared<AssertionVerifier>("under-test", std::move(keys)),
                             &Clock::Real()));
    auto server = Server::Start(config_, &handlers_, metrics_.get());
    ASSERT_OK(server);
    server_ = *std::move(server);
    channel_ = Channel(server_->port());
  }

  std::shared_ptr<grpc::Channel> Channel(int port) {
    const auto gateway = pki_.Service("gateway");
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = testing::Slurp(pki_.service_ca_file());
    options.pem_private_key = testing::Slurp(gateway.key_file);
    options.pem_cert_chain = testing::Slurp(gateway.certificate_file);
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("localhost");
    // The limit that the gateway announces.
    arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 1 << 20);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(absl::StrCat("ipv4:127.0.0.1:", port), grpc::SslCredentials(options),
                                     arguments);
  }

  std::string For(const std::string& agency) {
    return For(agency, annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY, annotations::v1::ROLE_CAS_DIRECTOR,
               annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE);
  }
  std::string ForTheLog() {
    return For("accord-log", annotations::v1::AGENCY_KIND_PLATFORM_LOG,
               annotations::v1::ROLE_PLATFORM_AUDITOR, annotations::v1::PURPOSE_ADMINISTRATION);
  }
  std::string For(const std::string& agency, AgencyKind kind, Role role, Purpose purpose,
                  caller::v1::Language language = caller::v1::LANGUAGE_UNSPECIFIED) {
    caller::v1::CallerAssertion assertion;
    assertion.set_agency(agency);
    assertion.set_agency_kind(kind);
    assertion.set_system("s");
    assertion.set_actor("a");
    assertion.add_roles(role);
    assertion.set_purpose(purpose);
    assertion.set_language(language);
    assertion.set_audience("under-test");
    const absl::Time now = absl::Now();
    *assertion.mutable_issue_time() = ToProto(now);
    *assertion.mutable_expire_time() = ToProto(now + kAssertionLife);
    return SignAssertion(key_, assertion);
  }

  static std::string Echo(const std::string& payload) {
    EchoRequest request;
    request.set_payload(payload);
    return request.SerializeAsString();
  }
  absl::Status Ask(const std::string& agency) {
    return Open(channel_, kEcho, For(agency), Echo("x")).ReadAndFinish();
  }
  // Gives what a society that chose this language is told about a record that it may not see.
  absl::Status AskFor(const std::string& payload, caller::v1::Language language) {
    return Open(channel_, kEcho,
                For("cas-york", annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY,
                    annotations::v1::ROLE_PRIVACY_OFFICER, annotations::v1::PURPOSE_PRIVACY_REVIEW, language),
                Echo(payload))
        .ReadAndFinish();
  }
  // Starts calls that wait at the gate or in the queue.
  std::vector<std::unique_ptr<Open>> Wait(const std::string& agency, int count) {
    std::vector<std::unique_ptr<Open>> calls;
    for (int i = 0; i < count; ++i) {
      calls.push_back(std::make_unique<Open>(channel_, kEcho, For(agency), Echo("wait")));
    }
    return calls;
  }
  std::string Page() { return *AnswerTo("GET /metrics HTTP/1.1\r\n\r\n", 8192, *metrics_->page()); }
  bool Shows(const std::string& line) {
    return testing::Eventually([&] { return Page().find(line) != std::string::npos; });
  }

  testing::TestPki pki_;
  Key key_;
  v1::HostConfig config_;
  Gate gate_;
  std::atomic<int> ended_streams_{0};
  std::atomic<int64_t> stream_deadline_us_{0};
  bool hold_ended_streams_ = false;
  Handlers handlers_{nullptr};
  std::unique_ptr<Metrics> metrics_ = *Metrics::Start("");
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

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
  // With this many workers, one agency may hold two.
  config_.set_workers(6);
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
  // gRPC's clock has a largest value, which means never.
  EXPECT_GT(absl::FromUnixMicros(stream_deadline_us_), absl::Now() + 24 * 365 * 100 * absl::Hours(1));
}

// Forwards bytes between one client and a server until it is told to drop them.
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
  // The bytes of HealthCheckRequest{service = 1}.
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
