#include <string>
#include <vector>

#include "common/testing/postgres.h"
#include "services/strategy/testing/award_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class CallRecords : public AwardFixture, public ::testing::WithParamInterface<bool> {
 protected:
  CallRecords() : AwardFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  std::string Get(const v1::FundingCall& call, const Caller& caller, v1::FundingCallRecord* record = nullptr,
                  const std::string& page_token = "", int page_size = 0) {
    v1::GetFundingCallRecordRequest request;
    request.set_name(call.name());
    request.set_page_token(page_token);
    request.set_page_size(page_size);
    return Rule(Call<v1::FundingCallRecord>(caller, request), record);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, CallRecords, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(CallRecords, AreMadeOfTheRowsAndAreTheSameEachTime) {
  const Round round = Decided(3);
  v1::FundingCallRecord record, again;
  ASSERT_EQ(Get(round.call, head_, &record), "");
  ASSERT_EQ(Get(round.call, head_, &again), "");
  EXPECT_EQ(record.SerializeAsString(), again.SerializeAsString());
  EXPECT_EQ(record.order_sha256(), ReadCall(round.call, writer_).concluded_digest());
  EXPECT_EQ(record.funding_call().criteria_digest(), round.call.criteria_digest());
  // This makes three applications, each of which has two scorers and a chair.
  EXPECT_EQ(record.declarations_none(), 9);
  ASSERT_THAT(record.applications(), SizeIs(3));
  // The last application has the most points, and each application has a rank of its own.
  EXPECT_EQ(record.applications(0).funding_application(), round.applications[2].name());
  for (int i = 0; i < 3; ++i) {
    const auto& each = record.applications(i);
    EXPECT_EQ(each.rank(), i + 1);
    EXPECT_FALSE(each.tied());
    EXPECT_EQ(each.recommended_cents(), 300000);
    ASSERT_THAT(each.assessments(), SizeIs(2));
    EXPECT_EQ(each.assessments(0).scores(0).justification(), "") << "the record has numbers and no words";
  }
  // The score is 3 of 100 points with weight 6000, and 2 of 4 points with weight 4000, out of 10000.
  EXPECT_EQ(record.applications(0).score_numerator(), 2180);
  EXPECT_EQ(record.applications(0).score_denominator(), 1);
}

TEST_P(CallRecords, ShowTheOfficeNoScoreBeforeTheDecision) {
  Round round = Evaluated(2);
  ScoreBoth(&round, 0, 5, 2);
  ScoreBoth(&round, 1, 9, 2);
  v1::FundingCallRecord record;
  ASSERT_EQ(Get(round.call, head_, &record), "");
  ASSERT_THAT(record.applications(), SizeIs(2));
  for (const auto& each : record.applications()) {
    EXPECT_FALSE(each.has_rank());
    EXPECT_THAT(each.assessments(), IsEmpty());
    EXPECT_EQ(each.assessments_submitted(), 2);
  }
  EXPECT_LT(record.applications(0).funding_application(), record.applications(1).funding_application())
      << "the order itself tells nothing";
  EXPECT_EQ(record.order_sha256(), "");
}

TEST_P(CallRecords, SayWhichApplicationWasAdmittedLateAndWhy) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication in_time = Submitted(call, applicant_), late = Started(call, rival_);
  Close();
  v1::ProposeLateFundingApplicationRequest propose;
  propose.set_reason("a storm");
  ASSERT_EQ(Move(head_, &late, propose), "");
  ASSERT_EQ(Move(writer_, &late, v1::AdmitLateFundingApplicationRequest()), "");
  for (v1::FundingApplication* each : {&in_time, &late}) {
    ASSERT_EQ(Screen(each, writer_), "");
    Ready(*each, ann_);
    Ready(*each, ben_);
  }
  ASSERT_EQ(BeginEvaluation(call), "");
  v1::FundingCallRecord record;
  ASSERT_EQ(Get(call, head_, &record), "");
  ASSERT_THAT(record.applications(), SizeIs(2));
  for (const auto& each : record.applications()) {
    const bool is_late = each.funding_application() == late.name();
    EXPECT_EQ(each.admitted_late(), is_late);
    EXPECT_EQ(each.late_reason(), is_late ? "a storm" : "");
  }
}

TEST_P(CallRecords, ShowThePanelTheScoresOfWhatItDeclaredAboutOnceAllAreIn) {
  Round round = Evaluated(2);
  ScoreBoth(&round, 0, 5, 2);
  ASSERT_EQ(Declare(round.applications[0], chair_), "");
  ASSERT_EQ(Declare(round.applications[1], chair_), "");
  v1::FundingCallRecord record;
  ASSERT_EQ(Get(round.call, chair_, &record), "");
  EXPECT_TRUE(record.applications(0).has_rank());
  EXPECT_EQ(record.applications(0).funding_application(), round.applications[0].name());
  EXPECT_FALSE(record.applications(1).has_rank());
}

TEST_P(CallRecords, AreReadByThePanelAndTheOfficeAlone) {
  const Round round = Evaluated(1);
  const Caller member =
      Funded("min-mcss", annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_FUND_PANEL, "member");
  EXPECT_EQ(Get(round.call, member), "NOT_FOUND") << "of another panel";
  EXPECT_EQ(Get(round.call, ann_), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Get(round.call, applicant_), "ROLE_NOT_PERMITTED");
}

TEST_P(CallRecords, ComeInPagesThatTogetherAreTheWhole) {
  const Round round = Decided(5);
  v1::FundingCallRecord whole, page;
  ASSERT_EQ(Get(round.call, head_, &whole), "");
  EXPECT_EQ(whole.next_page_token(), "");
  std::vector<std::string> read;
  do {
    ASSERT_EQ(Get(round.call, head_, &page, page.next_page_token(), 2), "");
    EXPECT_LE(page.applications_size(), 2);
    EXPECT_EQ(page.order_sha256(), whole.order_sha256());
    for (const auto& each : page.applications()) read.push_back(each.SerializeAsString());
  } while (!page.next_page_token().empty());
  ASSERT_THAT(read, SizeIs(5));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(read[static_cast<std::size_t>(i)], whole.applications(i).SerializeAsString()) << i;
  }
  EXPECT_EQ(Get(round.call, head_, nullptr, "", -1), "FIELD_INVALID");
}

TEST_P(CallRecords, AreNotReadOnAcrossAnotherOrderOrByAnotherReader) {
  Round round = Evaluated(3);
  for (std::size_t i = 0; i < 3; ++i) {
    ScoreBoth(&round, i, 5 + static_cast<int>(i), 2);
    ASSERT_EQ(Declare(round.applications[i], chair_), "");
  }
  v1::FundingCallRecord first;
  ASSERT_EQ(Get(round.call, chair_, &first, "", 1), "");
  ASSERT_NE(first.next_page_token(), "");
  EXPECT_EQ(Get(round.call, head_, nullptr, first.next_page_token()), "PAGE_TOKEN_INVALID");
  v1::ReopenFundingAssessmentRequest reopen;
  reopen.set_reason("a slip");
  v1::FundingAssessment reopened = ReadAssessment(round.by_ann[0], ann_);
  ASSERT_EQ(Move(chair_, &reopened, reopen), "");
  EXPECT_EQ(Get(round.call, chair_, nullptr, first.next_page_token()), "PAGE_TOKEN_INVALID");
}

TEST_P(CallRecords, BeginWithTheEvaluation) { EXPECT_EQ(Get(Opened(), head_), "CALL_NOT_AT_STEP"); }

}  // namespace
}  // namespace accord::strategy
