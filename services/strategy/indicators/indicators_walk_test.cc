// These tests state a second time by whom, and in which state, each change of an indicator or an observation
// is made.
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/strategy/placements.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::Walk;

class IndicatorsWalk : public testing::WalkFixture<StrategyFixture> {
 protected:
  IndicatorsWalk() {
    walk_.service = "accord.strategy.v1.IndicatorService";
    walk_.agencies = {
        {"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
        {"owner", {"min-mol", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
        {"another ministry", {"min-mag", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
        {"body", {"io-elders", AGENCY_KIND_INDIGENOUS_ORGANISATION, "elder", ROLE_INDIGENOUS_REP}},
        {"another body", {"io-others", AGENCY_KIND_INDIGENOUS_ORGANISATION, "elder", ROLE_INDIGENOUS_REP}}};
    // The records that these two requests name exist, so that only the part or the state can refuse them.
    walk_.finish = [this](const std::string&, google::protobuf::Message* message) {
      if (auto* create = dynamic_cast<v1::CreateIndicatorObservationRequest*>(message)) {
        create->mutable_indicator_observation()->set_indicator(indicator_.name());
      } else if (auto* revise = dynamic_cast<v1::ReviseIndicatorObservationRequest*>(message)) {
        revise->mutable_indicator_observation()->set_indicator(indicator_.name());
      } else if (auto* agree = dynamic_cast<v1::CreateDataAuthorisationRequest*>(message)) {
        agree->mutable_data_authorisation()->set_indicator(governed_.name());
      } else if (auto* indicator = dynamic_cast<v1::CreateIndicatorRequest*>(message)) {
        indicator->mutable_indicator()->set_owner_ministry("min-mol");
      }
    };
  }
  std::string StoreIndicator(const std::string& state) {
    v1::Indicator indicator = indicator_;
    indicator.set_name(absl::StrCat("agencies/min-mol/indicators/i", ++records_));
    indicator.set_state(As<v1::IndicatorState>(v1::IndicatorState_descriptor(), state));
    return Store("indicator", indicator, PublicPlacement(indicator.name(), state));
  }
  std::string StoreObservation(const std::string& state) {
    v1::IndicatorObservation observation = NewObservation(indicator_).indicator_observation();
    observation.set_name(absl::StrCat("agencies/min-mol/indicatorObservations/o", ++records_));
    // Each period has one figure.
    observation.set_period_start(absl::StrCat(1000 + records_, "-06-30"));
    observation.set_state(As<v1::ObservationState>(v1::ObservationState_descriptor(), state));
    storage::Placement placement = PublicPlacement(observation.name(), state);
    if (state == "draft" || state == "submitted") placement.parties = {"min-mol", "co-pahtco"};
    std::string name = Store("indicator_observation", observation, placement);
    // The office's staff has opened the observation that it verifies.
    EXPECT_EQ(ReadObservation(name, staff_), "");
    return name;
  }

  // This makes an indicator whose figures distinguish Indigenous people, and that io-elders governs.
  v1::Indicator Governed() {
    v1::CreateIndicatorRequest request = NewIndicator("governed");
    request.mutable_indicator()->set_indigenous_disaggregated(true);
    request.mutable_indicator()->add_governing_bodies("io-elders");
    return Must(Call<v1::Indicator>(staff_, request));
  }
  std::string StoreAuthorisation(const std::string& state) {
    v1::DataAuthorisation authorisation;
    authorisation.set_name(absl::StrCat("agencies/io-elders/dataAuthorisations/d", ++records_));
    authorisation.set_indicator(governed_.name());
    authorisation.set_state(As<v1::DataAuthorisationState>(v1::DataAuthorisationState_descriptor(), state));
    return Store("data_authorisation", authorisation,
                 {"io-elders", state, {"io-elders", "co-pahtco", "min-mol"}, {}});
  }

  const v1::Indicator indicator_ = Measured("walked");
  const v1::Indicator governed_ = Governed();
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

TEST_F(IndicatorsWalk, OfAnAgreement) {
  walk_.states = testing::ShortNamesOf(v1::DataAuthorisationState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreAuthorisation(state); };
  walk_.table = {{"WithdrawDataAuthorisation", {"body"}, {"in_force"}}};
  EXPECT_GE(
      testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"WithdrawDataAuthorisation"})), 4);
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/io-elders"; };
  walk_.table = {{"CreateDataAuthorisation", {"body"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CreateDataAuthorisation"})),
            2);
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
