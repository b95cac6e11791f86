#include "clients/connector/outbox.h"

#include <gmock/gmock.h>
#include <google/protobuf/empty.pb.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "clients/connector/methods.h"
#include "clients/connector/outcomes.h"
#include "common/base/file.h"
#include "common/testing/temp_dir.h"

namespace accord::connector {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() { Reopen(); }

  void Reopen() {
    outbox_.reset();
    auto opened = Outbox::Open(file_, keyring_, bounds_, clock_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    outbox_ = *std::move(opened);
  }
  static NewCall CallOf(const std::string& content, const std::string& key = "") {
    NewCall call{"records", "agencies/a", key, content, false, {}};
    call.call.set_method("a.Method");
    call.call.set_request(content);
    return call;
  }
  std::string KeptId(const NewCall& call) {
    const auto kept = outbox_->Keep(call);
    EXPECT_TRUE(kept.ok()) << kept.status();
    return kept.ok() ? kept->waiting.id : "";
  }
  static Outcome Answer(const std::string& response) {
    Outcome outcome;
    outcome.set_response(response);
    return outcome;
  }
  absl::StatusCode KeepingGives(const NewCall& call) { return outbox_->Keep(call).status().code(); }

  accord::testing::TempDir folder_;
  std::string file_ = folder_.path("outbox.db");
  std::shared_ptr<const storage::Keyring> keyring_ =
      *storage::Keyring::From({std::string(32, 'k')}, std::string(32, 'i'));
  OutboxBounds bounds_{100, 1 << 20, absl::Hours(1)};
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(OutboxTest, KeepsActsInTheirOrderOverARestart) {
  const std::string first = KeptId(CallOf("one"));
  const std::string second = KeptId(CallOf("two"));
  Reopen();
  const auto waiting = outbox_->AllWaiting();
  ASSERT_TRUE(waiting.ok()) << waiting.status();
  ASSERT_THAT(*waiting, SizeIs(2));
  EXPECT_EQ((*waiting)[0].id, first);
  EXPECT_EQ((*waiting)[1].id, second);
  EXPECT_EQ((*waiting)[0].lane, (*waiting)[1].lane);
  EXPECT_EQ(outbox_->Read(second)->request(), "two");
}

TEST_F(OutboxTest, KeepsTheSameActOnceByItsKeyAndRefusesAnotherUnderIt) {
  const std::string id = KeptId(CallOf("one", "key"));
  Reopen();
  const auto again = outbox_->Keep(CallOf("one", "key"));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->waiting.id, id);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(KeepingGives(CallOf("two", "key")), absl::StatusCode::kAlreadyExists);
  NewCall of_another = CallOf("two", "key");
  of_another.caller = "other";
  EXPECT_NE(KeptId(of_another), id);
  EXPECT_NE(KeptId(CallOf("one")), id);
}

TEST_F(OutboxTest, TellsWhatBecameOfAnActToItsCallerAlone) {
  const std::string id = KeptId(CallOf("one"));
  EXPECT_EQ(outbox_->Fetch("records", id)->state, CallState::kWaiting);
  Outcome problem;
  problem.mutable_refusal()->set_code("UNANSWERED");
  ASSERT_TRUE(outbox_->Failed(id, problem).ok());
  EXPECT_EQ(outbox_->Fetch("records", id)->state, CallState::kSent);
  EXPECT_EQ(outbox_->Fetch("records", id)->outcome.refusal().code(), "UNANSWERED");
  ASSERT_TRUE(outbox_->Finish(id, Answer("{}")).ok());
  const auto seen = outbox_->Fetch("records", id);
  EXPECT_EQ(seen->state, CallState::kAnswered);
  EXPECT_EQ(seen->attempts, 2);
  EXPECT_EQ(seen->outcome.response(), "{}");
  EXPECT_EQ(outbox_->Fetch("other", id).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(outbox_->Acknowledge("other", id).code(), absl::StatusCode::kNotFound);
}

TEST_F(OutboxTest, ErasesAnActWhenTheTimeAfterItsAnswerIsOverAndNotBefore) {
  const std::string fetched = KeptId(CallOf("one", "key"));
  const std::string acknowledged = KeptId(CallOf("two"));
  const std::string unread = KeptId(CallOf("three"));
  const std::string waiting = KeptId(CallOf("four"));
  EXPECT_EQ(outbox_->Acknowledge("records", waiting).code(), absl::StatusCode::kFailedPrecondition);
  for (const std::string& id : {fetched, acknowledged, unread})
    ASSERT_TRUE(outbox_->Finish(id, Answer("{}")).ok());
  ASSERT_TRUE(outbox_->Fetch("records", fetched).ok());
  ASSERT_TRUE(outbox_->Acknowledge("records", acknowledged).ok());
  clock_.Advance(absl::Minutes(59));
  EXPECT_EQ(*outbox_->EraseOver(), 0);
  // To look again gives it no more time.
  ASSERT_TRUE(outbox_->Fetch("records", fetched).ok());
  clock_.Advance(absl::Minutes(2));
  EXPECT_EQ(*outbox_->EraseOver(), 2);
  EXPECT_EQ(outbox_->Fetch("records", fetched).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(outbox_->Fetch("records", acknowledged).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(outbox_->Fetch("records", unread)->state, CallState::kAnswered);
  EXPECT_EQ(outbox_->Fetch("records", waiting)->state, CallState::kWaiting);
}

TEST_F(OutboxTest, KeepsNoActAgainWhoseKeyHoldsForEver) {
  NewCall once = CallOf("one", "file");
  once.once = true;
  EXPECT_FALSE(*outbox_->Knows("records", "file"));
  const std::string id = KeptId(once);
  EXPECT_EQ(KeptId(once), id);
  EXPECT_TRUE(*outbox_->Knows("records", "file"));
  EXPECT_FALSE(*outbox_->Knows("other", "file"));
  ASSERT_TRUE(outbox_->Finish(id, Answer("{}")).ok());
  EXPECT_EQ(*outbox_->Unread("records"), std::vector<std::string>{id});
  // To look at it does not begin its time.
  EXPECT_TRUE(outbox_->Look("records", id).ok());
  clock_.Advance(absl::Hours(2));
  EXPECT_EQ(*outbox_->EraseOver(), 0);
  ASSERT_TRUE(outbox_->Acknowledge("records", id).ok());
  EXPECT_THAT(*outbox_->Unread("records"), IsEmpty());
  clock_.Advance(absl::Hours(2));
  EXPECT_EQ(*outbox_->EraseOver(), 1);
  Reopen();
  EXPECT_TRUE(*outbox_->Knows("records", "file"));
  EXPECT_EQ(KeepingGives(once), absl::StatusCode::kAlreadyExists);
  once.caller = "other";
  EXPECT_EQ(KeepingGives(once), absl::StatusCode::kOk);
}

TEST_F(OutboxTest, TakesNoMoreActsThanThereIsRoomForAndLosesNone) {
  bounds_.calls = 2;
  Reopen();
  const std::string first = KeptId(CallOf("one", "key"));
  KeptId(CallOf("two"));
  EXPECT_EQ(KeepingGives(CallOf("three")), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(KeptId(CallOf("one", "key")), first);
  EXPECT_THAT(*outbox_->AllWaiting(), SizeIs(2));
  ASSERT_TRUE(outbox_->Finish(first, Answer("{}")).ok());
  ASSERT_TRUE(outbox_->Acknowledge("records", first).ok());
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(*outbox_->EraseOver(), 1);
  EXPECT_EQ(KeepingGives(CallOf("three")), absl::StatusCode::kOk);
  EXPECT_EQ(KeepingGives(CallOf("four")), absl::StatusCode::kResourceExhausted);
}

TEST_F(OutboxTest, CountsTheBytesOfActsAndOfTheirAnswers) {
  bounds_.bytes = 4000;
  Reopen();
  EXPECT_EQ(KeepingGives(CallOf(std::string(4000, 'a'))), absl::StatusCode::kResourceExhausted);
  const std::string id = KeptId(CallOf("one"));
  ASSERT_TRUE(outbox_->Failed(id, Answer(std::string(2000, 'b'))).ok());
  ASSERT_TRUE(outbox_->Finish(id, Answer(std::string(4000, 'c'))).ok());
  EXPECT_EQ(KeepingGives(CallOf("two")), absl::StatusCode::kResourceExhausted);
  ASSERT_TRUE(outbox_->Acknowledge("records", id).ok());
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(*outbox_->EraseOver(), 1);
  // All of its room is there again, and no more than that.
  EXPECT_EQ(KeepingGives(CallOf(std::string(2700, 'a'))), absl::StatusCode::kOk);
  EXPECT_EQ(KeepingGives(CallOf(std::string(500, 'a'))), absl::StatusCode::kResourceExhausted);
}

TEST_F(OutboxTest, SaysThatTheDiskIsFullAndKeepsWhatItHas) {
  const std::string first = KeptId(CallOf("one"));
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 1;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const absl::Status full = outbox_->Keep(CallOf(std::string(100'000, 'a'))).status();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(full.message()), HasSubstr("full disk"));
  EXPECT_EQ(KeepingGives(CallOf("two")), absl::StatusCode::kOk);
  EXPECT_THAT(*outbox_->AllWaiting(), SizeIs(2));
  EXPECT_EQ(outbox_->Read(first)->request(), "one");
}

TEST_F(OutboxTest, GivesAnAnswerBackThatCameWithBytesWhichAreNoText) {
  client::RefusalDetails details;
  details.code = grpc::StatusCode::INTERNAL;
  details.message = "broken \xff";
  const std::string refused = KeptId(CallOf("one"));
  const client::Refusal refusal(details, false, google::protobuf::Empty(), "");
  ASSERT_TRUE(outbox_->Finish(refused, OutcomeOf(refusal)).ok());
  const auto seen = outbox_->Fetch("records", refused);
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->outcome.refusal().message(), "broken \xEF\xBF\xBD");
  const auto* method = FindMethod("accord.protocols.v1.ReferralService.CreateReferral");
  ASSERT_NE(method, nullptr);
  const std::string answered = KeptId(CallOf("two"));
  ASSERT_TRUE(outbox_->Finish(answered, OutcomeOf(*method, "", {"\xff"})).ok());
  EXPECT_TRUE(outbox_->Fetch("records", answered).ok());
}

TEST_F(OutboxTest, ShowsNothingOfAnActToWhoeverHasTheFile) {
  NewCall call = CallOf("a-secret-request", "a-secret-key");
  call.resource = "agencies/a-secret-resource";
  call.call.set_actor("a-secret-actor");
  const std::string id = KeptId(call);
  ASSERT_TRUE(outbox_->Finish(id, Answer("a-secret-answer")).ok());
  for (const char* suffix : {"", "-wal"}) {
    const std::string path = file_ + suffix;
    const auto bytes = ReadFile(path);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    EXPECT_THAT(*bytes, Not(HasSubstr("a-secret"))) << path;
    struct stat found {};
    ASSERT_EQ(stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600u) << path;
  }
  EXPECT_THAT(*outbox_->AllWaiting(), IsEmpty());
}

}  // namespace
}  // namespace accord::connector
