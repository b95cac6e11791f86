// Calls of every kind through a gateway, its policy, its audit and its services going away and coming back.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "common/base/socket.h"
#include "common/testing/stepped_call.h"
#include "services/gateway/testing/fixture.h"

namespace accord::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// This is a streaming call as officer-1, one step at a time.
class Stream : public accord::testing::SteppedCall {
 public:
  Stream(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
         std::chrono::milliseconds deadline = std::chrono::seconds(20))
      : SteppedCall(channel, path, [deadline](grpc::ClientContext* context) {
          context->AddMetadata("accord-actor", "officer-1");
          context->set_deadline(std::chrono::system_clock::now() + deadline);
        }) {}
  bool Write(const Echo& request) { return SteppedCall::Write(request.SerializeAsString()); }
  bool Read(Echoed* response) {
    const auto read = SteppedCall::Read();
    return read.has_value() && response->ParseFromString(*read);
  }
};

Echo Saying(const std::string& payload) {
  Echo request;
  request.set_payload(payload);
  return request;
}

std::vector<std::string> PhasesOf(const std::vector<audit::v1::AuditRecord>& records,
                                  const std::string& path) {
  std::vector<std::string> phases;
  for (const auto& record : records) {
    if (record.method() == path) phases.push_back(audit::v1::Phase_Name(record.phase()));
  }
  return phases;
}

TEST_F(GatewayTest, CarriesAllowedCallsAndNamesTheRuleOfOthers) {
  Start();
  EXPECT_EQ(Call(kEcho), "");
  EXPECT_EQ(Call(kEcho, "nobody"), "ACTOR_NOT_REGISTERED");
  EXPECT_EQ(Call(kEcho, "officer-1", "accord-caller-bin"), "RESERVED_HEADER");
  EXPECT_EQ(Call("/accord.testing.v1.EchoService/EchoForPolice"), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Call("/accord.testing.v1.EchoService/None"), "METHOD_UNKNOWN");
  EXPECT_EQ(audit_.records().size(), 5u);
}

TEST_F(GatewayTest, AllFourKindsOfCallsPass) {
  Start();
  channel_ = Channel();
  Echoed response;
  {
    Stream expand(channel_, kExpand);
    Echo request = Saying("many");
    request.set_count(5);
    ASSERT_TRUE(expand.Write(request));
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(expand.Read(&response)) << i;
    EXPECT_TRUE(expand.WritesDone());
    EXPECT_FALSE(expand.Read(&response));
    EXPECT_TRUE(expand.Finish().ok());
  }
  {
    Stream chat(channel_, kChat);
    for (const char* text : {"one", "two", "three"}) {
      ASSERT_TRUE(chat.Write(Saying(text)));
      ASSERT_TRUE(chat.Read(&response));
      EXPECT_EQ(response.payload(), text);
    }
    EXPECT_TRUE(chat.WritesDone());
    EXPECT_FALSE(chat.Read(&response));
    EXPECT_TRUE(chat.Finish().ok());
  }
  {
    Stream collect(channel_, kCollect);
    ASSERT_TRUE(collect.Write(Saying("last")));
    EXPECT_TRUE(collect.WritesDone());
    ASSERT_TRUE(collect.Read(&response));
    EXPECT_TRUE(collect.Finish().ok());
  }
  EXPECT_TRUE(NothingOpen());
  EXPECT_THAT(PhasesOf(audit_.records(), kChat),
              ::testing::ElementsAre("PHASE_STREAM_OPEN", "PHASE_STREAM_END"));
}

TEST_F(GatewayTest, AStreamReleasesNothingBeforeItsOpeningIsRecorded) {
  Start();
  audit_.mode = FakeAudit::Mode::kFails;
  Stream chat(Channel(), kChat);
  ASSERT_TRUE(chat.Write(Saying("secret")));
  Echoed response;
  EXPECT_FALSE(chat.Read(&response));
  EXPECT_EQ(RuleOf(chat.Finish()), "AUDIT_UNAVAILABLE");
}

