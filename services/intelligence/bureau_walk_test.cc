// These tests write a second time what the bureau alone does: by whom, and in which state.
#include "services/intelligence/testing/walk_fixture.h"

namespace accord::intelligence {
namespace {

using States = std::set<std::string>;

class BureauWalk : public IntelligenceWalk {
 protected:
  BureauWalk() {
    walk_.agencies = {{"bureau", {"ci-ciso", kBureauKind}}, {"another bureau", {"ci-other", kBureauKind}}};
  }
  std::string StorePosition(const std::string& state) {
    v1::Position position;
    position.set_name(absl::StrCat("agencies/ci-ciso/positions/p", ++records_));
    position.set_state(As<v1::PositionState>(v1::PositionState_descriptor(), state));
    return Store("position", position, {"ci-ciso", state, {std::string(storage::kEverybody)}, {}});
  }

  Walk walk_;
};

TEST_F(BureauWalk, OfADecision) {
  walk_.service = "accord.intelligence.v1.ReportService";
  walk_.states = ReportStates();
  walk_.make = [&](const std::string& state) { return StoreReport(state); };
  int calls = 0;
  for (const auto& [event, states] : std::map<std::string, States>{{"activate", {"evaluated"}},
                                                                   {"return", {"evaluated"}},
                                                                   {"reject", {"evaluated"}},
                                                                   // Others take these steps.
                                                                   {"grade", {}},
                                                                   {"validate", {}},
                                                                   {"recall", {}},
                                                                   {"purge", {}},
                                                                   {"lapse", {}}}) {
    calls += testing::WalkEvent<v1::DecideReportRequest>(&in_process_, walk_, "DecideReport", {"bureau"},
                                                         event, states);
  }
  EXPECT_GT(calls, 100);
}

TEST_F(BureauWalk, OfAPurge) {
  walk_.service = "accord.intelligence.v1.PurgeService";
  walk_.states = ReportStates();
  walk_.make = [&](const std::string& state) { return StoreReport(state); };
  walk_.agencies["originator"] = {"ps-york", kPolice};
  walk_.agencies["holder"] = {"ps-peel", kPolice};
  for (const char* method : {"ProposeReportPurge", "ConfirmReportPurge"}) {
    walk_.table.push_back({method, {"bureau"}, {"review_due", "rejected"}});
    walk_.table.push_back({method, {"originator"}, {"recalled"}});
  }
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {"ConfirmPurgeNotice"}), 30);
}

TEST_F(BureauWalk, OfAPosition) {
  walk_.service = "accord.intelligence.v1.PositionService";
  walk_.states = ShortNamesOf(v1::PositionState_descriptor());
  walk_.make = [&](const std::string& state) { return StorePosition(state); };
  int calls = 0;
  for (const auto& [event, states] :
       std::map<std::string, States>{{"post", {"approved", "vacant"}},
                                     {"fill", {"posted"}},
                                     {"vacate", {"filled"}},
                                     {"abolish", {"approved", "posted", "vacant"}},
                                     {"approve", {}}}) {
    calls += testing::WalkEvent<v1::AdvancePositionRequest>(&in_process_, walk_, "AdvancePosition",
                                                            {"bureau"}, event, states);
  }
  walk_.table = {{"AssignPositionPortfolio", {"bureau"}, {"approved", "posted", "filled", "vacant"}}};
  calls += testing::WalkChanges(&in_process_, walk_, {"EstablishPosition", "AdvancePosition"});
  EXPECT_EQ(calls, 60);
}

TEST_F(BureauWalk, OfWhatTheBureauBegins) {
  const std::string report = StoreReport("active");
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/ci-ciso"; };
  walk_.finish = [&](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::ProposeEmergencyReleaseRequest*>(message);
    if (request != nullptr) request->mutable_release_request()->set_report(report);
  };
  for (const auto& [service, method] :
       std::map<std::string, std::string>{{"PositionService", "EstablishPosition"},
                                          {"MembershipService", "SetMembershipCategory"},
                                          {"DisseminationService", "ProposeEmergencyRelease"}}) {
    walk_.service = "accord.intelligence.v1." + service;
    walk_.table = {{method, {"bureau"}, {}}};
    EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {method})), 2);
  }
}

}  // namespace
}  // namespace accord::intelligence
