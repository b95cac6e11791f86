// These tests are about acts as files. A connector that ends here ends as by a kill.
#include "clients/connector/drop.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>

#include "clients/connector/testing/connector_fixture.h"
#include "common/testing/pki.h"

namespace accord::connector {
namespace {

using accord::testing::Eventually;
using accord::testing::Slurp;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class DropTest : public testing::ConnectorFixture {
 protected:
  DropTest() {
    std::filesystem::create_directory(folder_.path("drop"));
    chmod(folder_.path("drop").c_str(), 0700);
    DropConfig* drop = config_.add_drops();
    drop->set_name("export");
    drop->set_folder(folder_.path("drop"));
    *drop->mutable_actors() = config_.callers(0).actors();
    *drop->mutable_purposes() = config_.callers(0).purposes();
    *drop->mutable_methods() = config_.callers(0).methods();
  }

  std::string At(const std::string& file) { return folder_.path("drop/" + file); }
  bool IsThere(const std::string& file) { return std::filesystem::exists(At(file)); }
  bool Appears(const std::string& file) {
    return Eventually([&] { return IsThere(file); });
  }
  bool Goes(const std::string& file) {
    return Eventually([&] { return !IsThere(file); });
  }
  void Put(const std::string& name, const std::string& text) {
    std::ofstream(At(name + ".json.tmp")) << text;
    std::filesystem::rename(At(name + ".json.tmp"), At(name + ".json"));
  }
  void Put(const std::string& name, const Json& act) { Put(name, act.dump()); }
  Json Answer(const std::string& name) { return Json::parse(Slurp(At(name + ".answer.json"))); }
  std::string Refusal(const std::string& name) {
    return Appears(name + ".refused.json") ? Slurp(At(name + ".refused.json")) : "";
  }
};

TEST_F(DropTest, CarriesAFileAndWritesItsAnswerBesideIt) {
  Begin();
  std::ofstream(At("half.json.tmp")) << "{";
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Goes("act.json"));
  EXPECT_EQ(Answer("act")["state"], "answered");
  EXPECT_EQ(Answer("act")["response"]["name"], "agencies/a/referrals/0");
  EXPECT_EQ(gateway_.calls().at(0).headers.at("accord-actor"), "worker");
  EXPECT_TRUE(IsThere("half.json.tmp"));
  struct stat found {};
  ASSERT_EQ(stat(At("act.answer.json").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(DropTest, RefusesWhatIsNoActAndKeepsItForAPerson) {
  Begin();
  Put("broken", std::string("{\"method\":"));
  EXPECT_THAT(Refusal("broken"), HasSubstr("object of JSON"));
  ASSERT_TRUE(Appears("broken.json.refused"));
  EXPECT_EQ(Slurp(At("broken.json.refused")), "{\"method\":");
  Json act = CreateIn("agencies/a");
  act["actor"] = "chief";
  Put("other", act);
  EXPECT_THAT(Refusal("other"), HasSubstr("actor"));
  Put("act", CreateIn("agencies/a"));
  std::filesystem::create_symlink(folder_.path("client.json"), At("link.json"));
  EXPECT_THAT(Refusal("link"), HasSubstr("regular file"));
  ASSERT_TRUE(Appears("act.answer.json"));
  EXPECT_THAT(gateway_.calls(), SizeIs(1));
}

TEST_F(DropTest, HandsARefusalOfAccordBackAsTheAnswer) {
  gateway_.Plan(client::testing::Refuses({.code = grpc::StatusCode::NOT_FOUND, .reason = "NOT_FOUND"}));
  Begin();
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Appears("act.answer.json"));
  EXPECT_EQ(Answer("act")["state"], "refused");
  EXPECT_EQ(Answer("act")["refusal"]["reason"], "NOT_FOUND");
}

TEST_F(DropTest, CarriesTheSameFileOnce) {
  Begin();
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Goes("act.json"));
  ASSERT_TRUE(std::filesystem::remove(At("act.answer.json")));
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Appears("act.answer.json"));
  ASSERT_TRUE(Goes("act.json"));
  EXPECT_EQ(Answer("act")["response"]["name"], "agencies/a/referrals/0");
  EXPECT_THAT(gateway_.calls(), SizeIs(1));
  // The same content under another name is another act.
  Put("act-2", CreateIn("agencies/a"));
  ASSERT_TRUE(Appears("act-2.answer.json"));
  EXPECT_THAT(gateway_.made(), SizeIs(2));
}

TEST_F(DropTest, CarriesAFileOnceOverAKillBetweenItsCallAndItsAnswer) {
  gateway_.Plan({.lost = true});
  Begin(client::Waits(client::Seconds(3600), client::Seconds(3600)));
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Eventually([&] { return gateway_.calls().size() == 1; }));
  End();
  ASSERT_TRUE(IsThere("act.json"));
  Begin();
  ASSERT_TRUE(Appears("act.answer.json"));
  EXPECT_THAT(gateway_.made(), SizeIs(1));
  EXPECT_THAT(gateway_.calls(), SizeIs(2));
}

