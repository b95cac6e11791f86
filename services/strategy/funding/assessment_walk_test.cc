// These tests state a second time who makes each change of conflicts, scores and recommendations, and in
// which state.
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/strategy/funding/conflict_declaration_service.h"
#include "services/strategy/funding/funding_assessment_service.h"
#include "services/strategy/funding/unique_record_store.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;
using testing::Walk;

class AssessmentWalk : public testing::WalkFixture<FundingFixture> {
 protected:
  AssessmentWalk() {
    walk_.service = "accord.strategy.v1.FundingAssessmentService";
    walk_.agencies = {
        {"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
        {"director", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "director", ROLE_OFFICE_DIRECTOR}},
        {"scorer", {"min-mag", AGENCY_KIND_MINISTRY, "ann", ROLE_FUND_SCORER}},
        {"another", {"min-msw", AGENCY_KIND_MINISTRY, "ben", ROLE_FUND_SCORER}},
        {"chair", {"min-mcss", AGENCY_KIND_MINISTRY, "chair", ROLE_FUND_PANEL}},
        {"member", {"min-mcss", AGENCY_KIND_MINISTRY, "member", ROLE_FUND_PANEL}}};
    v1::FundingCall call = NewFundingCall().funding_call();
    call.set_name("agencies/co-pahtco/fundingCalls/walked");
    call.set_state(v1::FUNDING_CALL_STATE_EVALUATION);
    // All assessments are in once this one is submitted, so that the chair reads it.
    call.set_scorers_required(1);
    call_ = Store("funding_call", call, FundingCallPlacement(RealRules(), call));
  }
  // The chair has declared, and therefore reads the application.
  std::string StoreApplication() {
    v1::FundingApplication application;
    application.set_name(absl::StrCat("agencies/or-shelter/fundingApplications/a", ++records_));
    application.set_funding_call(call_);
    application.set_state(v1::FUNDING_APPLICATION_STATE_ELIGIBLE);
    application.mutable_content()->set_amount_cents(300000);
    const std::string name =
        Store("funding_application", application, {"or-shelter", "", {"or-shelter", "co-pahtco"}, {}});
    EXPECT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
      return AddReader(tx, name, {"min-mcss", "chair"});
    }));
    return name;
  }
  std::string StoreAssessment(const std::string& application, const std::string& state) {
    v1::FundingAssessment assessment;
    assessment.set_name(absl::StrCat("agencies/co-pahtco/fundingAssessments/s", ++records_));
    assessment.set_funding_application(application);
    assessment.set_funding_call(call_);
    assessment.set_scorer_agency("min-mag");
    assessment.set_scorer("ann");
    assessment.set_state(As<v1::FundingAssessmentState>(v1::FundingAssessmentState_descriptor(), state));
    const std::string name =
        Store("funding_assessment", assessment, FundingAssessmentPlacement(RealRules(), assessment));
    EXPECT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
      return KeepUniqueRecord(tx, UniqueRecord::kAssessment, application, {"min-mag", "ann"}, name);
    }));
    return name;
  }
  std::string StoreDeclaration(const std::string& state) {
    v1::ConflictDeclaration declaration;
    declaration.set_name(absl::StrCat("agencies/min-mag/conflictDeclarations/d", ++records_));
    declaration.set_funding_application(StoreApplication());
    declaration.set_funding_call(call_);
    declaration.set_person("ann");
    declaration.set_state(As<v1::ConflictDeclarationState>(v1::ConflictDeclarationState_descriptor(), state));
    return Store("conflict_declaration", declaration, ConflictDeclarationPlacement(RealRules(), declaration));
  }
  int WalkTheTable() { return testing::WalkWholeTable(&in_process_, walk_); }

  Walk walk_;
  std::string call_;
  int records_ = 0;
};

TEST_F(AssessmentWalk, OfAnAssessment) {
  walk_.states = testing::ShortNamesOf(v1::FundingAssessmentState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreAssessment(StoreApplication(), state); };
  walk_.table = {{"SaveFundingAssessment", {"scorer"}, {"declared", "drafted"}},
                 {"SubmitFundingAssessment", {"scorer"}, {"drafted"}},
                 {"ReopenFundingAssessment", {"chair"}, {"submitted"}},
                 {"RecuseFundingAssessment",
                  {"scorer", "director"},
                  {"assigned", "declared", "conflicted", "drafted", "submitted"}}};
  EXPECT_GE(WalkTheTable(), 50);
}

TEST_F(AssessmentWalk, OfAConflict) {
  walk_.states = testing::ShortNamesOf(v1::ConflictDeclarationState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreDeclaration(state); };
  // A ruling that does not clear the conflict is a recusal.
  walk_.table = {{"RuleConflictDeclaration", {"director"}, {"none", "waiting", "cleared"}}};
  EXPECT_GE(WalkTheTable(), 4);
}

TEST_F(AssessmentWalk, OfWhatThePanelRecommends) {
  walk_.states = {"any"};
  walk_.make = [&](const std::string&) { return StoreApplication(); };
  walk_.table = {{"CreatePanelDecision", {"chair"}, {}}};
  EXPECT_GE(WalkTheTable(), 2);
  walk_.make = [&](const std::string&) {
    v1::PanelDecision decision;
    decision.set_name(absl::StrCat("agencies/co-pahtco/panelDecisions/p", ++records_));
    decision.set_funding_application(StoreApplication());
    decision.set_funding_call(call_);
    return Store("panel_decision", decision, {"co-pahtco", "", {"co-pahtco"}, {}});
  };
  walk_.table = {{"RevisePanelDecision", {"chair"}, {}}};
  EXPECT_GE(WalkTheTable(), 2);
}

TEST_F(AssessmentWalk, OfWhatIsBegun) {
  const std::string application = StoreApplication();
  StoreAssessment(application, "assigned");
  walk_.states = {"any"};
  walk_.finish = [&](const std::string&, google::protobuf::Message* message) {
    if (auto* assessment = dynamic_cast<v1::CreateFundingAssessmentRequest*>(message)) {
      assessment->mutable_funding_assessment()->set_funding_application(application);
    }
    if (auto* declaration = dynamic_cast<v1::CreateConflictDeclarationRequest*>(message)) {
      declaration->mutable_conflict_declaration()->set_funding_application(application);
    }
  };
  for (const auto& [parent, who] : std::map<std::string, std::map<std::string, std::set<std::string>>>{
           {"agencies/co-pahtco",
            {{"CreateFundingAssessment", {"staff"}}, {"CreateConflictDeclaration", {}}}},
           {"agencies/min-mag",
            {{"CreateFundingAssessment", {}}, {"CreateConflictDeclaration", {"scorer"}}}}}) {
    walk_.make = [under = parent](const std::string&) { return under; };
    walk_.table.clear();
    for (const auto& [method, people] : who) walk_.table.push_back({method, people, {}});
    EXPECT_GE(WalkTheTable(), 5);
  }
}

}  // namespace
}  // namespace accord::strategy