TEST_F(GatewayTest, AnAuditThatHangsOrFailsAnswersNothingAndRecovers) {
  Start();
  EXPECT_EQ(Call(kEcho), "");
  audit_.mode = FakeAudit::Mode::kFails;
  EXPECT_EQ(Call(kEcho), "AUDIT_UNAVAILABLE");
  audit_.mode = FakeAudit::Mode::kHangs;
  EXPECT_EQ(Call(kEcho), "AUDIT_UNAVAILABLE");
  audit_.mode = FakeAudit::Mode::kWrites;
  EXPECT_TRUE(Eventually([&] { return Call(kEcho).empty(); }));
}

TEST_F(GatewayTest, LargeMessagesFlowBothWaysWithinTheWindows) {
  Start();
  const std::string large(3 << 20, 'x');
  EXPECT_EQ(Call(kEcho, "officer-1", "", large), "");
  Stream expand(channel_, kExpand);
  Echo request;
  request.set_response_bytes(1 << 20);
  request.set_count(32);
  ASSERT_TRUE(expand.Write(request));
  Echoed response;
  for (int i = 0; i < 32; ++i) {
    ASSERT_TRUE(expand.Read(&response)) << i;
    ASSERT_EQ(response.payload().size(), 1u << 20);
  }
}

TEST_F(GatewayTest, AMessageBeyondTheLimitIsRefusedEitherWay) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_max_message_bytes(10'000); });
  EXPECT_EQ(Call(kEcho, "officer-1", "", std::string(20'000, 'x')), "MESSAGE_TOO_LARGE");
  Stream expand(channel_, kExpand);
  Echo request;
  request.set_response_bytes(20'000);
  ASSERT_TRUE(expand.Write(request));
  Echoed response;
  EXPECT_FALSE(expand.Read(&response));
  EXPECT_EQ(RuleOf(expand.Finish()), "MESSAGE_TOO_LARGE");
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(GatewayTest, ADeadlineEndsTheCallHereAndInTheService) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_max_deadline_ms(100);
    config->mutable_limits()->set_max_stream_deadline_ms(100);
  });
  Stream held(Channel(), kChat);
  Echo request;
  request.set_hold_ms(1);
  ASSERT_TRUE(held.Write(request));
  EXPECT_EQ(RuleOf(held.Finish()), "DEADLINE_EXCEEDED");
  EXPECT_TRUE(Eventually([&] { return echo_.cancelled == 1; }));
  EXPECT_TRUE(NothingOpen());
}

TEST_F(GatewayTest, ACancelledCallIsCancelledInTheServiceAndRecorded) {
  Start();
  Stream held(Channel(), kChat);
  Echo request;
  request.set_hold_ms(1);
  ASSERT_TRUE(held.Write(request));
  ASSERT_TRUE(Eventually([&] { return echo_.started == 1; }));
  held.Cancel();
  EXPECT_TRUE(Eventually([&] { return echo_.cancelled == 1; }));
  EXPECT_TRUE(NothingOpen());
  EXPECT_TRUE(Eventually([&] { return PhasesOf(audit_.records(), kChat).size() == 1; }));
}

// This gives what the registry tells after its first word: this entry, in place of the one before.
registry::v1::PolicyUpdate NextPolicy(const registry::v1::ActorPolicy& actor) {
  registry::v1::PolicyUpdate update;
  update.set_epoch("test");
  update.set_version(2);
  *update.add_actors() = actor;
  return update;
}

TEST_F(GatewayTest, AnOpenStreamEndsWhenItsActorIsDisabled) {
  Start();
  Stream chat(Channel(), kChat);
  Echoed response;
  ASSERT_TRUE(chat.Write(Saying("hello")));
  ASSERT_TRUE(chat.Read(&response));
  registry_.Publish(NextPolicy(Officer(false)));
  EXPECT_FALSE(chat.Read(&response));
  EXPECT_EQ(RuleOf(chat.Finish()), "ACTOR_NOT_REGISTERED");
  EXPECT_EQ(Call(kEcho), "ACTOR_NOT_REGISTERED");
}

TEST_F(GatewayTest, AnOpenStreamEndsWhenItsActorsRolesChangeAndIsOpenedAgainInTheNewOnes) {
  Start();
  Stream chat(Channel(), kChat);
  Echoed response;
  ASSERT_TRUE(chat.Write(Saying("hello")));
  ASSERT_TRUE(chat.Read(&response));
  registry::v1::ActorPolicy learner = Officer(true);
  learner.add_roles(annotations::v1::ROLE_LEARNER);
  registry_.Publish(NextPolicy(learner));
  EXPECT_FALSE(chat.Read(&response));
  EXPECT_EQ(RuleOf(chat.Finish()), "ROLES_CHANGED");
  Stream again(Channel(), kChat);
  ASSERT_TRUE(again.Write(Saying("hello")));
  EXPECT_TRUE(again.Read(&response));
  EXPECT_TRUE(again.WritesDone());
  EXPECT_FALSE(again.Read(&response));
  EXPECT_TRUE(again.Finish().ok());
}

TEST_F(GatewayTest, AnOpenStreamEndsWhenItsAgencyIsOfAnotherKind) {
  Start();
  Stream chat(Channel(), kChat);
  Echoed response;
  ASSERT_TRUE(chat.Write(Saying("hello")));
  ASSERT_TRUE(chat.Read(&response));
  registry_.Publish(OfKind(annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY));
  EXPECT_FALSE(chat.Read(&response));
  EXPECT_EQ(RuleOf(chat.Finish()), "ROLES_CHANGED");
}

TEST_F(GatewayTest, WithoutNewsOfTheRegistryEverythingIsRefused) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_policy_max_age_ms(300); });
  EXPECT_TRUE(Eventually([&] { return Call(kEcho) == "POLICY_STALE"; }));
  registry::v1::PolicyUpdate heartbeat;
  registry_.Publish(heartbeat);
  EXPECT_TRUE(Eventually([&] {
    registry_.Publish(heartbeat);
    return Call(kEcho).empty();
  }));
}

