// This model test runs random calls from the first application to the last payment. After each step it checks
// what the field requires of money, order and access. A failure prints its seed, and ACCORD_SEED repeats it.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/testing/postgres.h"
#include "common/testing/random_request.h"
#include "common/testing/seed.h"
#include "services/strategy/testing/award_fixture.h"

namespace accord::strategy {
namespace {

// Every test runs on each kind of database.
class FundingModel : public AwardFixture, public ::testing::WithParamInterface<bool> {
 protected:
  FundingModel() : AwardFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  // This makes a call whose applications have scores that sometimes diverge. The first two have the
  // same scores.
  Round RandomRound(testing::Dice* dice, const std::string& envelope) {
    v1::CreateFundingCallRequest request = NewFundingCall(300000 * (1 + dice->Below(6)));
    request.mutable_funding_call()->set_envelope(envelope);
    Round round = Evaluated(4, request);
    int need[2] = {0, 0}, plan[2] = {0, 0};
    for (std::size_t i = 0; i < round.applications.size(); ++i) {
      for (int scorer = 0; scorer < 2 && i != 1; ++scorer) {
        need[scorer] = dice->Below(3);
        plan[scorer] = dice->Below(3);
      }
      EXPECT_EQ(Score(&round.by_ann[i], ann_, need[0], plan[0]), "");
      EXPECT_EQ(Score(&round.by_ben[i], ben_, need[1], plan[1]), "");
      EXPECT_EQ(Declare(round.applications[i], chair_), "");
    }
    return round;
  }
  v1::FundingCallRecord Record(const Round& round, const Caller& caller) {
    v1::GetFundingCallRecordRequest request;
    request.set_name(round.call.name());
    return Must(Call<v1::FundingCallRecord>(caller, request));
  }
  // A third person scores each application on which the first two scorers are too far apart.
  void Settle(const Round& round, testing::Dice* dice) {
    for (const v1::FundingApplication& application : round.applications) {
      if (Assign(application, cam_) != "") continue;
      EXPECT_EQ(Declare(application, cam_), "");
      v1::ListFundingAssessmentsRequest list;
      list.set_funding_application(application.name());
      auto own = Must(Call<v1::ListFundingAssessmentsResponse>(cam_, list)).funding_assessments(0);
      EXPECT_EQ(Score(&own, cam_, dice->Below(4), dice->Below(3)), "");
    }
  }
  // This lets the chair break ties in the order of names until nothing is tied, and gives the number of ties.
  int BreakTies(const Round& round) {
    int broken = 0;
    const v1::FundingCallRecord record = Record(round, chair_);
    for (const auto& one : record.applications()) {
      for (const auto& other : record.applications()) {
        if (!one.tied() || one.rank() != other.rank()) continue;
        if (one.funding_application() >= other.funding_application()) continue;
        v1::BreakFundingCallTieRequest request;
        request.set_ahead(one.funding_application());
        request.set_behind(other.funding_application());
        request.set_reason("by their names");
        EXPECT_EQ(Step(round.call, chair_, request), "");
        ++broken;
      }
    }
    return broken;
  }
  // Checks that ranks are 1, 2, 3 and so on, and that no application comes before one with a larger fraction.
  static void ExpectTotalOrder(const v1::FundingCallRecord& record) {
    for (int i = 0; i < record.applications_size(); ++i) {
      EXPECT_EQ(record.applications(i).rank(), i + 1);
      EXPECT_FALSE(record.applications(i).tied());
      if (i == 0) continue;
      const auto &ahead = record.applications(i - 1), &behind = record.applications(i);
      EXPECT_GE(ahead.score_numerator() * behind.score_denominator(),
                behind.score_numerator() * ahead.score_denominator());
    }
  }
  // Checks that no more is approved than the call has, and that no more is committed than the
  // envelope's total.
  void ExpectWithinTheMoney(const Round& round, const v1::Envelope& envelope) {
    int64_t awarded = 0;
    for (const v1::FundingApplication& application : round.applications) {
      const v1::FundingApplication read = Read(application, writer_);
      const bool given_up = read.state() == v1::FUNDING_APPLICATION_STATE_WITHDRAWN;
      awarded += given_up ? 0 : read.awarded_cents();
    }
    EXPECT_LE(awarded, round.call.available_cents());
    EXPECT_LE(CommittedOf(envelope), envelope.total_cents());
    awarded_ += awarded;
  }
  // Approves, declines, refuses or signs each award at random.
  void DecideEach(Round* round, testing::Dice* dice) {
    for (std::size_t i = 0; i < round->applications.size(); ++i) {
      v1::FundingApplication application = Read(round->applications[i], writer_);
      const std::string approved = Approve(&application);
      EXPECT_THAT(approved, ::testing::AnyOf("", "NOT_RECOMMENDED", "ENVELOPE_EXCEEDED"));
      if (!approved.empty()) continue;
      if (dice->Percent(50)) {
        v1::RefuseFundingAwardRequest refuse;
        refuse.set_reason("another grant");
        EXPECT_EQ(Move(i % 2 == 0 ? applicant_ : rival_, &application, refuse), "");
        ++given_up_;
      }
    }
  }

  int64_t awarded_ = 0;
  int given_up_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Databases, FundingModel, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(FundingModel, KeepsMoneyOrderAndReadingWhateverIsScored) {
  testing::Dice dice(testing::SeedOr(20261127));
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", dice.seed()));
  const v1::Envelope envelope = Announced("cbsf");
  int ties = 0;
  for (int round_number = 0; round_number < 6; ++round_number) {
    On("2026-11-24");
    Round round = RandomRound(&dice, envelope.name());
    EXPECT_FALSE(Record(round, head_).applications(0).has_rank()) << "the office reads no score yet";
    Settle(round, &dice);
    ties += BreakTies(round);
    int64_t left = round.call.available_cents();
    for (const v1::FundingApplication& application : round.applications) {
      const int64_t cents = left >= 300000 && dice.Percent(80) ? 300000 : 0;
      EXPECT_EQ(Recommend(application, cents, chair_), "");
      left -= cents;
    }
    ASSERT_EQ(Step(round.call, chair_, v1::ConcludeFundingCallRequest()), "");
    const std::string concluded = ReadCall(round.call, writer_).concluded_digest();
    ASSERT_EQ(Step(round.call, head_, v1::DecideFundingCallRequest()), "");
    DecideEach(&round, &dice);
    const v1::FundingCallRecord record = Record(round, head_);
    EXPECT_EQ(record.order_sha256(), concluded) << "awards change no order";
    ExpectTotalOrder(record);
    ExpectWithinTheMoney(round, envelope);
    for (const v1::FundingApplication& application : round.applications) {
      EXPECT_EQ(ReadApplication(application, chair_), "");
      EXPECT_NE(ReadApplication(application, Scorer("min-mcys", "nobody")), "");
    }
    if (HasFailure()) return;
  }
  // This checks that enough happened, so that the other checks are not empty.
  EXPECT_GT(ties, 0);
  EXPECT_GT(awarded_, 0);
  EXPECT_GT(given_up_, 0);
}

}  // namespace
}  // namespace accord::strategy
