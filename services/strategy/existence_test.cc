// These tests show that records that a ministry or the office has not published yet, and records of what an
// agency gets, look absent to everybody else.
#include "common/testing/twins.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;

class StrategyExistence : public FundingFixture {};

TEST_F(StrategyExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  const v1::IndicatorObservation draft = Drafted(indicator);
  const v1::IndicatorObservation submitted = StrategyFixture::Submitted(indicator);
  v1::Allocation allocation;
  ASSERT_EQ(Plan(Announced("vcao-ht"), 100, &allocation), "");
  const auto report = Must(Call<v1::ProgressReport>(staff_, NewReport("progress")));
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.strategy.v1",
                                   {draft.name(), submitted.name(), allocation.name(), report.name()},
                                   {{"min-msw", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD},
                                    {"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "manager", ROLE_VS_MANAGER},
                                    {"ps-york", AGENCY_KIND_POLICE_SERVICE, "member", ROLE_POLICE_MEMBER}}}),
            8);
}

TEST_F(StrategyExistence, OfFundsNoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  v1::FundingApplication application = Submitted(Opened(), applicant_);
  v1::CreateFundingCallRequest later = NewFundingCall();
  *later.mutable_funding_call()->mutable_opens_at() = ToProto(Closing() + absl::Hours(1));
  *later.mutable_funding_call()->mutable_closes_at() = ToProto(Closing() + absl::Hours(2));
  const v1::FundingCall written = Written(later);
  Close();
  ASSERT_EQ(Screen(&application, writer_), "");
  v1::FundingAssessment assessment;
  ASSERT_EQ(Assign(application, ann_, &assessment), "");
  v1::ConflictDeclaration declaration;
  ASSERT_EQ(Declare(application, ann_, v1::CONFLICT_KIND_OTHER, &declaration), "");
  EXPECT_GT(
      testing::CompareTwins(
          &in_process_, {"accord.strategy.v1",
                         {application.name(), written.name(), assessment.name(), declaration.name()},
                         {{"or-youth", AGENCY_KIND_COMMUNITY_ORGANISATION, "applicant", ROLE_FUND_APPLICANT},
                          {"min-mol", AGENCY_KIND_MINISTRY, "cam", ROLE_FUND_SCORER},
                          {"min-mol", AGENCY_KIND_MINISTRY, "dee", ROLE_FUND_PANEL},
                          {"io-others", AGENCY_KIND_INDIGENOUS_ORGANISATION, "elder", ROLE_INDIGENOUS_REP}}}),
      40);
}

}  // namespace
}  // namespace accord::strategy
