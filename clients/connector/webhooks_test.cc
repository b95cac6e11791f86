// These tests are about what becomes of a watch with webhooks. A connector that ends here ends as by a kill.
#include "clients/connector/webhooks.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "clients/connector/testing/connector_fixture.h"
#include "clients/connector/testing/receiver.h"
#include "common/base/ids.h"

namespace accord::connector {
namespace {

using accord::testing::Eventually;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

class WebhooksTest : public testing::ConnectorFixture {
 protected:
  WebhooksTest() {
    WriteOwn("hook.secret", "whsec_" + Base64(std::string(32, 's')));
    WebhookConfig* webhook = config_.add_webhooks();
    webhook->set_name("records");
    webhook->set_url(receiver_.url());
    webhook->add_secret_files(folder_.path("hook.secret"));
    watch_ = config_.add_watches();
    watch_->set_name("referrals");
    watch_->set_actor("worker");
    watch_->set_purpose("child_protection");
    watch_->set_feed("accord.protocols.v1.ChangeService.WatchChanges");
    watch_->set_list("accord.protocols.v1.ReferralService.ListReferrals");
    watch_->set_get("accord.protocols.v1.ReferralService.GetReferral");
    watch_->add_webhooks("records");
  }

  // This gives the bodies that came, each once whatever the number of attempts.
  std::map<std::string, Json> Came() {
    std::map<std::string, Json> came;
    for (const testing::ReceivedHook& each : receiver_.got()) came[each.id] = Json::parse(each.body);
    return came;
  }
  std::vector<std::string> Told() {
    std::vector<std::string> told;
    for (const auto& [_, event] : Came()) {
      told.push_back(event["event"].get<std::string>() + " " + event.value("name", ""));
    }
    return told;
  }
  bool Come(std::size_t count) {
    return Eventually([&] { return Came().size() == count; });
  }
  bool Follows() {
    return Eventually([&] { return !gateway_.streams().empty(); });
  }
  std::string Refusal() { return std::string(Connector::Check(config_).message()); }

  testing::Receiver receiver_;
  WatchConfig* watch_;
};

TEST_F(WebhooksTest, DeliversWhatThereIsAndThenEachChangeWithItsRecord) {
  Create();
  Begin();
  ASSERT_TRUE(Come(2) && Follows());
  gateway_.Change("agencies/a/referrals/0");
  ASSERT_TRUE(Come(3));
  EXPECT_THAT(Told(),
              IsSupersetOf({"begun ", "listed agencies/a/referrals/0", "changed agencies/a/referrals/0"}));
  for (const auto& [_, event] : Came()) {
    if (event["event"] != "changed") continue;
    EXPECT_EQ(event["number"], 3);
    EXPECT_EQ(event["watch"], "referrals");
    EXPECT_EQ(event["record"]["name"], "agencies/a/referrals/0");
  }
}

TEST_F(WebhooksTest, DeliversAfterAKillWhatAReceiverDidNotTakeBeforeIt) {
  receiver_.Plan([](const std::string&) { return 500; });
  Create();
  Begin();
  ASSERT_TRUE(Come(2) && Follows());
  gateway_.Change("agencies/a/referrals/1");
  ASSERT_TRUE(Come(3));
  End();
  const std::size_t before = receiver_.got().size();
  receiver_.Plan([](const std::string&) { return 200; });
  Begin();
  ASSERT_TRUE(Eventually([&] { return receiver_.got().size() >= before + 3; }));
  // These are the same ids: nothing was kept twice.
  EXPECT_EQ(Came().size(), 3u);
}

TEST_F(WebhooksTest, KeepsTheNumbersAndTheOrderOfChangesThatComeTogether) {
  Begin();
  ASSERT_TRUE(Come(1) && Follows());
  constexpr std::size_t kChanges = 200;
  for (std::size_t i = 0; i < kChanges; ++i) gateway_.Change("agencies/a/referrals/" + std::to_string(i % 5));
  ASSERT_TRUE(Come(1 + kChanges));
  std::map<std::string, int64_t> last;
  std::set<int64_t> numbers;
  for (const testing::ReceivedHook& each : receiver_.got()) {
    const Json event = Json::parse(each.body);
    const auto number = event["number"].get<int64_t>();
    EXPECT_TRUE(numbers.insert(number).second) << number;
    EXPECT_GT(number, last[event.value("name", "")]);
    last[event.value("name", "")] = number;
  }
  EXPECT_EQ(*numbers.begin(), 1);
  EXPECT_EQ(*numbers.rbegin(), static_cast<int64_t>(1 + kChanges));
}

TEST_F(WebhooksTest, DeliversBesideFiles) {
  std::filesystem::create_directory(folder_.path("in"));
  chmod(folder_.path("in").c_str(), 0700);
  watch_->set_folder(folder_.path("in"));
  Begin();
  ASSERT_TRUE(Come(1) && Follows());
  gateway_.Change("agencies/a/referrals/1");
  ASSERT_TRUE(Come(2));
  EXPECT_TRUE(std::filesystem::exists(folder_.path("in/000000000001.json")));
  EXPECT_TRUE(std::filesystem::exists(folder_.path("in/000000000002.json")));
}

TEST_F(WebhooksTest, KeepsNoMoreThanThereIsRoomForAndLosesNothing) {
  receiver_.Plan([](const std::string&) { return 500; });
  config_.mutable_webhooks(0)->set_max_changes(2);
  for (int i = 0; i < 3; ++i) Create();
  Begin();
  // After some attempts there are still no more than two.
  ASSERT_TRUE(Eventually([&] { return receiver_.got().size() > 8; }));
  EXPECT_EQ(Came().size(), 2u);
  receiver_.Plan([](const std::string&) { return 200; });
  ASSERT_TRUE(Come(4));
}

TEST_F(WebhooksTest, TakesItsAddressesFromTheConfigurationAlone) {
  WatchConfig other = *watch_;
  other.set_name("others");
  *config_.add_watches() = other;
  EXPECT_EQ(Refusal(), "");
  config_.mutable_watches(1)->set_webhooks(0, "elsewhere");
  EXPECT_THAT(Refusal(), HasSubstr("elsewhere is not one of `webhooks`"));
  config_.mutable_watches(1)->set_webhooks(0, "records");
  config_.mutable_watches(1)->add_webhooks("records");
  EXPECT_THAT(Refusal(), HasSubstr("stands twice"));
  config_.mutable_watches()->RemoveLast();
  *config_.add_webhooks() = config_.webhooks(0);
  EXPECT_THAT(Refusal(), HasSubstr("another one has the same name"));
  config_.mutable_webhooks()->RemoveLast();
  config_.mutable_webhooks(0)->set_url("http://records.example/");
  EXPECT_THAT(Refusal(), HasSubstr("for 127.0.0.1 and [::1] alone"));
  EXPECT_FALSE(Connector::Start(config_).ok());
}

}  // namespace
}  // namespace accord::connector