TEST_F(GatewayTest, ACallWaitsForWhatIsBeingRestartedAndNotForWhatIsGone) {
  Start();
  struct Case {
    const char* name;
    grpc::CallbackGenericService* successor;
    const char* rule;
  };
  for (const auto& [name, successor, gone] : {Case{"echo", &successor_, "BACKEND_UNAVAILABLE"},
                                              Case{"audit", &successor_audit_, "AUDIT_UNAVAILABLE"}}) {
    EXPECT_EQ(Call(kEcho), "");
    StopServer(name);
    EXPECT_EQ(Call(kEcho), gone);
    std::string rule = "none";
    std::thread caller([&] { rule = Call(kEcho); });
    ASSERT_TRUE(Eventually([&] { return gateway_->open_calls() == 1; }));
    StartServer(name, successor, ports_[name]);
    caller.join();
    EXPECT_EQ(rule, "") << name;
  }
}

TEST_F(GatewayTest, ARecordLostWithTheAuditsConnectionIsSentAgainBeforeTheAnswer) {
  Start();
  audit_.mode = FakeAudit::Mode::kHangs;
  std::string rule = "none";
  std::thread caller([&] { rule = Call(kEcho); });
  ASSERT_TRUE(Eventually([&] { return audit_.hanging == 1; }));
  StopServer("audit");
  StartServer("audit", &successor_audit_, ports_["audit"]);
  caller.join();
  EXPECT_EQ(rule, "");
  EXPECT_EQ(successor_audit_.records().size(), 1u);
  EXPECT_EQ(echo_.started, 1);
}