TEST_F(DropTest, CarriesAFileOnceOverAKillBetweenItsAnswerAndItsEnd) {
  Begin();
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Goes("act.json"));
  End();
  // This is as if the file had not been taken away yet.
  Put("act", CreateIn("agencies/a"));
  Begin();
  ASSERT_TRUE(Goes("act.json"));
  EXPECT_EQ(Answer("act")["response"]["name"], "agencies/a/referrals/0");
  EXPECT_FALSE(IsThere("act.refused.json"));
  EXPECT_THAT(gateway_.calls(), SizeIs(1));
}

TEST_F(DropTest, OverwritesNoAnswerOfAnotherActOfTheSameName) {
  Begin();
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Goes("act.json"));
  Put("act", CreateIn("agencies/b"));
  EXPECT_THAT(Refusal("act"), HasSubstr("name of its own"));
  EXPECT_EQ(Answer("act")["response"]["name"], "agencies/a/referrals/0");
  EXPECT_THAT(gateway_.calls(), SizeIs(1));
}

TEST_F(DropTest, LosesNoActThatComesByTheNameOfOneThatIsOnItsWay) {
  gateway_.Plan(client::testing::Refuses(
      {.code = grpc::StatusCode::UNAVAILABLE, .reason = "SERVICE_BUSY", .retry_after = 0.3}));
  Begin();
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Eventually([&] { return gateway_.calls().size() == 1; }));
  Put("act", CreateIn("agencies/b"));
  EXPECT_THAT(Refusal("act"), HasSubstr("name of its own"));
  EXPECT_EQ(Answer("act")["state"], "answered");
  ASSERT_TRUE(Appears("act.json.refused"));
  EXPECT_THAT(Slurp(At("act.json.refused")), HasSubstr("agencies/b"));
}

TEST_F(DropTest, CarriesFilesOnOneResourceByTheirAge) {
  for (int i = 0; i < 5; ++i) {
    const std::string name = absl::StrCat("act-", 9 - i);
    Put(name, CreateIn("agencies/a", absl::StrCat("r", i)));
    std::filesystem::last_write_time(
        At(name + ".json"), std::filesystem::file_time_type::clock::now() - std::chrono::seconds(100 - i));
  }
  Begin();
  ASSERT_TRUE(Appears("act-5.answer.json"));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(gateway_.made().at(absl::StrCat("r", i)), absl::StrCat("agencies/a/referrals/", i));
  }
}

TEST_F(DropTest, LeavesAFileWhereItIsWhileThereIsNoRoom) {
  gateway_.Stop();
  config_.mutable_limits()->set_max_calls(1);
  Begin();
  const std::string first = Taken(CreateIn("agencies/a"));
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Becomes(first, "sent"));
  EXPECT_TRUE(IsThere("act.json"));
  EXPECT_FALSE(IsThere("act.refused.json"));
  config_.mutable_limits()->set_max_calls(2);
  client::testing::FakeGateway back(pki_);
  WriteClientFile(back.address());
  Begin();
  EXPECT_TRUE(Appears("act.answer.json"));
  EXPECT_THAT(back.made(), SizeIs(2));
}

