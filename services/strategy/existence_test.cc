// What a ministry or the office has not published yet, and what an agency gets, is to everybody else as what
// is absent.
#include "common/testing/twins.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;

class StrategyExistence : public StrategyFixture {};

TEST_F(StrategyExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  const v1::IndicatorObservation draft = Drafted(indicator), submitted = Submitted(indicator);
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

}  // namespace
}  // namespace accord::strategy
