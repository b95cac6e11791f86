// These tests are about what the connector tells of itself: asked while it runs, and read from its folder
// when it does not.
#include "clients/connector/status.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "absl/time/clock.h"
#include "clients/connector/connector_metrics.h"
#include "clients/connector/health.h"
#include "clients/connector/status_command.h"
#include "clients/connector/status_table.h"
#include "clients/connector/testing/connector_fixture.h"
#include "common/pki/authority.h"

namespace accord::connector {
namespace {

using accord::testing::Eventually;
using client::testing::FakeGateway;
using client::testing::Refuses;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// The wait is so long that no second attempt is made by itself in a test.
const client::Waits kNoSecondAttempt(client::Seconds(3600), client::Seconds(3600));

class StatusTest : public testing::ConnectorFixture {
 protected:
  Json Told() {
    const auto text = TellStatus(config_, {"json"});
    EXPECT_TRUE(text.ok()) << text.status();
    return Json::parse(text.value_or("{}"), nullptr, false);
  }
  // This gives what the command tells where it asks a connector at a Unix socket.
  void ListenAtASocket() { config_.set_listen("unix:" + folder_.path("socket")); }
  std::string TakenAtTheSocket(const Json& act) {
    httplib::Client local(folder_.path("socket"));
    local.set_address_family(AF_UNIX);
    const httplib::Result taken = local.Post("/v1/calls", Bearer("records"), act.dump(), "application/json");
    EXPECT_TRUE(taken && taken->status == 202);
    return taken && taken->status == 202 ? Json::parse(taken->body)["id"].get<std::string>() : "";
  }
  // This gives what is told of the troubles, in one text.
  static std::string Troubles(const Json& status) { return status.at("troubles").dump(); }
  Json OfCertificate(absl::Time now) {
    StatusSources sources{config_};
    sources.certificate_file = folder_.path("client.crt");
    return StatusOf(sources, now);
  }
};

// No file takes a byte while it lives, as on a full disk.
class FullDisk {
 public:
  FullDisk() : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &before_), 0);
    rlimit small = before_;
    small.rlim_cur = 1;
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  }
  ~FullDisk() {
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before_), 0);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(StatusTest, TellsWhatWaitsWhileItRunsAndAfterwards) {
  gateway_.Stop();
  ListenAtASocket();
  Begin(kNoSecondAttempt);
  const absl::Time before = absl::Now() - absl::Seconds(1);
  const std::string id = TakenAtTheSocket(CreateIn("agencies/a"));
  ASSERT_TRUE(Eventually([&] { return Told()["problems"].size() == 1; }));
  const Json running = Told();
  EXPECT_EQ(running["source"], "running");
  EXPECT_EQ(running["outbox"]["waiting"], 1);
  absl::Time oldest;
  std::string error;
  ASSERT_TRUE(
      absl::ParseTime(absl::RFC3339_full, running["outbox"]["oldest"].get<std::string>(), &oldest, &error));
  EXPECT_GE(oldest + absl::Seconds(1), before);
  EXPECT_LE(oldest, absl::Now());
  EXPECT_EQ(running["problems"][0]["id"], id);
  EXPECT_EQ(running["problems"][0]["code"], "UNANSWERED");
  EXPECT_THAT(running["problems"][0]["do"].get<std::string>(), HasSubstr("sent again by itself"));
  EXPECT_THAT(running.dump(), AllOf(Not(HasSubstr("worker")), Not(HasSubstr("agencies/a"))));
  End();
  const Json ended = Told();
  EXPECT_EQ(ended["source"], "folder");
  EXPECT_EQ(ended["outbox"]["waiting"], 1);
  EXPECT_EQ(ended["problems"][0]["id"], id);
  EXPECT_THAT(Troubles(ended), HasSubstr("does not run"));
  EXPECT_THAT(StatusTable(ended), AllOf(HasSubstr("1 waiting"), HasSubstr(id), HasSubstr("what to do")));
}

TEST_F(StatusTest, NamesARefusedActAndWhatTheRuleSaysUntilItIsFetched) {
  gateway_.Plan(Refuses({.code = grpc::StatusCode::PERMISSION_DENIED, .reason = "ACTOR_NOT_REGISTERED"}));
  Begin();
  const std::string id = Taken(CreateIn("agencies/a"));
  ASSERT_TRUE(Eventually([&] { return connector_->Status()["outbox"]["refused"] == 1; }));
  const Json problem = connector_->Status()["problems"][0];
  EXPECT_EQ(problem["id"], id);
  EXPECT_EQ(problem["state"], "refused");
  EXPECT_EQ(problem["reason"], "ACTOR_NOT_REGISTERED");
  EXPECT_EQ(problem["do"], std::string(rules::kActorNotRegistered.en));
  ASSERT_TRUE(Becomes(id, "refused"));
  EXPECT_EQ(connector_->Status()["problems"].size(), 0u);
}

