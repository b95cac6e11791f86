// These tests are about how acts are sent, against a gateway on loopback. A connector that ends here ends as
// by a kill: what it holds in memory is gone.
#include <gmock/gmock.h>

#include "clients/connector/testing/connector_fixture.h"

namespace accord::connector {
namespace {

using accord::testing::Eventually;
using client::testing::FakeGateway;
using client::testing::Refuses;
using testing::ConnectorFixture;
using ::testing::SizeIs;

// The wait is so long that no second attempt is made by itself in a test.
const client::Waits kNever(client::Seconds(3600), client::Seconds(3600));

class SenderTest : public ConnectorFixture {
 protected:
  bool Arrive(std::size_t calls) {
    return Eventually([&] { return gateway_.calls().size() == calls; });
  }
};

TEST_F(SenderTest, CarriesAnActAndHandsItsAnswerBack) {
  Begin();
  const std::string id = Taken(CreateIn("agencies/a"));
  ASSERT_TRUE(Becomes(id, "answered"));
  const Json seen = Seen(id);
  EXPECT_EQ(seen["response"]["name"], "agencies/a/referrals/0");
  EXPECT_EQ(seen["masked"], (Json{"subject_ref", "indicators"}));
  EXPECT_EQ(seen["attempts"], 1);
  const auto calls = gateway_.calls();
  ASSERT_THAT(calls, SizeIs(1));
  EXPECT_EQ(calls[0].headers.at("accord-actor"), "worker");
  EXPECT_EQ(calls[0].headers.at("accord-purpose"), "child_protection");
}

TEST_F(SenderTest, SendsALostAnswerAgainByTheSameRequestId) {
  gateway_.Plan({.lost = true});
  Begin();
  const std::string id = Taken(CreateIn("agencies/a"));
  ASSERT_TRUE(Becomes(id, "answered"));
  EXPECT_THAT(gateway_.made(), SizeIs(1));
  EXPECT_THAT(gateway_.calls(), SizeIs(2));
  EXPECT_EQ(Seen(id)["response"]["name"], "agencies/a/referrals/0");
}

TEST_F(SenderTest, SendsAnActOnceOverAKillBetweenItsCallAndItsAnswer) {
  gateway_.Plan({.lost = true});
  Begin(kNever);
  const std::string id = Taken(CreateIn("agencies/a"));
  ASSERT_TRUE(Becomes(id, "sent"));
  EXPECT_EQ(Seen(id)["problem"]["code"], "UNANSWERED");
  End();
  Begin();
  ASSERT_TRUE(Becomes(id, "answered"));
  EXPECT_THAT(gateway_.made(), SizeIs(1));
  EXPECT_THAT(gateway_.calls(), SizeIs(2));
}

TEST_F(SenderTest, SendsWhatWasHandedOverWhileTheGatewayWasAway) {
  gateway_.Stop();
  Begin(kNever);
  const std::string first = Taken(CreateIn("agencies/a", "first"));
  const std::string second = Taken(CreateIn("agencies/b", "second"));
  ASSERT_TRUE(Becomes(first, "sent"));
  End();
  FakeGateway back(pki_);
  WriteClientFile(back.address());
  Begin();
  ASSERT_TRUE(Becomes(first, "answered"));
  ASSERT_TRUE(Becomes(second, "answered"));
  EXPECT_THAT(back.made(), SizeIs(2));
}

TEST_F(SenderTest, AsksTheNextGatewayAtOnceWhereOneIsAway) {
  FakeGateway other(pki_);
  gateway_.Stop();
  WriteClientFile(gateway_.address() + "," + other.address());
  Begin(kNever);
  EXPECT_TRUE(Becomes(Taken(CreateIn("agencies/a")), "answered"));
  EXPECT_THAT(other.made(), SizeIs(1));
}

TEST_F(SenderTest, SendsActsOnOneResourceInTheirOrder) {
  for (int i = 0; i < 3; ++i) {
    gateway_.Plan(
        Refuses({.code = grpc::StatusCode::UNAVAILABLE, .reason = "SERVICE_BUSY", .retry_after = 0.02}));
  }
  gateway_.Plan({.lost = true});
  Begin();
  std::vector<std::string> ids;
  for (int i = 0; i < 10; ++i) ids.push_back(Taken(CreateIn("agencies/a", absl::StrCat("r", i))));
  for (const std::string& id : ids) ASSERT_TRUE(Becomes(id, "answered"));
  const auto made = gateway_.made();
  ASSERT_THAT(made, SizeIs(10));
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(made.at(absl::StrCat("r", i)), absl::StrCat("agencies/a/referrals/", i));
  }
}

TEST_F(SenderTest, LetsOtherResourcesPassOneThatWaits) {
  gateway_.Plan(
      Refuses({.code = grpc::StatusCode::UNAVAILABLE, .reason = "SERVICE_BUSY", .retry_after = 0.9}));
  Begin();
  const std::string held_up = Taken(CreateIn("agencies/a", "first"));
  const std::string behind = Taken(CreateIn("agencies/a", "behind"));
  ASSERT_TRUE(Becomes(held_up, "sent"));
  EXPECT_EQ(Seen(held_up)["problem"]["reason"], "SERVICE_BUSY");
  const std::string beside = Taken(CreateIn("agencies/b", "beside"));
  ASSERT_TRUE(Becomes(beside, "answered"));
  EXPECT_EQ(gateway_.made().at("beside"), "agencies/a/referrals/0");
  ASSERT_TRUE(Becomes(behind, "answered"));
  EXPECT_EQ(gateway_.made().at("first"), "agencies/a/referrals/1");
}

TEST_F(SenderTest, HandsARefusalBackWithItsFieldsAndGoesOn) {
  gateway_.Plan(Refuses({.code = grpc::StatusCode::INVALID_ARGUMENT,
                         .reason = "FIELD_INVALID",
                         .fields = {{"referral.urgency", "is required"}}}));
  Begin();
  const std::string refused = Taken(CreateIn("agencies/a"));
  const std::string next = Taken(CreateIn("agencies/a"));
  ASSERT_TRUE(Becomes(refused, "refused"));
  const Json refusal = Seen(refused)["refusal"];
  EXPECT_EQ(refusal["code"], "INVALID_ARGUMENT");
  EXPECT_EQ(refusal["reason"], "FIELD_INVALID");
  EXPECT_EQ(refusal["fields"][0]["field"], "referral.urgency");
  EXPECT_EQ(refusal["fields"][0]["description"], "is required");
  EXPECT_FALSE(refusal.contains("retry_after_seconds"));
  EXPECT_TRUE(Becomes(next, "answered"));
  EXPECT_THAT(gateway_.calls(), SizeIs(2));
}

TEST_F(SenderTest, KeepsAnActThatIsRefusedForTheCertificateAlone) {
  gateway_.Plan(Refuses({.code = grpc::StatusCode::UNAUTHENTICATED, .reason = "CERTIFICATE_REVOKED"}));
  Begin(kNever);
  const std::string id = Taken(CreateIn("agencies/a"));
  ASSERT_TRUE(Becomes(id, "sent"));
  EXPECT_EQ(Seen(id)["problem"]["reason"], "CERTIFICATE_REVOKED");
  End();
  Begin();
  EXPECT_TRUE(Becomes(id, "answered"));
}

}  // namespace
}  // namespace accord::connector
