// Indicators and observations, written a second time: by whom, and in which state, each change is made.
#include "common/testing/walk.h"
#include "common/testing/walking.h"
#include "services/strategy/placements.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::Walk;

class IndicatorsWalk : public testing::Walking<StrategyFixture> {
 protected:
  IndicatorsWalk() {
    walk_.service = "accord.strategy.v1.IndicatorService";
    walk_.agencies = {{"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
                      {"owner", {"min-mol", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
                      {"another ministry", {"min-mag", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}}};
    // What these two name exists, so that nothing but part and state holds them up.
    walk_.finish = [this](const std::string&, google::protobuf::Message* message) {
      if (auto* create = dynamic_cast<v1::CreateIndicatorObservationRequest*>(message)) {
        create->mutable_indicator_observation()->set_indicator(indicator_.name());
      } else if (auto* revise = dynamic_cast<v1::ReviseIndicatorObservationRequest*>(message)) {
        revise->mutable_indicator_observation()->set_indicator(indicator_.name());
      } else if (auto* indicator = dynamic_cast<v1::CreateIndicatorRequest*>(message)) {
        indicator->mutable_indicator()->set_owner_ministry("min-mol");
      }
    };
  }
  std::string StoreIndicator(const std::string& state) {
    v1::Indicator indicator = indicator_;
    indicator.set_name(absl::StrCat("agencies/min-mol/indicators/i", ++records_));
    indicator.set_state(As<v1::IndicatorState>(v1::IndicatorState_descriptor(), state));
    return Store("indicator", indicator, Public(indicator.name(), state));
  }
  std::string StoreObservation(const std::string& state) {
    v1::IndicatorObservation observation = NewObservation(indicator_).indicator_observation();
    observation.set_name(absl::StrCat("agencies/min-mol/indicatorObservations/o", ++records_));
    observation.set_state(As<v1::ObservationState>(v1::ObservationState_descriptor(), state));
    storage::Placement placement = Public(observation.name(), state);
    if (state == "draft" || state == "submitted") placement.parties = {"min-mol", "co-pahtco"};
    return Store("indicator_observation", observation, placement);
  }

  const v1::Indicator indicator_ = Measured("walked");
  Walk walk_;
  int records_ = 0;
};

TEST_F(IndicatorsWalk, OfAnIndicator) {
  walk_.states = testing::ShortNamesOf(v1::IndicatorState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreIndicator(state); };
  walk_.table = {{"ReviseIndicator", {"owner"}, {"current"}}, {"RetireIndicator", {"owner"}, {"current"}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_,
                                 ChangesBut(walk_.service, {"ReviseIndicator", "RetireIndicator"})),
            12);
}

TEST_F(IndicatorsWalk, OfAnObservation) {
  walk_.states = testing::ShortNamesOf(v1::ObservationState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreObservation(state); };
  walk_.table = {{"ReviseIndicatorObservation", {"owner"}, {"draft"}},
                 {"SubmitIndicatorObservation", {"owner"}, {"draft"}},
                 {"VerifyIndicatorObservation", {"staff"}, {"submitted"}},
                 {"ReturnIndicatorObservation", {"staff"}, {"submitted"}},
                 {"CorrectIndicatorObservation", {"owner"}, {"verified"}}};
  EXPECT_GE(testing::WalkChanges(
                &in_process_, walk_,
                ChangesBut(walk_.service, {"ReviseIndicatorObservation", "SubmitIndicatorObservation",
                                           "VerifyIndicatorObservation", "ReturnIndicatorObservation",
                                           "CorrectIndicatorObservation"})),
            32);
}

TEST_F(IndicatorsWalk, OfWhatIsMeasured) {
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/min-mol"; };
  walk_.table = {{"CreateIndicator", {"owner"}, {}}, {"CreateIndicatorObservation", {"owner"}, {}}};
  const std::set<std::string> others =
      ChangesBut(walk_.service, {"CreateIndicator", "CreateIndicatorObservation"});
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, others), 5);
}

}  // namespace
}  // namespace accord::strategy
