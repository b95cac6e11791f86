// What a ministry has not published yet is to everybody else as if it were not there.
#include "common/testing/twins.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;

class StrategyExistence : public StrategyFixture {};

TEST_F(StrategyExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  const v1::IndicatorObservation draft = Drafted(indicator), submitted = Submitted(indicator);
  EXPECT_GT(testing::CompareTwins(
                &in_process_,
                {"accord.strategy.v1",
                 {draft.name(), submitted.name()},
                 {{"min-mag", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD},
                  {"ps-york", AGENCY_KIND_POLICE_SERVICE, "member", ROLE_POLICE_MEMBER}}}),
            8);
}

}  // namespace
}  // namespace accord::strategy