TEST_F(StatusTest, SaysThatTheDiskIsFullAndIsWellAgainWhenItIsNot) {
  gateway_.Stop();
  Begin(kNoSecondAttempt);
  Taken(CreateIn("agencies/a"));
  EXPECT_EQ(Http().Get("/healthz")->status, 200);
  {
    const FullDisk full;
    ASSERT_TRUE(Eventually([&] { return Http().Get("/healthz")->status == 503; }));
    EXPECT_THAT(Http().Get("/healthz")->body, AllOf(HasSubstr("takes no files"), HasSubstr("Make room")));
    EXPECT_THAT(Http().Get("/metrics")->body, HasSubstr("accord_connector_disk_full 1\n"));
    EXPECT_EQ(Post(CreateIn("agencies/b"))->status, 507);
  }
  EXPECT_TRUE(Eventually([&] { return Http().Get("/healthz")->status == 200; }));
  EXPECT_EQ(connector_->Status()["outbox"]["waiting"], 1);
  Taken(CreateIn("agencies/b"));
}

TEST_F(StatusTest, SaysWhenTheCertificateOrTheClockIsWrong) {
  const auto read = pki::ReadCertificate(*ReadFile(folder_.path("client.crt")));
  ASSERT_TRUE(read.ok()) << read.status();
  const absl::Duration life = read->not_after - read->not_before;
  EXPECT_EQ(OfCertificate(read->not_before + life / 2)["troubles"].size(), 0u);
  const Json due = OfCertificate(read->not_before + life * 3 / 4);
  EXPECT_THAT(Troubles(due), HasSubstr("due to be renewed"));
  EXPECT_EQ(HealthOf(due).http_status, 200);
  const Json early = OfCertificate(read->not_before - absl::Hours(1));
  EXPECT_THAT(Troubles(early), HasSubstr("Set the clock"));
  EXPECT_EQ(HealthOf(early).http_status, 503);
  const Json ended = OfCertificate(read->not_after + absl::Hours(1));
  EXPECT_THAT(Troubles(ended), HasSubstr("has ended"));
  EXPECT_EQ(HealthOf(ended).http_status, 503);
  ASSERT_TRUE(WriteFile(folder_.path("client.crt"), "no certificate", FileKind::kPublic).ok());
  EXPECT_THAT(Troubles(OfCertificate(absl::Now())), HasSubstr("no certificate that can be read"));
}

TEST_F(StatusTest, SaysWhyTheCertificateIsNotRenewed) {
  const auto read = pki::ReadCertificate(*ReadFile(folder_.path("client.crt")));
  ASSERT_TRUE(read.ok()) << read.status();
  const absl::Time due = read->not_before + (read->not_after - read->not_before) * 3 / 4;
  StatusSources sources{config_};
  sources.certificate_file = folder_.path("client.crt");
  sources.renewal = RenewalSeen();
  EXPECT_EQ(StatusOf(sources, due)["troubles"].size(), 0u);
  sources.renewal = RenewalSeen{.problem = "Accord refused it.", .reason = "SYSTEM_SUSPENDED"};
  const Json failing = StatusOf(sources, due);
  EXPECT_THAT(Troubles(failing), AllOf(HasSubstr("is not renewed: Accord refused it."),
                                       HasSubstr(std::string(rules::kSystemSuspended.en))));
  EXPECT_EQ(HealthOf(failing).http_status, 200);
}

TEST_F(StatusTest, SaysWhyAWatchDoesNotGoOn) {
  std::filesystem::create_directory(folder_.path("in"));
  chmod(folder_.path("in").c_str(), 0700);
  WatchConfig* watch = config_.add_watches();
  watch->set_name("referrals");
  watch->set_actor("worker");
  watch->set_purpose("child_protection");
  watch->set_feed("accord.protocols.v1.ChangeService.WatchChanges");
  watch->set_folder(folder_.path("in"));
  gateway_.PlanStream(
      Refuses({.code = grpc::StatusCode::PERMISSION_DENIED, .reason = "ACTOR_NOT_REGISTERED"}));
  Begin(kNoSecondAttempt);
  ASSERT_TRUE(Eventually([&] { return connector_->Status()["feeds"][0].contains("problem"); }));
  const Json feed = connector_->Status()["feeds"][0];
  EXPECT_EQ(feed["reason"], "ACTOR_NOT_REGISTERED");
  EXPECT_EQ(feed["do"], std::string(rules::kActorNotRegistered.en));
  // Others may write there now.
  chmod(folder_.path("in").c_str(), 0777);
  EXPECT_THAT(Troubles(connector_->Status()), HasSubstr("Mend the folder"));
}

