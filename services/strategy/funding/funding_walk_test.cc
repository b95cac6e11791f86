// These tests state a second time by whom, and in which state, each change of a fund or a call is made.
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/strategy/placements.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::Walk;

class FundingWalk : public testing::WalkFixture<FundingFixture> {
 protected:
  FundingWalk() {
    walk_.service = "accord.strategy.v1.FundingCallService";
    walk_.agencies = {
        {"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
        {"director", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "director", ROLE_OFFICE_DIRECTOR}},
        {"ministry", {"min-mag", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
        {"partner", {"io-elders", AGENCY_KIND_INDIGENOUS_ORGANISATION, "elder", ROLE_INDIGENOUS_REP}},
        {"another", {"io-others", AGENCY_KIND_INDIGENOUS_ORGANISATION, "elder", ROLE_INDIGENOUS_REP}}};
    walk_.held_up_by = {"CRITERIA_FROZEN"};
  }
  std::string StoreCall(const std::string& state) {
    v1::FundingCall call = NewFundingCall().funding_call();
    call.set_name(absl::StrCat("agencies/co-pahtco/fundingCalls/c", ++records_));
    call.add_co_approvers("io-elders");
    auto* elder = call.add_panel();
    elder->set_agency("io-elders");
    elder->set_person("elder");
    call.set_state(As<v1::FundingCallState>(v1::FundingCallState_descriptor(), state));
    return Store("funding_call", call, FundingCallPlacement(RealRules(), call));
  }

  Walk walk_;
  int records_ = 0;
};

TEST_F(FundingWalk, OfACall) {
  walk_.states = testing::ShortNamesOf(v1::FundingCallState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreCall(state); };
  walk_.table = {{"ReviseFundingCall", {"staff"}, {"draft", "scheduled"}},
                 {"CoApproveFundingCall", {"partner"}, {"draft"}},
                 {"WithdrawFundingCallCoApproval", {"partner"}, {"draft", "scheduled"}},
                 {"PublishFundingCall", {"director"}, {"draft"}},
                 {"ExtendFundingCall", {"director"}, {"open"}},
                 {"CancelFundingCall", {"director"}, {"open"}}};
  std::set<std::string> walked;
  for (const auto& row : walk_.table) walked.insert(row.method);
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, walked)), 70);
}

TEST_F(FundingWalk, OfACallThatIsDecided) {
  walk_.agencies.emplace("chair", testing::Tries{"min-mcss", AGENCY_KIND_MINISTRY, "chair", ROLE_FUND_PANEL});
  walk_.agencies.emplace("member",
                         testing::Tries{"min-mcss", AGENCY_KIND_MINISTRY, "member", ROLE_FUND_PANEL});
  walk_.agencies.emplace(
      "elder", testing::Tries{"io-elders", AGENCY_KIND_INDIGENOUS_ORGANISATION, "elder", ROLE_FUND_PANEL});
  walk_.states = testing::ShortNamesOf(v1::FundingCallState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreCall(state); };
  walk_.table = {{"BeginFundingCallEvaluation", {"staff"}, {"closed"}},
                 {"BreakFundingCallTie", {"chair"}, {"evaluation"}},
                 {"ConcludeFundingCall", {"chair"}, {"evaluation"}},
                 {"ConcurFundingCall", {"elder"}, {"evaluation"}},
                 {"DecideFundingCall", {"director"}, {"evaluation"}},
                 {"ContractFundingCall", {"staff"}, {"decided"}}};
  std::set<std::string> walked;
  for (const auto& row : walk_.table) walked.insert(row.method);
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, walked)), 45);
}

TEST_F(FundingWalk, OfAFund) {
  walk_.states = {"any"};
  walk_.make = [&](const std::string&) {
    v1::Fund fund;
    fund.set_name(absl::StrCat("agencies/co-pahtco/funds/f", ++records_));
    return Store("fund", fund, PublicPlacement(fund.name(), ""));
  };
  walk_.table = {{"RenameFund", {"staff"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"RenameFund"})), 1);
}

TEST_F(FundingWalk, OfWhatIsBegun) {
  walk_.states = {"any"};
  walk_.finish = [](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateFundingCallRequest*>(message);
    if (request != nullptr) request->mutable_funding_call()->set_owner_ministry("min-mag");
  };
  const std::set<std::string> begun = {"CreateFund", "CreateFundingCall"};
  // The change is tried under the office's own name, and under a ministry's.
  for (const auto& [parent, who] : std::map<std::string, std::map<std::string, std::set<std::string>>>{
           {"agencies/co-pahtco", {{"CreateFund", {"staff"}}, {"CreateFundingCall", {"staff"}}}},
           {"agencies/min-mag", {{"CreateFund", {}}, {"CreateFundingCall", {"ministry"}}}}}) {
    walk_.make = [under = parent](const std::string&) { return under; };
    walk_.table.clear();
    for (const auto& [method, people] : who) walk_.table.push_back({method, people, {}});
    EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, begun)), 3);
  }
}

}  // namespace
}  // namespace accord::strategy
