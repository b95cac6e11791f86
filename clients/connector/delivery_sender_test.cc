// These tests are about how kept changes are delivered: in order, again after a failure, and given up at
// last. A sender that ends here ends as by a kill: what it holds in memory is gone.
#include "clients/connector/delivery_sender.h"

#include <gmock/gmock.h>

#include <map>

#include "clients/connector/positions.h"
#include "clients/connector/testing/receiver.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/testing/eventually.h"
#include "common/testing/temp_dir.h"

namespace accord::connector {
namespace {

using accord::testing::Eventually;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Receiver;
using ::testing::SizeIs;

// The waits are exactly 0.75, 1.5, 3 and then 3 seconds, with a chance that is none.
const client::Waits kWaits(client::Seconds(1), client::Seconds(4), [] { return 0.5; });

class DeliverySenderTest : public ::testing::Test {
 protected:
  DeliverySenderTest() {
    webhook_.name = "records";
    webhook_.tls = false;
    webhook_.host = "127.0.0.1";
    webhook_.port = receiver_.port();
    webhook_.path = "/changes";
    webhook_.secrets = {std::string(32, 's')};
    webhook_.timeout = absl::Seconds(10);
    webhook_.dead_after = absl::Hours(7 * 24);
    webhook_.senders = 2;
    Reopen();
  }

  // This is as after a kill.
  void Reopen() {
    sender_.reset();
    deliveries_.reset();
    positions_.reset();
    auto opened = Positions::Open(folder_.path("inbox.db"), keyring_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    positions_ = *std::move(opened);
    deliveries_ = std::make_unique<Deliveries>(positions_->database(), keyring_, clock_);
  }
  void Begin() {
    sender_ = std::make_unique<DeliverySender>(webhook_, deliveries_.get(),
                                               DeliveryOptions{kWaits, std::chrono::milliseconds(2)}, clock_);
  }
  void Keep(const std::string& resource, const std::string& body) {
    StoredDelivery delivery;
    delivery.set_watch("referrals");
    delivery.set_body(body);
    const absl::Status saved = positions_->Save("referrals", {"token " + body, ++number_}, [&](auto& tx) {
      return deliveries_->Keep(tx, "records", resource, delivery);
    });
    ASSERT_TRUE(saved.ok()) << saved;
    if (sender_ != nullptr) sender_->Wake();
  }
  // This says how many are kept, the dead among them.
  int64_t Left() {
    return positions_->database()
        ->Read([](storage::Transaction& tx) -> absl::StatusOr<int64_t> {
          ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>("select count(*) from delivery"));
          return std::get<0>(rows.front());
        })
        .value_or(-1);
  }
  bool IsEmptied() {
    return Eventually([&] { return Left() == 0; });
  }
  bool Come(std::size_t count) {
    return Eventually([&] { return receiver_.got().size() == count; });
  }
  std::vector<DeadLetter> Dead() { return deliveries_->Dead().value_or(std::vector<DeadLetter>()); }
  bool Die(std::size_t count) {
    return Eventually([&] { return Dead().size() == count; });
  }
  // The failure of the attempt before has been written down.
  bool NothingIsDue() {
    return Eventually([&] {
      const auto due = deliveries_->Due("records", 1);
      return due.ok() && due->empty();
    });
  }

