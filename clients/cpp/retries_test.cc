#include "accord/client/retries.h"

#include <gmock/gmock.h>
#include <google/protobuf/empty.pb.h>

namespace accord::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const google::protobuf::Empty kNothing;

void Engaged() {
  RefusalDetails details;
  details.code = grpc::StatusCode::UNAVAILABLE;
  details.reason = "SERVICE_BUSY";
  details.retry_after = Seconds(0.5);
  throw Refusal(details, false, kNothing, "");
}

void RefusedBy(grpc::StatusCode code, const std::string& reason) {
  RefusalDetails details;
  details.code = code;
  details.reason = reason;
  throw Refusal(details, false, kNothing, "");
}

void Tired() { RefusedBy(grpc::StatusCode::RESOURCE_EXHAUSTED, "QUOTA_CALLS"); }
void Final() { RefusedBy(grpc::StatusCode::PERMISSION_DENIED, "ROLE_NOT_PERMITTED"); }
void OfALaterVersion() { RefusedBy(grpc::StatusCode::ABORTED, "OF_A_LATER_VERSION"); }
void Lost() { throw Unanswered("broken", kNothing, ""); }
void Answered() {}

class Retries : public ::testing::Test {
 protected:
  // This says whether the attempts come to an answer, the last of them being repeated no more.
  bool Ends(std::vector<void (*)()> attempts, Seconds patience = Seconds(60), int others = 0) {
    slept_.clear();
    at_ = Seconds(0);
    made_ = 0;
    const Clock clock{[this] { return at_; },
                      [this](Seconds wait) {
                        at_ += wait;
                        slept_.push_back(wait.count());
                      }};
    try {
      Repeat([&] { attempts.at(made_++)(); }, patience, Waits(Seconds(1), Seconds(60), [] { return 1.0; }),
             clock, others);
      return true;
    } catch (const CallError&) {
      return false;
    }
  }

  Seconds at_{0};
  std::vector<double> slept_;
  std::size_t made_ = 0;
};

TEST_F(Retries, WaitAsLongAsTheRefusalAsks) {
  EXPECT_TRUE(Ends({Engaged, Engaged, Answered}));
  EXPECT_THAT(slept_, ElementsAre(::testing::DoubleEq(0.55), ::testing::DoubleEq(0.55)));
}

TEST_F(Retries, WaitTwiceAsLongEachTimeUpToAMinute) {
  std::vector<void (*)()> attempts(9, Lost);
  attempts.push_back(Answered);
  EXPECT_TRUE(Ends(attempts, Seconds(1000)));
  EXPECT_THAT(slept_, ElementsAre(1, 2, 4, 8, 16, 32, 60, 60, 60));
}

TEST_F(Retries, WaitNeitherForEverNorNotAtAllWhateverIsAsked) {
  Waits waits(Seconds(1), Seconds(60), [] { return 1.0; });
  const auto after = [&waits](Seconds asked) {
    RefusalDetails details;
    details.code = grpc::StatusCode::UNAVAILABLE;
    details.retry_after = asked;
    return waits.After(Refusal(details, false, kNothing, "")).count();
  };
  EXPECT_DOUBLE_EQ(after(Seconds(1e18)), 3960);
  EXPECT_DOUBLE_EQ(after(Seconds(0)), 1);
  EXPECT_DOUBLE_EQ(after(Seconds(-5)), 2);
}

TEST_F(Retries, HaveARandomPart) {
  Waits waits(Seconds(1), Seconds(60), [] { return 0.0; });
  EXPECT_EQ(waits.After(Unanswered("broken", kNothing, "")), Seconds(0.5));
  const double chance = RandomFraction();
  EXPECT_GE(chance, 0);
  EXPECT_LE(chance, 1);
  EXPECT_NE(chance, RandomFraction());
}

TEST_F(Retries, AreOfRulesThatPassAndOfNoOthers) {
  EXPECT_TRUE(Ends({Tired, Answered}));
  EXPECT_FALSE(Ends({Final, Answered}));
  EXPECT_THAT(slept_, IsEmpty());
  EXPECT_FALSE(Ends({OfALaterVersion, Answered}));
  EXPECT_EQ(made_, 1u);
}

TEST_F(Retries, EndBeforeAWaitThatGoesBeyondThePatience) {
  EXPECT_FALSE(Ends({Lost, Lost, Lost, Lost, Answered}, Seconds(7)));
  EXPECT_THAT(slept_, ElementsAre(1, 2, 4));
  EXPECT_FALSE(Ends({Lost, Answered}, Seconds(0)));
}

TEST_F(Retries, AskEachFurtherGatewayAtOnceBeforeTheyWait) {
  EXPECT_TRUE(Ends({Lost, Lost, Lost, Lost, Lost, Answered}, Seconds(60), 2));
  EXPECT_THAT(slept_, ElementsAre(1));
  // A refusal comes from a gateway that is there.
  EXPECT_TRUE(Ends({Tired, Answered}, Seconds(60), 2));
  EXPECT_THAT(slept_, ElementsAre(1));
}

TEST_F(Retries, KnowTheRulesOfTheCatalogueAndKeepTheNamesOfOthers) {
  EXPECT_EQ(FindRule("QUOTA_CALLS"), Rule::kQuotaCalls);
  EXPECT_EQ(NameOf(Rule::kQuotaCalls), "QUOTA_CALLS");
  EXPECT_TRUE(MayPass(Rule::kQuotaCalls));
  EXPECT_FALSE(MayPass(Rule::kRoleNotPermitted));
  EXPECT_EQ(FindRule("OF_A_LATER_VERSION"), Rule::kUnknown);
  EXPECT_EQ(NameOf(Rule::kUnknown), "");
  try {
    OfALaterVersion();
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "OF_A_LATER_VERSION");
    EXPECT_EQ(refusal.rule(), Rule::kUnknown);
  }
}

}  // namespace
}  // namespace accord::client
