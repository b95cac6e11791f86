// These tests state a second time by whom, and in which state, each change of an application is made.
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;
using testing::Walk;

class ApplicationWalk : public testing::WalkFixture<FundingFixture> {
 protected:
  ApplicationWalk() {
    walk_.service = "accord.strategy.v1.FundingApplicationService";
    walk_.agencies = {
        {"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
        {"director", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "director", ROLE_OFFICE_DIRECTOR}},
        {"applicant", {"or-shelter", AGENCY_KIND_COMMUNITY_ORGANISATION, "applicant", ROLE_FUND_APPLICANT}},
        {"rival", {"or-youth", AGENCY_KIND_COMMUNITY_ORGANISATION, "applicant", ROLE_FUND_APPLICANT}}};
    walk_.held_up_by = {"CALL_CLOSED", "CALL_NOT_AT_STEP", "NOTHING_PROPOSED"};
    walk_.states = testing::ShortNamesOf(v1::FundingApplicationState_descriptor());
  }
  std::string StoreCall(v1::FundingCallState state) {
    v1::FundingCall call = NewFundingCall().funding_call();
    call.set_name(absl::StrCat("agencies/co-pahtco/fundingCalls/c", ++records_));
    call.set_state(state);
    return Store("funding_call", call, FundingCallPlacement(RealRules(), call));
  }
  std::string StoreApplication(const std::string& call, const std::string& state) {
    v1::FundingApplication application;
    application.set_name(absl::StrCat("agencies/or-shelter/fundingApplications/a", ++records_));
    application.set_funding_call(call);
    application.set_state(As<v1::FundingApplicationState>(v1::FundingApplicationState_descriptor(), state));
    application.set_ineligible_proposed(true);
    application.set_late_reason("a storm");
    return Store("funding_application", application, {"or-shelter", state, {"or-shelter", "co-pahtco"}, {}});
  }
  int WalkTheTable() { return testing::WalkWholeTable(&in_process_, walk_); }

  Walk walk_;
  int records_ = 0;
};

TEST_F(ApplicationWalk, OfAnApplicationToAnOpenCall) {
  const std::string call = StoreCall(v1::FUNDING_CALL_STATE_OPEN);
  walk_.make = [&](const std::string& state) { return StoreApplication(call, state); };
  walk_.table = {{"ReviseFundingApplication", {"applicant"}, {"started"}},
                 {"SubmitFundingApplication", {"applicant"}, {"started"}},
                 {"ReopenFundingApplication", {"applicant"}, {"submitted"}},
                 {"WithdrawFundingApplication", {"applicant"}, {"started", "submitted", "eligible"}}};
  EXPECT_GE(WalkTheTable(), 90);
}

TEST_F(ApplicationWalk, OfAnApplicationToAClosedCall) {
  const std::string call = StoreCall(v1::FUNDING_CALL_STATE_CLOSED);
  walk_.make = [&](const std::string& state) { return StoreApplication(call, state); };
  walk_.table = {{"ScreenFundingApplication", {"staff"}, {"submitted"}},
                 {"ConfirmFundingApplicationIneligible", {"staff"}, {"submitted"}},
                 {"ReviewFundingApplication", {"director"}, {"ineligible"}},
                 {"ProposeLateFundingApplication", {"director"}, {"started"}},
                 {"AdmitLateFundingApplication", {"staff", "director"}, {"started"}}};
  EXPECT_GE(WalkTheTable(), 45);
}

TEST_F(ApplicationWalk, OfWhatIsStarted) {
  const std::string call = StoreCall(v1::FUNDING_CALL_STATE_OPEN);
  walk_.states = {"any"};
  walk_.finish = [&](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateFundingApplicationRequest*>(message);
    if (request != nullptr) request->mutable_funding_application()->set_funding_call(call);
  };
  for (const auto& [parent, who] : std::map<std::string, std::set<std::string>>{
           {"agencies/or-shelter", {"applicant"}}, {"agencies/co-pahtco", {"staff"}}}) {
    walk_.make = [under = parent](const std::string&) { return under; };
    walk_.table = {{"CreateFundingApplication", who, {}}};
    EXPECT_GE(WalkTheTable(), 3);
  }
}

}  // namespace
}  // namespace accord::strategy
