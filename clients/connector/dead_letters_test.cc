// These tests are about the command that lists dead letters, replays them and discards them.
#include "clients/connector/dead_letters.h"

#include <gmock/gmock.h>

#include "clients/connector/positions.h"
#include "clients/connector/seal_key.h"
#include "clients/connector/upkeep.h"
#include "common/testing/eventually.h"
#include "common/testing/temp_dir.h"

namespace accord::connector {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class DeadLettersTest : public ::testing::Test {
 protected:
  DeadLettersTest() {
    const auto keyring = SealKey(state_);
    EXPECT_TRUE(keyring.ok()) << keyring.status();
    auto opened = Positions::Open(state_ + "/inbox.db", *keyring);
    EXPECT_TRUE(opened.ok()) << opened.status();
    positions_ = *std::move(opened);
    deliveries_ = std::make_unique<Deliveries>(positions_->database(), *keyring);
  }

  // The id of a change that was given up.
  std::string Died(const std::string& resource) {
    StoredDelivery delivery;
    delivery.set_watch("referrals");
    delivery.set_body("a record");
    EXPECT_TRUE(positions_
                    ->Save("referrals", {"token", 1},
                           [&](auto& tx) { return deliveries_->Keep(tx, "records", resource, delivery); })
                    .ok());
    const auto due = deliveries_->Due("records", 1);
    EXPECT_TRUE(due.ok() && due->size() == 1);
    if (!due.ok() || due->empty()) return "";
    EXPECT_TRUE(deliveries_->GiveUp(due->front().id, "answered 500").ok());
    return due->front().id;
  }
  std::string Done(const DeadLetterWords& words, bool all = false) {
    const auto text = DoWithDeadLetters(state_, words, all);
    EXPECT_TRUE(text.ok()) << text.status();
    return text.value_or("");
  }
  absl::StatusCode Code(const DeadLetterWords& words, bool all = false) {
    return DoWithDeadLetters(state_, words, all).status().code();
  }

  accord::testing::TempDir folder_;
  const std::string state_ = folder_.path("state");
  std::unique_ptr<Positions> positions_;
  std::unique_ptr<Deliveries> deliveries_;
};

TEST_F(DeadLettersTest, ListsWhatIsDeadWithoutItsContent) {
  EXPECT_EQ(Done({"list", ""}), "There are no dead letters.\n");
  const std::string id = Died("a");
  EXPECT_THAT(Done({"list", ""}), AllOf(HasSubstr(id + "  webhook records  watch referrals  since "),
                                        HasSubstr("attempts 1  answered 500\n"), Not(HasSubstr("a record"))));
}

TEST_F(DeadLettersTest, ReplaysOneOrAll) {
  const std::string first = Died("a");
  const std::string second = Died("b");
  Died("c");
  EXPECT_THAT(Done({"replay", second}), HasSubstr("Replayed: 1."));
  EXPECT_THAT(Done({"list", ""}), AllOf(HasSubstr(first), Not(HasSubstr(second))));
  EXPECT_EQ(Code({"replay", second}), absl::StatusCode::kNotFound);
  EXPECT_THAT(Done({"replay", ""}, true), HasSubstr("Replayed: 2."));
  EXPECT_EQ(Done({"list", ""}), "There are no dead letters.\n");
  const auto due = deliveries_->Due("records", 10);
  ASSERT_TRUE(due.ok());
  ASSERT_THAT(*due, ::testing::SizeIs(3));
  EXPECT_EQ(due->front().attempts, 0);
}

TEST_F(DeadLettersTest, DiscardsOneOrAllWithAReasonAndTellsTheLogOnce) {
  const std::string first = Died("a");
  const std::string second = Died("b");
  Died("c");
  EXPECT_THAT(Done({"discard", second, "the system was replaced"}), HasSubstr("Discarded: 1."));
  EXPECT_THAT(Done({"list", ""}), AllOf(HasSubstr(first), Not(HasSubstr(second))));
  EXPECT_EQ(Code({"discard", second, "again"}), absl::StatusCode::kNotFound);
  EXPECT_EQ(Code({"replay", second}), absl::StatusCode::kNotFound);
  EXPECT_THAT(Done({"discard", "", "a test"}, true), HasSubstr("Discarded: 2."));
  EXPECT_EQ(Done({"list", ""}), "There are no dead letters.\n");
  EXPECT_EQ(deliveries_->Backlogs()->size(), 0u);
  std::vector<std::string> told;
  const auto hear = [&](const DiscardedLetter& each) {
    EXPECT_EQ(each.webhook, "records");
    told.push_back(each.id + " " + each.reason);
  };
  ASSERT_TRUE(deliveries_->EraseDiscarded(hear).ok());
  ASSERT_THAT(told, ::testing::SizeIs(3));
  EXPECT_THAT(told, ::testing::Contains(second + " the system was replaced"));
  EXPECT_THAT(told, ::testing::Contains(first + " a test"));
  ASSERT_TRUE(deliveries_->EraseDiscarded(hear).ok());
  EXPECT_THAT(told, ::testing::SizeIs(3));
}

TEST_F(DeadLettersTest, AreNotAmongThoseThatWait) {
  Died("a");
  EXPECT_EQ(*deliveries_->CountWaiting("records", 10), 0);
  ASSERT_THAT(Done({"replay", ""}, true), HasSubstr("Replayed: 1."));
  EXPECT_EQ(*deliveries_->CountWaiting("records", 10), 1);
  EXPECT_EQ(*deliveries_->CountWaiting("others", 10), 0);
}

TEST_F(DeadLettersTest, AreToldToTheLogByAConnectorThatRuns) {
  const std::string id = Died("a");
  Done({"discard", id, "the system was replaced"});
  auto outbox = Outbox::Open(OutboxFile(state_), *SealKey(state_), {1, 1, absl::Hours(1)});
  ASSERT_TRUE(outbox.ok()) << outbox.status();
  ::testing::internal::CaptureStderr();
  {
    Upkeep upkeep(outbox->get(), deliveries_.get());
    EXPECT_TRUE(accord::testing::Eventually([&] {
      int left = 0;
      EXPECT_TRUE(positions_->database()
                      ->Read([&](storage::Transaction& tx) -> absl::Status {
                        const auto rows = tx.Query<int64_t>("select count(*) from delivery");
                        if (rows.ok()) left = static_cast<int>(std::get<0>(rows->front()));
                        return rows.status();
                      })
                      .ok());
      return left == 0;
    }));
  }
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              AllOf(HasSubstr("delivery_discarded"), HasSubstr(id), HasSubstr("the system was replaced")));
}