TEST_F(GatewayTest, AServiceThatIsGoingIsLeftForItsSuccessorWhileItsCallsEnd) {
  Start();
  Stream chat(Channel(), kChat);
  Echoed response;
  ASSERT_TRUE(chat.Write(Saying("before")));
  ASSERT_TRUE(chat.Read(&response));
  std::thread draining(
      [&] { servers_["echo"]->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(20)); });
  EXPECT_TRUE(Eventually([&] { return Call(kEcho) != ""; }));
  auto old = std::move(servers_["echo"]);
  StartServer("echo", &successor_, ports_["echo"]);
  EXPECT_EQ(Call(kEcho), "");
  EXPECT_EQ(successor_.started, 1);
  ASSERT_TRUE(chat.Write(Saying("after")));
  ASSERT_TRUE(chat.Read(&response));
  EXPECT_EQ(response.payload(), "after");
  EXPECT_TRUE(chat.WritesDone());
  EXPECT_FALSE(chat.Read(&response));
  EXPECT_TRUE(chat.Finish().ok());
  draining.join();
}

TEST_F(GatewayTest, AServiceThatCancelsOfItselfHasBrokenOff) {
  Start();
  for (const char* path : {kEcho, kChat}) {
    Stream stream(Channel(), path);
    Echo request;
    request.set_fail_with(static_cast<int>(absl::StatusCode::kCancelled));
    ASSERT_TRUE(stream.Write(request));
    stream.WritesDone();
    Echoed response;
    EXPECT_FALSE(stream.Read(&response));
    EXPECT_EQ(RuleOf(stream.Finish()), "BACKEND_UNAVAILABLE") << path;
  }
}

TEST_F(GatewayTest, StoppingLetsOpenCallsFinish) {
  Start();
  auto stream = std::make_unique<Stream>(Channel(), kChat);
  Echoed response;
  ASSERT_TRUE(stream->Write(Saying("before")));
  ASSERT_TRUE(stream->Read(&response));
  std::thread stopping([&] { gateway_->Stop(); });
  ASSERT_TRUE(stream->Write(Saying("after")));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.payload(), "after");
  EXPECT_TRUE(stream->WritesDone());
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
  stopping.join();
}

TEST_F(GatewayTest, CertificatesAreReplacedWithoutAFailedCall) {
  Start();
  std::atomic<bool> stop{false};
  std::atomic<int> calls{0}, failed{0};
  std::thread caller([&] {
    while (!stop) {
      channel_ = nullptr;
      failed += Call(kEcho).empty() ? 0 : 1;
      ++calls;
    }
  });
  const std::string before = TlsFilesStamp(TlsFiles());
  pki_.GatewayServer();
  pki_.Service("gateway");
  EXPECT_NE(TlsFilesStamp(TlsFiles()), before);
  EXPECT_TRUE(Eventually([&] { return gateway_->reloads() == 1; }));
  const int at_reload = calls;
  EXPECT_TRUE(Eventually([&] { return calls > at_reload + 5; }));
  stop = true;
  caller.join();
  EXPECT_EQ(failed, 0);
}

TEST_F(GatewayTest, AnIdleConnectionIsSaidGoodbye) {
  Start([](v1::GatewayConfig* config) { config->mutable_limits()->set_idle_ms(1); });
  EXPECT_EQ(Call(kEcho), "");
  EXPECT_TRUE(Eventually([&] { return channel_->GetState(false) == GRPC_CHANNEL_IDLE; }));
  EXPECT_EQ(Call(kEcho), "");
}

std::string Scrape(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = Loopback(port);
  EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const std::string_view request = "GET /metrics HTTP/1.0\r\n\r\n";
  EXPECT_EQ(::write(fd, request.data(), request.size()), static_cast<ssize_t>(request.size()));
  std::string answer, part(65536, '\0');
  for (ssize_t got; (got = ::read(fd, part.data(), part.size())) > 0;) {
    answer.append(part.data(), static_cast<std::size_t>(got));
  }
  ::close(fd);
  return answer;
}

