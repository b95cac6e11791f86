// These tests state a second time by whom, and in which state, each change of an award or an agreement
// is made.
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/strategy/testing/award_fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;
using testing::Walk;

class AwardWalk : public testing::WalkFixture<AwardFixture> {
 protected:
  AwardWalk() {
    walk_.service = "accord.strategy.v1.FundingAgreementService";
    walk_.agencies = {
        {"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
        {"director", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "director", ROLE_OFFICE_DIRECTOR}},
        {"applicant", {"or-shelter", AGENCY_KIND_COMMUNITY_ORGANISATION, "applicant", ROLE_FUND_APPLICANT}},
        {"rival", {"or-youth", AGENCY_KIND_COMMUNITY_ORGANISATION, "applicant", ROLE_FUND_APPLICANT}}};
    v1::FundingCall call = NewFundingCall().funding_call();
    call.set_name("agencies/co-pahtco/fundingCalls/walked");
    call.set_state(v1::FUNDING_CALL_STATE_DECIDED);
    call_ = Store("funding_call", call, FundingCallPlacement(RealRules(), call));
  }
  std::string StoreApplication(const std::string& state) {
    v1::FundingApplication application;
    application.set_name(absl::StrCat("agencies/or-shelter/fundingApplications/a", ++records_));
    application.set_funding_call(call_);
    application.set_state(As<v1::FundingApplicationState>(v1::FundingApplicationState_descriptor(), state));
    return Store("funding_application", application, {"or-shelter", state, {"or-shelter", "co-pahtco"}, {}});
  }
  std::string StoreAgreement(const std::string& state) {
    v1::FundingAgreement agreement;
    agreement.set_name(absl::StrCat("agencies/co-pahtco/fundingAgreements/g", ++records_));
    agreement.set_funding_application(StoreApplication("approved"));
    agreement.set_recipient("or-shelter");
    agreement.set_state(As<v1::FundingAgreementState>(v1::FundingAgreementState_descriptor(), state));
    return Store("funding_agreement", agreement, FundingAgreementPlacement(RealRules(), agreement));
  }
  int WalkTheTable() { return testing::WalkWholeTable(&in_process_, walk_); }

  Walk walk_;
  std::string call_;
  int records_ = 0;
};

TEST_F(AwardWalk, OfAnApplication) {
  walk_.states = testing::ShortNamesOf(v1::FundingApplicationState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreApplication(state); };
  walk_.table = {{"ApproveFundingApplication", {"director"}, {"eligible"}},
                 {"DeclineFundingApplication", {"director"}, {"eligible"}},
                 {"RefuseFundingAward", {"applicant"}, {"approved"}}};
  EXPECT_GE(WalkTheTable(), 40);
}

TEST_F(AwardWalk, OfAnAgreement) {
  walk_.states = testing::ShortNamesOf(v1::FundingAgreementState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreAgreement(state); };
  // The staff enters what is signed on paper.
  walk_.table = {{"SignFundingAgreement", {"staff", "director", "applicant"}, {"offered"}},
                 {"TakeBackFundingAgreement", {"staff"}, {"offered"}},
                 {"RecordFundingAgreementReport", {"staff"}, {"in_force"}}};
  EXPECT_GE(WalkTheTable(), 24);
}

TEST_F(AwardWalk, OfWhatIsOffered) {
  const std::string application = StoreApplication("approved");
  walk_.states = {"any"};
  walk_.finish = [&](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateFundingAgreementRequest*>(message);
    if (request != nullptr) request->mutable_funding_agreement()->set_funding_application(application);
  };
  for (const auto& [parent, who] : std::map<std::string, std::set<std::string>>{
           {"agencies/co-pahtco", {"staff"}}, {"agencies/or-shelter", {}}}) {
    walk_.make = [under = parent](const std::string&) { return under; };
    walk_.table = {{"CreateFundingAgreement", who, {}}};
    EXPECT_GE(WalkTheTable(), 1);
  }
}

}  // namespace
}  // namespace accord::strategy
