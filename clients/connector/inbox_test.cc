// These tests are about what becomes of a watch. A connector that ends here ends as by a kill.
#include "clients/connector/inbox.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "clients/connector/testing/connector_fixture.h"
#include "common/testing/pki.h"

namespace accord::connector {
namespace {

using accord::testing::Eventually;
using accord::testing::Slurp;
using client::testing::Refuses;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class InboxTest : public testing::ConnectorFixture {
 protected:
  InboxTest() {
    std::filesystem::create_directory(folder_.path("in"));
    chmod(folder_.path("in").c_str(), 0700);
    watch_ = config_.add_watches();
    watch_->set_name("referrals");
    watch_->set_actor("worker");
    watch_->set_purpose("child_protection");
    watch_->set_feed("accord.protocols.v1.ChangeService.WatchChanges");
    watch_->add_kinds("referral");
    watch_->set_list("accord.protocols.v1.ReferralService.ListReferrals");
    watch_->set_get("accord.protocols.v1.ReferralService.GetReferral");
    watch_->set_folder(folder_.path("in"));
  }

  std::vector<std::string> Files() {
    std::vector<std::string> files;
    for (const auto& each : std::filesystem::directory_iterator(folder_.path("in"))) {
      if (each.path().extension() == ".json") files.push_back(each.path().filename());
    }
    std::sort(files.begin(), files.end());
    return files;
  }
  bool Come(std::size_t count) {
    return Eventually([&] { return Files().size() == count; });
  }
  // The list is read, and the stream is open.
  bool Follows() {
    return Eventually([&] { return !gateway_.streams().empty(); });
  }
  Json Event(std::size_t index) { return Json::parse(Slurp(folder_.path("in/" + Files().at(index)))); }
  // Each event with the name of its record, such as `changed agencies/a/referrals/0`.
  std::vector<std::string> Told() {
    std::vector<std::string> told;
    for (std::size_t i = 0; i < Files().size(); ++i) {
      const Json event = Event(i);
      told.push_back(event["event"].get<std::string>() + " " + event.value("name", ""));
    }
    return told;
  }
  void CopyState(const std::string& from, const std::string& to) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
      std::filesystem::remove(folder_.path(to) + suffix);
      if (std::filesystem::exists(folder_.path(from) + suffix)) {
        std::filesystem::copy_file(folder_.path(from) + suffix, folder_.path(to) + suffix);
      }
    }
  }
  std::string Refusal() { return std::string(Connector::Check(config_).message()); }

  WatchConfig* watch_;
};