TEST_F(GatewayTest, MetricsAndAccessLogTellOfCallsAndNameNobody) {
  const std::string log = pki_.directory() + "/access.log";
  Start([&](v1::GatewayConfig* config) {
    config->set_metrics_listen("127.0.0.1:0");
    config->set_access_log_file(log);
  });
  EXPECT_EQ(Call(kEcho), "");
  EXPECT_EQ(Call(kEcho, "nobody"), "ACTOR_NOT_REGISTERED");
  ASSERT_TRUE(NothingOpen());
  const std::string page = Scrape(gateway_->metrics_port());
  EXPECT_THAT(
      page,
      HasSubstr("accord_gateway_calls_total{method=\"/accord.testing.v1.EchoService/Echo\",code=\"OK\"} 1"));
  EXPECT_THAT(page, HasSubstr("accord_gateway_refusals_total{rule=\"ACTOR_NOT_REGISTERED\"} 1"));
  EXPECT_THAT(page, HasSubstr("accord_gateway_policy_age_seconds"));
  EXPECT_THAT(page, HasSubstr("accord_gateway_handshakes_total 1"));
  EXPECT_THAT(
      page, HasSubstr("accord_gateway_call_seconds_count{method=\"/accord.testing.v1.EchoService/Echo\"} 2"));
  std::filesystem::rename(log, log + ".1");
  gateway_->ReopenLog();
  const std::string lines = Slurp(log + ".1");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2);
  EXPECT_THAT(lines, HasSubstr("\"agency\":\"opp\""));
  EXPECT_THAT(lines, HasSubstr("\"rule\":\"ACTOR_NOT_REGISTERED\""));
  for (const std::string& text : {page, lines}) {
    EXPECT_THAT(text, Not(HasSubstr("officer-1")));
    EXPECT_THAT(text, Not(HasSubstr("nobody")));
    EXPECT_THAT(text, Not(HasSubstr("hello")));
  }
  EXPECT_EQ(Call(kEcho), "");
  ASSERT_TRUE(NothingOpen());
  gateway_->ReopenLog();
  EXPECT_THAT(Slurp(log), HasSubstr("\"status\":0"));
}

TEST_F(GatewayTest, AnAgencyBeyondItsQuotaIsToldWhenToComeBack) {
  Start([](v1::GatewayConfig* config) {
    config->mutable_limits()->set_agency_calls_per_second(0.001);
    config->mutable_limits()->set_agency_burst(2);
  });
  EXPECT_EQ(Call(kEcho), "");
  EXPECT_EQ(Call(kEcho), "");
  EXPECT_EQ(Call(kEcho), "QUOTA_CALLS");
}

TEST(GatewayConfig, UnsafeOptionsNeedLoopbackEverywhere) {
  v1::GatewayConfig config;
  config.set_name("g");
  config.set_listen("0.0.0.0:0");
  config.set_unsafe_audit_off(true);
  config.set_unsafe_policy_file("policy");
  EXPECT_THAT(Gateway::Create(config).status().ToString(), HasSubstr("need every address to be loopback"));
  config.set_listen("127.0.0.1:0");
  auto* backend = config.add_backends();
  backend->set_name("echo");
  backend->set_address("10.0.0.1:1");
  EXPECT_THAT(Gateway::Create(config).status().ToString(), HasSubstr("need every address to be loopback"));
}

TEST(GatewayConfig, WithATrustDomainThatCannotBeItDoesNotStart) {
  v1::GatewayConfig config;
  config.set_name("g");
  config.set_listen("127.0.0.1:0");
  config.set_trust_domain("Ontario/service");
  EXPECT_THAT(Gateway::Create(config).status().ToString(), HasSubstr("trust_domain"));
}

TEST(GatewayConfig, WithoutAuditOrPolicyItDoesNotStart) {
  v1::GatewayConfig config;
  config.set_name("g");
  config.set_listen("127.0.0.1:0");
  EXPECT_THAT(Gateway::Create(config).status().ToString(), HasSubstr("AuditWriterService"));
  config.set_unsafe_audit_off(true);
  EXPECT_THAT(Gateway::Create(config).status().ToString(), HasSubstr("PolicyService"));
}

}  // namespace
}  // namespace accord::gateway