  Receiver receiver_;
  accord::testing::TempDir folder_;
  std::shared_ptr<const storage::Keyring> keyring_ =
      *storage::Keyring::From({std::string(32, 'k')}, std::string(32, 'i'));
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Webhook webhook_;
  int64_t number_ = 0;
  std::unique_ptr<Positions> positions_;
  std::unique_ptr<Deliveries> deliveries_;
  std::unique_ptr<DeliverySender> sender_;
};

TEST_F(DeliverySenderTest, DeliversAgainUnderTheSameIdAndErases) {
  receiver_.Plan([](const std::string&) { return 500; });
  Keep("a", "one");
  Begin();
  ASSERT_TRUE(Come(1) && NothingIsDue());
  receiver_.Plan([](const std::string&) { return 200; });
  clock_.Advance(absl::Milliseconds(749));
  // Something else is delivered meanwhile, so that the first would have been, too.
  Keep("b", "two");
  ASSERT_TRUE(Come(2));
  EXPECT_EQ(receiver_.bodies().at(1), "two");
  clock_.Advance(absl::Milliseconds(1));
  ASSERT_TRUE(Come(3) && IsEmptied());
  const auto got = receiver_.got();
  EXPECT_EQ(got[2].body, "one");
  EXPECT_EQ(got[2].id, got[0].id);
  EXPECT_NE(got[2].id, got[1].id);
  EXPECT_THAT(Dead(), IsEmpty());
}

TEST_F(DeliverySenderTest, WaitsTwiceAsLongAfterEachFailureUpToTheLongest) {
  receiver_.Plan([](const std::string&) { return 500; });
  Keep("a", "one");
  Begin();
  std::size_t attempts = 0;
  for (const int wait : {750, 1500, 3000, 3000}) {
    ASSERT_TRUE(Come(++attempts) && NothingIsDue());
    clock_.Advance(absl::Milliseconds(wait - 1));
    const auto early = deliveries_->Due("records", 1);
    ASSERT_TRUE(early.ok());
    EXPECT_THAT(*early, IsEmpty()) << wait;
    clock_.Advance(absl::Milliseconds(1));
  }
  ASSERT_TRUE(Come(attempts + 1));
}

TEST_F(DeliverySenderTest, KeepsTheOrderOfOneResourceAndHoldsUpNoOther) {
  receiver_.Plan([](const std::string& body) { return body == "a1" ? 500 : 200; });
  for (const char* body : {"a1", "a2", "b1", "b2", "b3"}) Keep(std::string(1, body[0]), body);
  Begin();
  ASSERT_TRUE(Eventually([&] { return Left() == 2; }));
  ASSERT_TRUE(NothingIsDue());
  EXPECT_THAT(receiver_.bodies(), Not(::testing::Contains("a2")));
  receiver_.Plan([](const std::string&) { return 200; });
  clock_.Advance(absl::Seconds(1));
  ASSERT_TRUE(IsEmptied());
  std::map<char, std::vector<std::string>> by_resource;
  for (const std::string& body : receiver_.bodies()) by_resource[body[0]].push_back(body);
  EXPECT_THAT(by_resource['a'], ElementsAre("a1", "a1", "a2"));
  EXPECT_THAT(by_resource['b'], ElementsAre("b1", "b2", "b3"));
}

TEST_F(DeliverySenderTest, DeliversAfterAKillBeforeTheFirstAttemptAndBetweenTwo) {
  receiver_.Plan([](const std::string&) { return 500; });
  Keep("a", "one");
  Reopen();
  Begin();
  ASSERT_TRUE(Come(1) && NothingIsDue());
  Reopen();
  EXPECT_EQ(Left(), 1);
  EXPECT_EQ(positions_->Read("referrals")->token, "token one");
  receiver_.Plan([](const std::string&) { return 200; });
  clock_.Advance(absl::Seconds(1));
  Begin();
  ASSERT_TRUE(Come(2) && IsEmptied());
  EXPECT_EQ(receiver_.got()[1].id, receiver_.got()[0].id);
}

TEST_F(DeliverySenderTest, DeliversOnceMoreAfterAKillBetweenTheAnswerAndItsErasure) {
  Keep("a", "one");
  const auto due = deliveries_->Due("records", 1);
  ASSERT_TRUE(due.ok());
  ASSERT_THAT(*due, SizeIs(1));
  // This is what an attempt does before its outcome is written down.
  ASSERT_TRUE(WebhookCall(webhook_).Post(due->front().id, clock_.Now(), "one").ok());
  Reopen();
  Begin();
  ASSERT_TRUE(Come(2) && IsEmptied());
  EXPECT_EQ(receiver_.got()[1].id, receiver_.got()[0].id);
  EXPECT_EQ(receiver_.got()[1].body, "one");
}

TEST_F(DeliverySenderTest, KeepsNeitherAChangeNorItsPositionWhereOneOfThemFails) {
  Keep("a", "one");
  StoredDelivery delivery;
  delivery.set_body("two");
  const absl::Status saved =
      positions_->Save("referrals", {"token two", 2}, [&](storage::Transaction& tx) -> absl::Status {
        EXPECT_TRUE(deliveries_->Keep(tx, "records", "a", delivery).ok());
        return absl::InternalError("killed here");
      });
  EXPECT_EQ(saved.message(), "killed here");
  Reopen();
  EXPECT_EQ(Left(), 1);
  EXPECT_EQ(positions_->Read("referrals")->token, "token one");
}

TEST_F(DeliverySenderTest, AttemptThatIsCutOffByTheEndIsNoFailure) {
  // The receiver may hold it longer than this test.
  const auto mutex = std::make_shared<std::mutex>();
  std::unique_lock<std::mutex> held(*mutex);
  receiver_.Plan([mutex](const std::string&) {
    const std::lock_guard<std::mutex> lock(*mutex);
    return 200;
  });
  Keep("a", "one");
  Begin();
  ASSERT_TRUE(Come(1));
  Reopen();
  held.unlock();
  const auto due = deliveries_->Due("records", 1);
  ASSERT_TRUE(due.ok());
  ASSERT_THAT(*due, SizeIs(1));
  EXPECT_EQ(due->front().attempts, 0);
}

TEST_F(DeliverySenderTest, GivesUpAfterItsAttemptsAndGoesOnWithTheResource) {
  webhook_.max_attempts = 2;
  receiver_.Plan([](const std::string& body) { return body == "a1" ? 500 : 200; });
  Keep("a", "a1");
  Keep("a", "a2");
  Begin();
  ASSERT_TRUE(Come(1) && NothingIsDue());
  EXPECT_THAT(Dead(), IsEmpty());
  clock_.Advance(absl::Seconds(1));
  ASSERT_TRUE(Die(1) && Come(3));
  EXPECT_EQ(Dead()[0].problem, "answered 500");
  EXPECT_EQ(Dead()[0].attempts, 2);
  EXPECT_EQ(Dead()[0].webhook, "records");
  EXPECT_EQ(Dead()[0].watch, "referrals");
  EXPECT_EQ(receiver_.bodies().at(2), "a2");
}

TEST_F(DeliverySenderTest, GivesUpOnAReceiverThatFailsForAWeek) {
  receiver_.Plan([](const std::string&) { return 500; });
  Keep("a", "one");
  Begin();
  ASSERT_TRUE(Come(1) && NothingIsDue());
  clock_.Advance(absl::Hours(7 * 24) - absl::Seconds(1));
  ASSERT_TRUE(Come(2) && NothingIsDue());
  EXPECT_THAT(Dead(), IsEmpty());
  clock_.Advance(absl::Seconds(2));
  ASSERT_TRUE(Die(1));
}

TEST_F(DeliverySenderTest, ReplaysADeadLetterUnderItsIdAndErasesIt) {
  webhook_.max_attempts = 1;
  receiver_.Plan([](const std::string&) { return 500; });
  Keep("a", "one");
  Begin();
  ASSERT_TRUE(Die(1));
  receiver_.Plan([](const std::string&) { return 200; });
  EXPECT_EQ(deliveries_->Replay("another").value_or(-1), 0);
  EXPECT_EQ(deliveries_->Replay(Dead()[0].id).value_or(-1), 1);
  ASSERT_TRUE(Come(2) && IsEmptied());
  EXPECT_EQ(receiver_.got()[1].id, receiver_.got()[0].id);
  EXPECT_EQ(deliveries_->ReplayAll().value_or(-1), 0);
}

TEST_F(DeliverySenderTest, KeepsNothingInTheOpen) {
  Keep("agencies/york/referrals/r1", "of somebody in danger");
  sender_.reset();
  for (const char* suffix : {"", "-wal"}) {
    const auto text = ReadFile(folder_.path("inbox.db") + suffix);
    if (!text.ok()) continue;
    EXPECT_THAT(*text, Not(HasSubstr("somebody")));
    EXPECT_THAT(*text, Not(HasSubstr("agencies/york")));
  }
  ASSERT_EQ(Left(), 1);
}

}  // namespace
}  // namespace accord::connector