TEST_F(InboxTest, WritesWhatThereIsAndThenEachChangeWithItsRecord) {
  for (int i = 0; i < 3; ++i) Create();
  Begin();
  ASSERT_TRUE(Come(4));
  gateway_.Change("agencies/a/referrals/1");
  gateway_.Change("agencies/a/referrals/0");
  gateway_.Change("agencies/a/referrals/1");
  ASSERT_TRUE(Come(7));
  EXPECT_THAT(Told(), ElementsAre("begun ", "listed agencies/a/referrals/0", "listed agencies/a/referrals/1",
                                  "listed agencies/a/referrals/2", "changed agencies/a/referrals/1",
                                  "changed agencies/a/referrals/0", "changed agencies/a/referrals/1"));
  EXPECT_EQ(Files().front(), "000000000001.json");
  EXPECT_EQ(Event(1)["record"]["name"], "agencies/a/referrals/0");
  const Json changed = Event(4);
  EXPECT_EQ(changed["watch"], "referrals");
  EXPECT_EQ(changed["change"]["kind"], "referral");
  EXPECT_FALSE(changed["change"].contains("watch_token"));
  EXPECT_EQ(changed["record"]["name"], "agencies/a/referrals/1");
  struct stat found {};
  ASSERT_EQ(stat(folder_.path("in/" + Files().front()).c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(InboxTest, GoesOnAfterAKillWhereItWas) {
  Create();
  Begin();
  ASSERT_TRUE(Come(2));
  gateway_.Change("agencies/a/referrals/0");
  ASSERT_TRUE(Come(3));
  End();
  gateway_.Change("agencies/a/referrals/8");
  gateway_.Change("agencies/a/referrals/9");
  Begin();
  ASSERT_TRUE(Come(5));
  EXPECT_EQ(Told().at(3), "changed agencies/a/referrals/8");
  EXPECT_EQ(Told().at(4), "changed agencies/a/referrals/9");
  EXPECT_EQ(Files().back(), "000000000005.json");
}

TEST_F(InboxTest, TellsAChangeAgainWhereAKillCameBeforeItsPosition) {
  Begin();
  ASSERT_TRUE(Come(1) && Follows());
  gateway_.Change("agencies/a/referrals/0");
  ASSERT_TRUE(Come(2));
  End();
  CopyState("state/inbox.db", "before");
  Begin();
  gateway_.Change("agencies/a/referrals/1");
  ASSERT_TRUE(Come(3));
  End();
  CopyState("before", "state/inbox.db");
  ASSERT_TRUE(std::filesystem::remove(folder_.path("in/000000000003.json")));
  Begin();
  ASSERT_TRUE(Come(3));
  EXPECT_EQ(Told().at(2), "changed agencies/a/referrals/1");
}

TEST_F(InboxTest, WaitsOutWhatPassesAndTellsWhatDoesNot) {
  Begin();
  ASSERT_TRUE(Come(1) && Follows());
  gateway_.Plan(
      Refuses({.code = grpc::StatusCode::UNAVAILABLE, .reason = "SERVICE_BUSY", .retry_after = 0.01}));
  gateway_.Change("agencies/a/referrals/0");
  ASSERT_TRUE(Come(2));
  EXPECT_EQ(Event(1)["record"]["name"], "agencies/a/referrals/0");
  gateway_.Plan(Refuses({.code = grpc::StatusCode::NOT_FOUND, .reason = "NOT_FOUND"}));
  gateway_.Change("agencies/a/referrals/1");
  ASSERT_TRUE(Come(3));
  EXPECT_EQ(Event(2)["refusal"]["reason"], "NOT_FOUND");
  EXPECT_FALSE(Event(2).contains("record"));
}

TEST_F(InboxTest, BeginsAnewWhereItsPositionIsNotKnownAnyMore) {
  Create();
  Begin();
  ASSERT_TRUE(Come(2) && Follows());
  End();
  gateway_.PlanStream(Refuses({.code = grpc::StatusCode::ABORTED, .reason = "POSITION_FROM_ANOTHER_TIME"}));
  Begin();
  ASSERT_TRUE(Come(4));
  EXPECT_EQ(Told().at(2), "begun ");
  EXPECT_EQ(Told().at(3), "listed agencies/a/referrals/0");
}

TEST_F(InboxTest, GoesOnWhereItsWatchWasRefused) {
  gateway_.PlanStream(Refuses({.code = grpc::StatusCode::PERMISSION_DENIED, .reason = "ROLE_NOT_PERMITTED"}));
  Begin();
  ASSERT_TRUE(Eventually([&] { return gateway_.streams().size() > 1; }));
  gateway_.Change("agencies/a/referrals/0");
  ASSERT_TRUE(Come(2));
  EXPECT_THAT(Told(), ElementsAre("begun ", "changed agencies/a/referrals/0"));
}

TEST_F(InboxTest, WritesNoMoreThanThereIsRoomForAndLosesNothing) {
  for (int i = 0; i < 4; ++i) Create();
  watch_->set_max_files(2);
  Begin();
  ASSERT_TRUE(Come(2));
  EXPECT_THAT(Files(), ElementsAre("000000000001.json", "000000000002.json"));
  for (const std::string& file : Files()) std::filesystem::remove(folder_.path("in/" + file));
  ASSERT_TRUE(Come(2));
  EXPECT_THAT(Told(), ElementsAre("listed agencies/a/referrals/1", "listed agencies/a/referrals/2"));
}

TEST_F(InboxTest, FollowsWithoutAListOrRecordsFromNowOn) {
  watch_->clear_list();
  watch_->clear_get();
  config_.clear_callers();
  Create();
  gateway_.Change("agencies/a/referrals/0");
  Begin();
  ASSERT_TRUE(Follows());
  gateway_.Change("agencies/a/referrals/7");
  ASSERT_TRUE(Come(2));
  EXPECT_THAT(Told(), ElementsAre("begun ", "changed agencies/a/referrals/7"));
  EXPECT_FALSE(Event(1).contains("record"));
  EXPECT_THAT(gateway_.calls(), SizeIs(1));
}

TEST_F(InboxTest, IsRefusedWhereItIsNotWhole) {
  const WatchConfig whole = *watch_;
  watch_->clear_actor();
  EXPECT_THAT(Refusal(), HasSubstr("`actor` is missing"));
  *watch_ = whole;
  watch_->clear_purpose();
  EXPECT_THAT(Refusal(), HasSubstr("`purpose` is missing"));
  *watch_ = whole;
  watch_->set_feed("accord.protocols.v1.ReferralService.GetReferral");
  EXPECT_THAT(Refusal(), HasSubstr("there is no feed"));
  *watch_ = whole;
  watch_->set_list("accord.protocols.v1.ReferralService.GetReferral");
  EXPECT_THAT(Refusal(), HasSubstr("does not list records"));
  *watch_ = whole;
  watch_->set_list_request("{\"sent_to_su\": true}");
  EXPECT_THAT(Refusal(), HasSubstr("sent_to_su"));
  *watch_ = whole;
  watch_->set_get("accord.protocols.v1.ReferralService.ListReferrals");
  EXPECT_THAT(Refusal(), HasSubstr("by its name"));
  *watch_ = whole;
  ASSERT_EQ(chmod(folder_.path("in").c_str(), 0755), 0);
  EXPECT_THAT(Refusal(), HasSubstr("open to everybody"));
}

}  // namespace
}  // namespace accord::connector