TEST_F(DropTest, LetsNoLaterFilePassOneThatWaitsForRoom) {
  const auto put = [this](const std::string& name, int age, const std::string& content) {
    Json act = CreateIn("agencies/a", name);
    act["request"]["referral"] = {{"subject_ref", content}};
    Put(name, act);
    std::filesystem::last_write_time(
        At(name + ".json"), std::filesystem::file_time_type::clock::now() - std::chrono::seconds(age));
  };
  put("first", 100, std::string(5000, 's'));
  put("second", 50, "s");
  config_.mutable_limits()->set_max_bytes(2000);
  Begin();
  // It has looked at all of the folder once before it ends.
  End();
  EXPECT_TRUE(IsThere("second.json"));
  config_.mutable_limits()->set_max_bytes(100'000);
  Begin();
  ASSERT_TRUE(Appears("second.answer.json"));
  EXPECT_EQ(gateway_.made().at("first"), "agencies/a/referrals/0");
  EXPECT_EQ(gateway_.made().at("second"), "agencies/a/referrals/1");
}

TEST_F(DropTest, TakesAFileThatCannotBeOpenedJustNowForNoRefusedAct) {
  Put("act", CreateIn("agencies/a"));
  const auto folder = DropFolder::Open(folder_.path("drop"));
  ASSERT_TRUE(folder.ok()) << folder.status();
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit none = before;
  none.rlim_cur = 0;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  const absl::Status busy = folder->Read("act", 1000).status();
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(busy.code(), absl::StatusCode::kUnavailable) << busy;
  EXPECT_EQ(folder->Read("nothing", 1000).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(folder->Read("act", 1000).ok());
}

TEST_F(DropTest, SharesAnswersWithTheGroupOfTheFolderAlone) {
  ASSERT_EQ(chmod(folder_.path("drop").c_str(), 0770), 0);
  Begin();
  Put("act", CreateIn("agencies/a"));
  ASSERT_TRUE(Appears("act.answer.json"));
  struct stat found {};
  ASSERT_EQ(stat(At("act.answer.json").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0640u);
  End();
  ASSERT_EQ(chmod(folder_.path("drop").c_str(), 0772), 0);
  EXPECT_THAT(std::string(Connector::Start(config_).status().message()), HasSubstr("open to everybody"));
  config_.mutable_drops(0)->set_folder(folder_.path("nowhere"));
  EXPECT_THAT(std::string(Connector::Check(config_).message()), HasSubstr("no folder"));
  config_.mutable_drops(0)->clear_actors();
  EXPECT_THAT(std::string(Connector::Check(config_).message()), HasSubstr("drops { name: \"export\" }"));
}

TEST_F(DropTest, OpensNoFileToTheGroupThatIsLinkedIntoTheFolder) {
  WriteOwn("secret", "secret");
  const auto mode = [this] {
    struct stat found {};
    return stat(folder_.path("secret").c_str(), &found) == 0 ? found.st_mode & 0777 : 0;
  };
  std::filesystem::create_symlink(folder_.path("secret"), At("act.answer.json.tmp"));
  EXPECT_FALSE(OpenSharedToGroup(At("act.answer.json.tmp")).ok());
  EXPECT_EQ(mode(), 0600u);
  std::filesystem::remove(At("act.answer.json.tmp"));
  std::filesystem::create_hard_link(folder_.path("secret"), At("act.answer.json.tmp"));
  EXPECT_FALSE(OpenSharedToGroup(At("act.answer.json.tmp")).ok());
  EXPECT_EQ(mode(), 0600u);
  std::filesystem::remove(At("act.answer.json.tmp"));
  EXPECT_TRUE(OpenSharedToGroup(folder_.path("secret")).ok());
  EXPECT_EQ(mode(), 0640u);
}

TEST_F(DropTest, NeedsNoCallersWithTokens) {
  config_.clear_callers();
  config_.clear_listen();
  Begin();
  EXPECT_EQ(connector_->port(), 0);
  Put("act", CreateIn("agencies/a"));
  EXPECT_TRUE(Appears("act.answer.json"));
}

}  // namespace
}  // namespace accord::connector