TEST_F(DeadLettersTest, AreDiscardedOnlyWithAReasonOnOneLine) {
  const std::string id = Died("a");
  for (const std::string& reason : {std::string(), std::string("two\nlines"), std::string(201, 'x')}) {
    EXPECT_EQ(Code({"discard", id, reason}), absl::StatusCode::kInvalidArgument) << reason;
  }
  EXPECT_EQ(Code({"replay", id, "a reason"}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Code({"discard", "", "a reason"}), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Done({"list", ""}), HasSubstr(id));
}

TEST_F(DeadLettersTest, RefusesWordsThatSayNothing) {
  Died("a");
  for (const DeadLetterWords& words : {DeadLetterWords{"", ""}, DeadLetterWords{"erase", "x"},
                                       DeadLetterWords{"list", "x"}, DeadLetterWords{"replay", ""}}) {
    EXPECT_EQ(Code(words), absl::StatusCode::kInvalidArgument) << words.verb;
  }
  EXPECT_EQ(Code({"list", ""}, true), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Code({"replay", "x"}, true), absl::StatusCode::kInvalidArgument);
}

TEST(DeadLetters, MakesNothingWhereThereWasNone) {
  accord::testing::TempDir folder;
  EXPECT_EQ(DoWithDeadLetters(folder.path("state"), {"list", ""}, false).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(DeadLetters, TakesItsWordsOutOfTheCommandLine) {
  std::vector<std::string> texts = {"accord-connector", "dead-letters", "replay", "id", "--config", "file"};
  std::vector<char*> line;
  for (std::string& each : texts) line.push_back(each.data());
  const auto words = TakeDeadLetterWords(&line);
  ASSERT_TRUE(words.has_value());
  EXPECT_EQ(words->verb, "replay");
  EXPECT_EQ(words->id, "id");
  EXPECT_THAT(line, ::testing::SizeIs(3));
  EXPECT_STREQ(line[1], "--config");
  EXPECT_FALSE(TakeDeadLetterWords(&line).has_value());
  EXPECT_THAT(line, ::testing::SizeIs(3));
}

TEST(DeadLetters, TakesTheReasonOutOfTheCommandLine) {
  std::vector<std::string> texts = {"accord-connector", "dead-letters", "discard",  "--all",
                                    "--reason",         "a test",       "--config", "file"};
  std::vector<char*> line;
  for (std::string& each : texts) line.push_back(each.data());
  const auto words = TakeDeadLetterWords(&line);
  ASSERT_TRUE(words.has_value());
  EXPECT_EQ(words->verb, "discard");
  EXPECT_EQ(words->id, "");
  EXPECT_EQ(words->reason, "a test");
  ASSERT_THAT(line, ::testing::SizeIs(4));
  EXPECT_STREQ(line[1], "--all");
}

}  // namespace
}  // namespace accord::connector