TEST_F(StatusTest, CountsTheFilesThatAreNoActs) {
  std::filesystem::create_directory(folder_.path("drop"));
  chmod(folder_.path("drop").c_str(), 0700);
  DropConfig* drop = config_.add_drops();
  drop->set_name("night");
  drop->set_folder(folder_.path("drop"));
  drop->add_actors("worker");
  drop->add_purposes("child_protection");
  drop->add_methods("accord.protocols.v1.ReferralService.CreateReferral");
  Begin();
  EXPECT_THAT(Troubles(connector_->Status()), Not(HasSubstr("night")));
  WriteOwn("drop/a.json", "{no act");
  EXPECT_TRUE(Eventually([&] {
    return Troubles(connector_->Status()).find("Drop night: acts that were not taken: 1.") !=
           std::string::npos;
  }));
}

TEST_F(StatusTest, KeepsToTheGatewayThatAnsweredLast) {
  FakeGateway other(pki_);
  WriteClientFile(gateway_.address() + "," + other.address());
  Begin();
  ASSERT_TRUE(Becomes(Taken(CreateIn("agencies/a")), "answered"));
  EXPECT_EQ(connector_->Status()["gateways"][0]["state"], "ready");
  EXPECT_EQ(connector_->Status()["gateways"][0]["used"], true);
  gateway_.Stop();
  ASSERT_TRUE(Becomes(Taken(CreateIn("agencies/b")), "answered"));
  ASSERT_TRUE(Becomes(Taken(CreateIn("agencies/c")), "answered"));
  EXPECT_THAT(other.made(), SizeIs(2));
  const Json gateways = connector_->Status()["gateways"];
  EXPECT_EQ(gateways[0]["used"], false);
  EXPECT_NE(gateways[0]["state"], "ready");
  EXPECT_EQ(gateways[1]["address"], other.address());
  EXPECT_EQ(gateways[1]["used"], true);
  EXPECT_EQ(gateways[1]["state"], "ready");
}

TEST_F(StatusTest, GivesAPageOfNumbersWithNothingOfAnyPerson) {
  Begin();
  ASSERT_TRUE(Becomes(Taken(CreateIn("agencies/a")), "answered"));
  const httplib::Result metrics = Http().Get("/metrics");
  ASSERT_TRUE(metrics);
  EXPECT_THAT(metrics->body,
              AllOf(HasSubstr("accord_connector_healthy 1\n"), HasSubstr("accord_connector_acts_waiting 0\n"),
                    HasSubstr("accord_connector_gateway_ready{address=\"" + gateway_.address() + "\"} 1\n"),
                    HasSubstr("accord_connector_certificate_seconds_left "),
                    HasSubstr("accord_connector_disk_full 0\n"), Not(HasSubstr("worker"))));
  EXPECT_EQ(Http().Get("/v1/status")->status, 401);
  EXPECT_EQ(Http().Get("/v1/status", Bearer("records"))->status, 200);
  EXPECT_EQ(Http().Get("/healthz", httplib::Headers{{"Origin", "http://127.0.0.1"}})->status, 403);
  EXPECT_EQ(Http().Get("/metrics", httplib::Headers{{"Origin", "http://127.0.0.1"}})->status, 403);
}

TEST_F(StatusTest, SaysWhyTheConnectorWouldNotStart) {
  chmod(folder_.path("records.token").c_str(), 0644);
  const Json status = Told();
  EXPECT_EQ(status["source"], "folder");
  EXPECT_THAT(Troubles(status), AllOf(HasSubstr("open to other users"), HasSubstr("does not start with it")));
  EXPECT_FALSE(std::filesystem::exists(config_.state_folder())) << "it makes nothing";
}

TEST(StatusWordsTest, AreTakenOutOfTheCommandLine) {
  std::string program = "accord-connector", status = "status", output = "-o", json = "json",
              rest = "--config=f";
  std::vector<char*> arguments = {program.data(), status.data(), output.data(), json.data(), rest.data()};
  const auto words = TakeStatusWords(&arguments);
  ASSERT_TRUE(words.has_value());
  EXPECT_EQ(words->format, "json");
  EXPECT_EQ(arguments, (std::vector<char*>{program.data(), rest.data()}));
  EXPECT_FALSE(TakeStatusWords(&arguments).has_value());
  EXPECT_TRUE(absl::IsInvalidArgument(TellStatus({}, {"xml"}).status()));
}

}  // namespace
}  // namespace accord::connector
