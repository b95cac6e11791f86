// These tests are about what the agency's system is told over HTTP, and what the connector refuses to
// start with.
#include "clients/connector/connector.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <limits>

#include "clients/connector/act.h"
#include "clients/connector/own_file.h"
#include "clients/connector/testing/connector_fixture.h"
#include "common/base/text_proto.h"
#include "common/testing/pki.h"

namespace accord::connector {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class ConnectorTest : public testing::ConnectorFixture {
 protected:
  std::string Refusal() {
    const absl::Status checked = Connector::Check(config_);
    const auto started = Connector::Start(config_);
    EXPECT_EQ(started.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(checked, started.status());
    return std::string(started.status().message());
  }
  int StatusOf(const httplib::Result& result) { return result ? result->status : 0; }
};

TEST(ConnectorPage, ShowsWhatIsReadAsConfigurationAndAsActs) {
  const std::string page =
      accord::testing::Slurp(std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/docs/connector.md");
  ConnectorConfig config;
  constexpr std::string_view kBegin = "```textproto\n";
  for (std::size_t at = page.find(kBegin); at != std::string::npos; at = page.find(kBegin, at)) {
    at += kBegin.size();
    ConnectorConfig block;
    const absl::Status read =
        ParseTextProto("docs/connector.md", page.substr(at, page.find("```", at) - at), &block);
    EXPECT_TRUE(read.ok()) << read;
    config.MergeFrom(block);
  }
  ASSERT_EQ(config.callers_size(), 1);
  EXPECT_EQ(config.drops_size(), 1);
  ASSERT_EQ(config.watches_size(), 1);
  EXPECT_EQ(config.webhooks_size(), 1);
  EXPECT_TRUE(CheckCallerMay(config.callers(0), "callers").ok());
  EXPECT_TRUE(RecordList::Of(config.watches(0).list(), config.watches(0).list_request()).ok());
  const std::size_t act = page.find("{\"method\"");
  ASSERT_NE(act, std::string::npos);
  EXPECT_TRUE(ReadAct(page.substr(act, page.find('\'', act) - act)).ok());
}

TEST_F(ConnectorTest, TakesTheSameActOnceByItsIdempotencyKey) {
  Begin();
  const std::string id = Taken(CreateIn("agencies/a"), "key");
  EXPECT_EQ(Taken(CreateIn("agencies/a"), "key"), id);
  const httplib::Result other = Post(CreateIn("agencies/b"), "key");
  EXPECT_EQ(StatusOf(other), 409);
  EXPECT_THAT(other->body, HasSubstr("Idempotency-Key"));
  ASSERT_TRUE(Becomes(id, "answered"));
  EXPECT_EQ(Taken(CreateIn("agencies/a"), "key"), id);
  End();
  Begin();
  EXPECT_EQ(Taken(CreateIn("agencies/a"), "key"), id);
  EXPECT_THAT(gateway_.made(), SizeIs(1));
  EXPECT_EQ(StatusOf(Post(CreateIn("agencies/a"), std::string(256, 'k'))), 400);
}

TEST_F(ConnectorTest, GivesATokenNothingThatTheConfigurationDoesNotName) {
  WriteOwn("other.token", Token("other"));
  LocalCaller* other = config_.add_callers();
  *other = config_.callers(0);
  other->set_name("other");
  other->set_token_file(folder_.path("other.token"));
  Begin();
  EXPECT_EQ(StatusOf(Post(CreateIn("agencies/a"), "", "stranger")), 401);
  EXPECT_EQ(StatusOf(Http().Post("/v1/calls", CreateIn("agencies/a").dump(), "application/json")), 401);
  EXPECT_EQ(StatusOf(Http().Get("/v1/calls/x")), 401);
  Json act = CreateIn("agencies/a");
  act["actor"] = "chief";
  EXPECT_EQ(StatusOf(Post(act)), 403);
  act = CreateIn("agencies/a");
  act["purpose"] = "administration";
  EXPECT_EQ(StatusOf(Post(act)), 403);
  act = CreateIn("agencies/a");
  act["method"] = "accord.protocols.v1.ReferralService.AcknowledgeReferral";
  act["request"] = {{"name", "agencies/a/referrals/r"}};
  EXPECT_EQ(StatusOf(Post(act)), 403);
  const std::string id = Taken(CreateIn("agencies/a"));
  ASSERT_TRUE(Becomes(id, "answered"));
  EXPECT_EQ(StatusOf(Get(id, "other")), 404);
  EXPECT_THAT(gateway_.calls(), SizeIs(1));
}

TEST_F(ConnectorTest, TakesNothingFromAPageInABrowser) {
  Begin();
  const std::string act = CreateIn("agencies/a").dump();
  const auto status_with = [&](const std::string& header, const std::string& value) {
    httplib::Headers headers = Bearer("records");
    headers.emplace(header, value);
    return StatusOf(Http().Post("/v1/calls", headers, act, "text/plain"));
  };
  EXPECT_EQ(status_with("Origin", "http://127.0.0.1"), 403);
  EXPECT_EQ(status_with("Sec-Fetch-Site", "same-origin"), 403);
  // A name of the page's own that now points to this machine.
  EXPECT_EQ(status_with("Host", "page.example:8181"), 403);
  EXPECT_EQ(status_with("Host", "127.0.0.1.page.example"), 403);
  EXPECT_EQ(status_with("Host", "localhost:8181"), 202);
}

TEST_F(ConnectorTest, UnpacksNoMoreThanAnActHasAndReadsNothingElse) {
  Begin();
  httplib::Client packing = Http();
  packing.set_compress(true);
  const std::string act = CreateIn("agencies/a").dump();
  EXPECT_EQ(StatusOf(packing.Post("/v1/calls", Bearer("records"), act, "application/json")), 202);
  // It has a few thousand bytes before it is unpacked.
  const std::string large = act + std::string(kMostActBytes, ' ');
  EXPECT_EQ(StatusOf(packing.Post("/v1/calls", Bearer("records"), large, "application/json")), 413);
  EXPECT_EQ(StatusOf(Http().Post("/v1/calls", Bearer("records"),
                                 httplib::MultipartFormDataItems{{"act", act, "", "application/json"}})),
            413);
  EXPECT_EQ(StatusOf(packing.Post("/v1/other", Bearer("records"), large, "application/json")), 415);
  httplib::Headers packed = Bearer("records");
  packed.emplace("Content-Encoding", "gzip");
  EXPECT_EQ(StatusOf(Http().Delete("/v1/calls/x", packed, act, "application/json")), 415);
  EXPECT_EQ(StatusOf(Http().Get("/" + std::string(4000, 'a'), Bearer("records"))), 404);
  EXPECT_EQ(StatusOf(Http().Put("/v1/calls", Bearer("records"), act, "application/json")), 405);
}

TEST_F(ConnectorTest, SaysWhatIsWrongWithAnAct) {
  Begin();
  Json act = CreateIn("agencies/a");
  act["request"]["referal"] = Json::object();
  const httplib::Result unknown = Post(act);
  EXPECT_EQ(StatusOf(unknown), 400);
  EXPECT_THAT(unknown->body, HasSubstr("referal"));
  act = CreateIn("agencies/a");
  act["request"]["referral"] = {{"kind", "REFERRAL_KIND_DUTY_TO_REPORT"}};
  EXPECT_EQ(StatusOf(Post(act)), 400);
  act["decided_by"] = "worker";
  EXPECT_EQ(StatusOf(Post(act)), 202);
}

TEST_F(ConnectorTest, IsFullPastItsLimitsAndSaysSo) {
  gateway_.Stop();
  config_.mutable_limits()->set_max_calls(1);
  Begin();
  Taken(CreateIn("agencies/a"));
  const httplib::Result full = Post(CreateIn("agencies/a"));
  EXPECT_EQ(StatusOf(full), 507);
  EXPECT_THAT(full->body, HasSubstr("full"));
}

TEST_F(ConnectorTest, ForgetsAnAcknowledgedActAndNoneThatWaits) {
  Begin();
  const std::string id = Taken(CreateIn("agencies/a"));
  ASSERT_TRUE(Becomes(id, "answered"));
  EXPECT_EQ(StatusOf(Delete(id)), 204);
  EXPECT_EQ(StatusOf(Delete(id)), 204);
  EXPECT_EQ(StatusOf(Delete("nothing")), 404);
  gateway_.Stop();
  EXPECT_EQ(StatusOf(Delete(Taken(CreateIn("agencies/a")))), 409);
}

TEST_F(ConnectorTest, ListensOnAUnixSocketAndNotBeyondItsMachine) {
  const std::string path = folder_.path("socket");
  config_.set_listen("unix:" + path);
  Begin();
  End();
  // What the process before has left is no hindrance.
  Begin();
  struct stat found {};
  ASSERT_EQ(stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  httplib::Client local(path);
  local.set_address_family(AF_UNIX);
  const httplib::Result taken =
      local.Post("/v1/calls", Bearer("records"), CreateIn("agencies/a").dump(), "application/json");
  EXPECT_EQ(StatusOf(taken), 202);
  ConnectorConfig beside = config_;
  beside.set_state_folder(folder_.path("beside"));
  EXPECT_THAT(std::string(Connector::Start(beside).status().message()), HasSubstr("Another process listens"));
  EXPECT_TRUE(local.Get("/v1/calls/x", Bearer("records")));
  End();
  for (const char* listen :
       {"0.0.0.0:8181", "[::]:8181", "localhost:8181", "127.0.0.1", "127.0.0.1:70000", ""}) {
    config_.set_listen(listen);
    EXPECT_THAT(std::string(Connector::Start(config_).status().message()), HasSubstr("none of 127.0.0.1"))
        << listen;
  }
}

TEST_F(ConnectorTest, WorksAloneWithItsState) {
  Begin();
  EXPECT_THAT(std::string(Connector::Start(config_).status().message()), HasSubstr("Another connector"));
  End();
  Begin();
}

TEST_F(ConnectorTest, MakesNoKeyBesideAnotherThatBegins) {
  ASSERT_TRUE(MakeOwnFolder(config_.state_folder()).ok());
  const auto other = StateLock::Take(config_.state_folder());
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_FALSE(Connector::Start(config_).ok());
  EXPECT_FALSE(*IsThere(config_.state_folder() + "/seal.key"));
}

TEST_F(ConnectorTest, DoesNotStartWithADefaultActorAnOpenKeyOrNobodyToServe) {
  WriteClientFile(gateway_.address(), {{"actor", "worker"}});
  EXPECT_THAT(Refusal(), HasSubstr("there is no default"));
  WriteClientFile(gateway_.address(), {{"purpose", "child_protection"}});
  EXPECT_THAT(Refusal(), HasSubstr("there is no default"));
  WriteClientFile(gateway_.address());
  ASSERT_EQ(chmod(folder_.path("client.key").c_str(), 0640), 0);
  EXPECT_THAT(Refusal(), HasSubstr("open to other users"));
  PlaceFile(second_.key_file, "client.key");
  WriteClientFile(gateway_.address());
  EXPECT_THAT(Refusal(), HasSubstr("no certificate with its key"));
  // The instant of its end would overflow, and the act be erased at once.
  config_.mutable_limits()->set_erase_after_seconds(std::numeric_limits<int64_t>::max());
  EXPECT_THAT(Refusal(), HasSubstr("erase_after_seconds"));
  config_.clear_limits();
  config_.clear_callers();
  EXPECT_THAT(Refusal(), HasSubstr("nothing to do"));
}

}  // namespace
}  // namespace accord::connector
