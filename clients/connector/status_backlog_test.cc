// These tests are about what is told of changes that wait for webhooks, of the disk, and of a renewal
// that fails.
#include <gmock/gmock.h>

#include "absl/time/clock.h"
#include "clients/connector/connector_metrics.h"
#include "clients/connector/positions.h"
#include "clients/connector/seal_key.h"
#include "clients/connector/status.h"
#include "clients/connector/status_command.h"
#include "clients/connector/status_table.h"
#include "clients/connector/testing/connector_fixture.h"
#include "common/testing/temp_dir.h"

namespace accord::connector {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Json = nlohmann::json;

class StatusBacklogTest : public ::testing::Test {
 protected:
  StatusBacklogTest() {
    config_.set_state_folder(folder_.path("state"));
    config_.add_webhooks()->set_name("records");
    const auto keyring = SealKey(config_.state_folder());
    EXPECT_TRUE(keyring.ok()) << keyring.status();
    auto opened = Positions::Open(config_.state_folder() + "/inbox.db", *keyring);
    EXPECT_TRUE(opened.ok()) << opened.status();
    positions_ = *std::move(opened);
    deliveries_ = std::make_unique<Deliveries>(positions_->database(), *keyring);
  }

  void Keep(const std::string& webhook, const std::string& resource) {
    StoredDelivery delivery;
    delivery.set_watch("referrals");
    EXPECT_TRUE(positions_
                    ->Save("referrals", {"token", 1},
                           [&](auto& tx) { return deliveries_->Keep(tx, webhook, resource, delivery); })
                    .ok());
  }
  Json Told(absl::Time now = absl::Now()) {
    StatusSources sources{config_};
    sources.positions = positions_.get();
    sources.deliveries = deliveries_.get();
    sources.renewal = renewal_;
    return StatusOf(sources, now);
  }

  accord::testing::TempDir folder_;
  ConnectorConfig config_;
  std::unique_ptr<Positions> positions_;
  std::unique_ptr<Deliveries> deliveries_;
  std::optional<RenewalSeen> renewal_;
};

TEST_F(StatusBacklogTest, CountsWhatWaitsAndWhatIsDeadForEachWebhook) {
  EXPECT_EQ(Told()["webhooks"], Json::array());
  Keep("records", "a");
  const auto due = deliveries_->Due("records", 1);
  ASSERT_TRUE(due.ok() && due->size() == 1);
  ASSERT_TRUE(deliveries_->GiveUp(due->front().id, "answered 500").ok());
  Keep("records", "b");
  Keep("records", "c");
  const Json status = Told(absl::Now() + absl::Seconds(100));
  ASSERT_EQ(status["webhooks"].size(), 1u);
  const Json& records = status["webhooks"][0];
  EXPECT_EQ(records["waiting"], 2);
  EXPECT_EQ(records["dead"], 1);
  EXPECT_GE(records["oldest_seconds"], 99);
  EXPECT_EQ(records["configured"], true);
  EXPECT_THAT(StatusTable(status), HasSubstr("records  waiting 2, the oldest for "));
  EXPECT_THAT(MetricsOf(status), HasSubstr("accord_connector_changes_waiting{webhook=\"records\"} 2\n"));
}

TEST_F(StatusBacklogTest, NamesAWebhookThatIsNoLongerConfigured) {
  Keep("records", "a");
  EXPECT_THAT(Told()["troubles"].dump(), Not(HasSubstr("does not name")));
  config_.clear_webhooks();
  const Json status = Told();
  EXPECT_EQ(status["webhooks"][0]["configured"], false);
  EXPECT_THAT(status["troubles"].dump(),
              HasSubstr("kept for the webhook records, which the configuration does"));
}

TEST_F(StatusBacklogTest, SaysWhatIsFreeOnTheDisk) {
  const Json status = Told();
  EXPECT_GT(status["free_bytes"].get<int64_t>(), 0);
  EXPECT_THAT(MetricsOf(status), HasSubstr("accord_connector_free_bytes "));
  config_.set_state_folder(folder_.path("nowhere"));
  EXPECT_FALSE(Told().contains("free_bytes"));
}

TEST_F(StatusBacklogTest, SaysWhetherTheCertificateIsRenewedHere) {
  const Json without = Told();
  EXPECT_EQ(without["renewal"]["configured"], false);
  EXPECT_THAT(StatusTable(without), HasSubstr("the configuration has no `renewal`"));
  EXPECT_THAT(MetricsOf(without), Not(HasSubstr("accord_connector_renewal_failures")));
  config_.mutable_renewal()->set_actor("clerk");
  const Json with = Told();
  EXPECT_EQ(with["renewal"]["configured"], true);
  EXPECT_THAT(StatusTable(with), HasSubstr("made here when it is due"));
}

TEST_F(StatusBacklogTest, SaysWhyTheCertificateIsNotRenewed) {
  renewal_ = RenewalSeen{};
  EXPECT_THAT(Told()["troubles"].dump(), Not(HasSubstr("not renewed")));
  renewal_->failures = 3;
  renewal_->problem = "Accord refused to renew the certificate.";
  renewal_->reason = "SYSTEM_SUSPENDED";
  const Json status = Told();
  EXPECT_THAT(status["troubles"].dump(), AllOf(HasSubstr("The certificate is not renewed: Accord refused"),
                                               HasSubstr("platform administrator")));
  EXPECT_THAT(MetricsOf(status), HasSubstr("accord_connector_renewal_failures 3\n"));
}

class StatusOfAConnector : public testing::ConnectorFixture {
 protected:
  bool Troubled() {
    bool troubled = false;
    const auto text = TellStatus(config_, {"json"}, &troubled);
    EXPECT_TRUE(text.ok()) << text.status();
    return troubled;
  }
};

TEST_F(StatusOfAConnector, SaysWhetherSomebodyHasToDoSomething) {
  config_.set_listen("unix:" + folder_.path("socket"));
  Begin();
  EXPECT_FALSE(Troubled());
  End();
  EXPECT_TRUE(Troubled());
}

}  // namespace
}  // namespace accord::connector
