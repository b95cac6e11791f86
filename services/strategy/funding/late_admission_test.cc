#include <string>
#include <vector>

#include "common/testing/postgres.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class LateAdmissions : public FundingFixture, public ::testing::WithParamInterface<bool> {
 protected:
  LateAdmissions() : FundingFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  std::string Propose(v1::FundingApplication* application, const std::string& reason) {
    v1::ProposeLateFundingApplicationRequest propose;
    propose.set_reason(reason);
    return Move(head_, application, propose);
  }
  std::string Admit(v1::FundingApplication* application) {
    return Move(writer_, application, v1::AdmitLateFundingApplicationRequest());
  }
  // Both scorers and the panel deal with these applications, and the chair concludes.
  void Conclude(const v1::FundingCall& call, std::vector<v1::FundingApplication> applications) {
    Round round{call, std::move(applications), {}, {}};
    for (v1::FundingApplication& application : round.applications) {
      ASSERT_EQ(Screen(&application, writer_), "");
      round.by_ann.push_back(Ready(application, ann_));
      round.by_ben.push_back(Ready(application, ben_));
    }
    ASSERT_EQ(BeginEvaluation(call), "");
    for (std::size_t i = 0; i < round.applications.size(); ++i) {
      ScoreBoth(&round, i, 9 - static_cast<int>(i), 2);
      ASSERT_EQ(Declare(round.applications[i], chair_), "");
      ASSERT_EQ(Recommend(round.applications[i], 300000, chair_), "");
    }
    ASSERT_EQ(Step(call, chair_, v1::ConcludeFundingCallRequest()), "");
  }
  std::string Decide(const v1::FundingCall& call) {
    return Step(call, head_, v1::DecideFundingCallRequest());
  }
  // These callers read a call that everybody may read, some who took part in it and some who did not.
  std::vector<Caller> Readers() const { return {police_, applicant_, rival_, ann_, chair_, writer_, mag_}; }
};

INSTANTIATE_TEST_SUITE_P(Databases, LateAdmissions, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(LateAdmissions, AreReadByEverybodyWithTheirReasonOnceTheCallIsDecided) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication in_time = Submitted(call, applicant_), late = Started(call, rival_);
  Close();
  const std::string before = ReadCall(call, police_).DebugString();
  ASSERT_EQ(Propose(&late, "the post was on strike"), "");
  ASSERT_EQ(Admit(&late), "");
  EXPECT_EQ(ReadCall(call, police_).DebugString(), before) << "nothing of the call tells of an application";
  Conclude(call, {in_time, late});
  for (const Caller& caller : Readers()) {
    EXPECT_THAT(ReadCall(call, caller).late_admissions(), IsEmpty()) << caller.agency;
  }
  ASSERT_EQ(Decide(call), "");
  for (const Caller& caller : Readers()) {
    const v1::FundingCall read = ReadCall(call, caller);
    ASSERT_THAT(read.late_admissions(), SizeIs(1)) << caller.agency;
    const v1::CallLateAdmission& told = read.late_admissions(0);
    EXPECT_EQ(told.reason(), "the post was on strike");
    EXPECT_EQ(told.proposed_by_agency(), "co-pahtco");
    EXPECT_EQ(told.admitted_by_agency(), "co-pahtco");
    EXPECT_EQ(FromProto(told.admitted_at()), Closing());
    for (const char* hidden : {"or-youth", "director", "staff", "fundingApplications"}) {
      EXPECT_THAT(told.DebugString(), Not(HasSubstr(hidden)));
    }
  }
  const auto listed = Must(Call<v1::ListFundingCallsResponse>(police_, v1::ListFundingCallsRequest()));
  ASSERT_THAT(listed.funding_calls(), SizeIs(1));
  EXPECT_THAT(listed.funding_calls(0).late_admissions(), SizeIs(1));
}

TEST_P(LateAdmissions, AreToldInTheirOrderAlsoOfWhatWasNotScored) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication in_time = Submitted(call, applicant_), first = Started(call, rival_),
                         second = Started(call, rival_);
  Close();
  ASSERT_EQ(Propose(&second, "the second reason"), "");
  ASSERT_EQ(Admit(&second), "");
  At(Closing() + absl::Hours(1));
  ASSERT_EQ(Propose(&first, "the first reason"), "");
  ASSERT_EQ(Admit(&first), "");
  v1::WithdrawFundingApplicationRequest withdraw;
  withdraw.set_reason("we have found other money");
  ASSERT_EQ(Move(rival_, &first, withdraw), "");
  Conclude(call, {in_time, second});
  ASSERT_EQ(Decide(call), "");
  const v1::FundingCall read = ReadCall(call, police_);
  ASSERT_THAT(read.late_admissions(), SizeIs(2));
  EXPECT_EQ(read.late_admissions(0).reason(), "the second reason");
  EXPECT_EQ(read.late_admissions(1).reason(), "the first reason");
}

