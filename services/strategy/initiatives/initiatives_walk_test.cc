// These tests state a second time by whom, and in which state, each change of an initiative or a bill
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

class StrategyWalk : public testing::WalkFixture<StrategyFixture> {
 protected:
  StrategyWalk() {
    walk_.service = "accord.strategy.v1.InitiativeService";
    walk_.agencies = {
        {"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
        {"director", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "director", ROLE_OFFICE_DIRECTOR}},
        {"lead", {"min-mag", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
        {"another ministry", {"min-mol", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}}};
  }
  // The office entered the initiative, and the Attorney General leads it.
  std::string StoreInitiative(const std::string& state) {
    v1::Initiative initiative = NewInitiative("walked").initiative();
    initiative.set_name(absl::StrCat("agencies/co-pahtco/initiatives/i", ++records_));
    initiative.set_state(As<v1::InitiativeState>(v1::InitiativeState_descriptor(), state));
    return Store("initiative", initiative, PublicPlacement(initiative.name(), state));
  }
  std::string StoreBill(const std::string& state) {
    v1::LegislativeInitiative bill;
    bill.set_name(absl::StrCat("agencies/co-pahtco/legislativeInitiatives/b", ++records_));
    bill.set_title("An Act");
    bill.add_sections()->set_range("s. 1");
    bill.set_state(As<v1::LegislativeState>(v1::LegislativeState_descriptor(), state));
    return Store("legislative_initiative", bill, PublicPlacement(bill.name(), state));
  }

  Walk walk_;
  int records_ = 0;
};

TEST_F(StrategyWalk, OfAnInitiative) {
  walk_.states = testing::ShortNamesOf(v1::InitiativeState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreInitiative(state); };
  int calls = 0;
  for (const auto& [event, states] :
       std::map<std::string, std::set<std::string>>{{"start", {"planned", "delayed"}},
                                                    {"delay", {"underway"}},
                                                    {"continue", {"delivered"}},
                                                    // These events have methods of their own.
                                                    {"meet_milestone", {}},
                                                    {"report_delivery", {}},
                                                    {"deliver", {}},
                                                    {"end", {}}}) {
    calls += testing::WalkEvent<v1::AdvanceInitiativeRequest>(&in_process_, walk_, "AdvanceInitiative",
                                                              {"lead"}, event, states);
  }
  walk_.table = {{"MeetInitiativeMilestone", {"lead"}, {"underway", "delayed", "delivered", "ongoing"}},
                 {"ReportInitiativeDelivery", {"lead"}, {"underway"}},
                 {"ConfirmInitiativeDelivery", {"staff"}, {"underway"}},
                 {"EndInitiative", {"director"}, {"planned", "underway", "delivered", "ongoing", "delayed"}}};
  calls +=
      testing::WalkChanges(&in_process_, walk_,
                           ChangesBut(walk_.service, {"MeetInitiativeMilestone", "ReportInitiativeDelivery",
                                                      "ConfirmInitiativeDelivery", "EndInitiative"}));
  EXPECT_GE(calls, 100);
}

TEST_F(StrategyWalk, OfABill) {
  walk_.states = testing::ShortNamesOf(v1::LegislativeState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreBill(state); };
  int calls = 0;
  for (const auto& [event, states] : std::map<std::string, std::set<std::string>>{
           {"pass", {"introduced"}}, {"lapse", {"introduced"}}, {"assent", {}}, {"commence", {}}}) {
    calls += testing::WalkEvent<v1::AdvanceLegislativeInitiativeRequest>(
        &in_process_, walk_, "AdvanceLegislativeInitiative", {"staff"}, event, states);
  }
  walk_.table = {{"AssentLegislativeInitiative", {"staff"}, {"passed"}},
                 {"CommenceLegislativeInitiativeSection", {"staff"}, {"assented", "part_in_force"}},
                 {"RepealLegislativeInitiativeSection", {"staff"}, {"part_in_force", "in_force"}}};
  calls += testing::WalkChanges(
      &in_process_, walk_,
      ChangesBut(walk_.service, {"AssentLegislativeInitiative", "CommenceLegislativeInitiativeSection",
                                 "RepealLegislativeInitiativeSection"}));
  EXPECT_GE(calls, 40);
}

TEST_F(StrategyWalk, OfWhatIsEntered) {
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/co-pahtco"; };
  walk_.table = {{"CreateInitiative", {"staff"}, {}}, {"CreateLegislativeInitiative", {"staff"}, {}}};
  const std::set<std::string> others =
      ChangesBut(walk_.service, {"CreateInitiative", "CreateLegislativeInitiative"});
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, others), 4);
  walk_.make = [](const std::string&) { return "agencies/min-mag"; };
  walk_.finish = [](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateInitiativeRequest*>(message);
    if (request != nullptr) request->mutable_initiative()->set_lead_ministry("min-mag");
  };
  walk_.table = {{"CreateInitiative", {"lead"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CreateInitiative"})), 3);
}

}  // namespace
}  // namespace accord::strategy