TEST_P(LateAdmissions, AreOfPaperThatCameInTimeAndWasEnteredOnceTheCallHadClosed) {
  const v1::FundingCall call = Opened();
  const v1::FundingApplication in_time = Submitted(call, applicant_);
  Close();
  v1::CreateFundingApplicationRequest request = NewApplication(call, "co-pahtco");
  auto* entered = request.mutable_funding_application();
  entered->set_applicant_kind(annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION);
  *entered->mutable_received_at() = ToProto(Closing());
  EXPECT_EQ(RuleOfRequest(writer_, request), "CALL_CLOSED") << "the paper came with the closing";
  *entered->mutable_received_at() = ToProto(Closing() - absl::Hours(9));
  EXPECT_EQ(RuleOfRequest(rival_, NewApplication(call, "or-youth")), "CALL_CLOSED") << "it is no paper";
  v1::FundingApplication paper = Must(Call<v1::FundingApplication>(writer_, request));
  EXPECT_EQ(Submit(&paper, writer_), "CALL_CLOSED") << "one person alone admits nothing";
  EXPECT_EQ(Admit(&paper), "NOTHING_PROPOSED");
  ASSERT_EQ(Propose(&paper, "it came in time and was entered later"), "");
  // A revised application has to be proposed again.
  v1::ReviseFundingApplicationRequest revise;
  *revise.mutable_funding_application() = paper;
  revise.mutable_funding_application()->mutable_content()->set_project_title("A safer place");
  ASSERT_EQ(Rule(Call<v1::FundingApplication>(writer_, revise), &paper), "");
  EXPECT_EQ(paper.content().project_title(), "A safer place");
  EXPECT_EQ(Admit(&paper), "NOTHING_PROPOSED");
  ASSERT_EQ(Propose(&paper, "it came in time and was entered later"), "");
  ASSERT_EQ(Admit(&paper), "");
  EXPECT_EQ(paper.state(), v1::FUNDING_APPLICATION_STATE_SUBMITTED);
  EXPECT_EQ(Read(paper, writer_).content().project_title(), "A safer place");
  Conclude(call, {in_time, paper});
  EXPECT_EQ(RuleOfRequest(writer_, request), "CALL_CLOSED") << "the evaluation has begun";
}

TEST_P(LateAdmissions, OfWhatWasStartedInTimeAreNotWrittenAnew) {
  const v1::FundingCall call = Opened();
  At(Opening() + absl::Hours(2));
  v1::CreateFundingApplicationRequest request = NewApplication(call, "co-pahtco");
  auto* entered = request.mutable_funding_application();
  entered->set_applicant_kind(annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION);
  *entered->mutable_received_at() = ToProto(Opening() + absl::Hours(1));
  const v1::FundingApplication paper = Must(Call<v1::FundingApplication>(writer_, request));
  const v1::FundingApplication own = Started(call, rival_);
  Close();
  v1::ReviseFundingApplicationRequest revise;
  *revise.mutable_funding_application() = paper;
  EXPECT_EQ(RuleOfRequest(writer_, revise), "CALL_CLOSED");
  *revise.mutable_funding_application() = own;
  EXPECT_EQ(RuleOfRequest(rival_, revise), "CALL_CLOSED");
}

TEST_P(LateAdmissions, OfACallWithoutAnyAreNone) {
  const v1::FundingCall call = Opened();
  const v1::FundingApplication in_time = Submitted(call, applicant_), never = Started(call, rival_);
  Close();
  Conclude(call, {in_time});
  ASSERT_EQ(Decide(call), "");
  EXPECT_THAT(ReadCall(call, police_).late_admissions(), IsEmpty()) << never.name();
}

TEST_P(LateAdmissions, HaveAReasonThatNamesNobody) {
  v1::FundingApplication late = Started(Opened(), rival_);
  Close();
  for (const char* reason :
       {"THE ORGANISATION, or-youth, had a flood", "ask 416 555-0100", "ask a@example.org"}) {
    EXPECT_EQ(Propose(&late, reason), "FIELD_INVALID") << reason;
  }
  EXPECT_EQ(Propose(&late, "the organisation had a flood"), "");
}

}  // namespace
}  // namespace accord::strategy
