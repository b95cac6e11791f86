// This file is about the day of those who run the strategy and its funds, on the dashboard.
#include "clients/accordctl/testing/dashboard_fixture.h"

namespace accord::ctl {
namespace {

namespace st = strategy::v1;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kCall[] = "agencies/co-pahtco/fundingCalls/01c";
constexpr char kApplication[] = "agencies/or-shelter/fundingApplications/01a";

class StrategyDashboard : public DashboardTest {
 protected:
  // This is somebody of this agency, who reads the call in this state.
  Viewer Reads(const std::string& agency, st::FundingCallState state, const std::string& actor = "somebody") {
    Viewer viewer{agency, actor, viewer_.now};
    viewer.office = agency == "co-pahtco";
    viewer.ministry = agency == "min-mcss" || agency == "min-mag";
    st::FundingCall call;
    call.set_name(kCall);
    call.set_state(state);
    *call.mutable_closes_at() = ToProto(In(absl::Hours(24)));
    auto* chair = call.add_panel();
    chair->set_agency("min-mcss");
    chair->set_person("chair");
    viewer.calls[kCall] = call;
    return viewer;
  }
  template <class Record>
  static std::vector<Waiting> For(const Viewer& viewer, const Record& record) {
    std::vector<Waiting> waiting;
    AddWaiting(viewer, record, &waiting);
    return waiting;
  }
  // This gives what waits, as the command to type next; it is empty if nothing does.
  template <class Record>
  static std::string Next(const Viewer& viewer, const Record& record) {
    const std::vector<Waiting> waiting = For(viewer, record);
    return waiting.empty() ? "" : waiting.front().next;
  }
  static st::FundingApplication Application(st::FundingApplicationState state) {
    st::FundingApplication application;
    application.set_name(kApplication);
    application.set_funding_call(kCall);
    application.set_applicant_title("APPLICANT-WORDS");
    application.set_state(state);
    return application;
  }
};

TEST_F(StrategyDashboard, AnApplicationIsDueWhenItsCallClosesAndThenWaitsForTheOffice) {
  const auto started = Application(st::FUNDING_APPLICATION_STATE_STARTED);
  const auto lines = For(Reads("or-shelter", st::FUNDING_CALL_STATE_OPEN), started);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].next, std::string("funding-application submit ") + kApplication);
  EXPECT_EQ(lines[0].due, In(absl::Hours(24)));
  EXPECT_THAT(For(Reads("or-shelter", st::FUNDING_CALL_STATE_CLOSED), started), IsEmpty())
      << "it is too late";
  const Viewer office = Reads("co-pahtco", st::FUNDING_CALL_STATE_CLOSED);
  EXPECT_THAT(For(office, started), IsEmpty());
  auto late = started;
  late.set_late_reason("the post was on strike");
  EXPECT_EQ(Next(office, late), std::string("funding-application admit-late ") + kApplication);
  auto submitted = Application(st::FUNDING_APPLICATION_STATE_SUBMITTED);
  EXPECT_EQ(Next(office, submitted), std::string("funding-application screen ") + kApplication);
  EXPECT_THAT(For(Reads("or-shelter", st::FUNDING_CALL_STATE_CLOSED), submitted), IsEmpty());
  submitted.set_ineligible_proposed(true);
  EXPECT_EQ(Next(office, submitted), std::string("funding-application confirm-ineligible ") + kApplication);
}

TEST_F(StrategyDashboard, AnEligibleApplicationWaitsForThePanelOfItsCallAndThenForTheDirector) {
  const auto eligible = Application(st::FUNDING_APPLICATION_STATE_ELIGIBLE);
  Viewer chair = Reads("min-mcss", st::FUNDING_CALL_STATE_EVALUATION, "chair");
  ASSERT_THAT(For(chair, eligible), SizeIs(1));
  EXPECT_EQ(For(chair, eligible)[0].what, "recommend or not");
  EXPECT_THAT(For(Reads("min-mcss", st::FUNDING_CALL_STATE_EVALUATION, "another"), eligible), IsEmpty());
  chair.recommended.insert(kApplication);
  EXPECT_THAT(For(chair, eligible), IsEmpty()) << "the panel has decided on it";
  EXPECT_THAT(For(Reads("co-pahtco", st::FUNDING_CALL_STATE_EVALUATION), eligible), IsEmpty());
  EXPECT_EQ(Next(Reads("co-pahtco", st::FUNDING_CALL_STATE_DECIDED), eligible),
            std::string("funding-application approve ") + kApplication);
}

TEST_F(StrategyDashboard, AScorerDeclaresFirstAndAssessesThen) {
  st::FundingAssessment assessment;
  assessment.set_name("agencies/co-pahtco/fundingAssessments/01s");
  assessment.set_funding_call(kCall);
  assessment.set_scorer_agency("min-mag");
  assessment.set_scorer("ann");
  assessment.set_state(st::FUNDING_ASSESSMENT_STATE_ASSIGNED);
  const Viewer ann = Reads("min-mag", st::FUNDING_CALL_STATE_EVALUATION, "ann");
  ASSERT_THAT(For(ann, assessment), SizeIs(1));
  EXPECT_EQ(For(ann, assessment)[0].what, "declare a conflict or none");
  EXPECT_EQ(For(ann, assessment)[0].turn, Turn::kMine);
  assessment.set_state(st::FUNDING_ASSESSMENT_STATE_DECLARED);
  EXPECT_EQ(Next(ann, assessment), "funding-assessment save agencies/co-pahtco/fundingAssessments/01s");
  assessment.set_state(st::FUNDING_ASSESSMENT_STATE_DRAFTED);
  EXPECT_EQ(Next(ann, assessment), "funding-assessment submit agencies/co-pahtco/fundingAssessments/01s");
  EXPECT_THAT(For(Reads("co-pahtco", st::FUNDING_CALL_STATE_EVALUATION), assessment), IsEmpty());
  EXPECT_THAT(For(Reads("min-mag", st::FUNDING_CALL_STATE_DECIDED, "ann"), assessment), IsEmpty());
  assessment.set_state(st::FUNDING_ASSESSMENT_STATE_SUBMITTED);
  EXPECT_THAT(For(ann, assessment), IsEmpty());
}

TEST_F(StrategyDashboard, ADeclaredConflictWaitsForTheOffice) {
  st::ConflictDeclaration declaration;
  declaration.set_name("agencies/min-mag/conflictDeclarations/01d");
  declaration.set_state(st::CONFLICT_DECLARATION_STATE_WAITING);
  EXPECT_EQ(Next(Reads("co-pahtco", st::FUNDING_CALL_STATE_CLOSED), declaration),
            "conflict-declaration rule agencies/min-mag/conflictDeclarations/01d");
  EXPECT_THAT(For(Reads("min-mag", st::FUNDING_CALL_STATE_CLOSED), declaration), IsEmpty());
}

TEST_F(StrategyDashboard, AnAgreementWaitsForEachSideAndThenForItsReports) {
  st::FundingAgreement agreement;
  agreement.set_name("agencies/co-pahtco/fundingAgreements/01g");
  agreement.set_recipient("or-shelter");
  agreement.set_state(st::FUNDING_AGREEMENT_STATE_OFFERED);
  const Viewer office = Reads("co-pahtco", st::FUNDING_CALL_STATE_DECIDED);
  const Viewer shelter = Reads("or-shelter", st::FUNDING_CALL_STATE_DECIDED);
  for (const Viewer& side : {office, shelter}) {
    EXPECT_EQ(Next(side, agreement), "funding-agreement sign agencies/co-pahtco/fundingAgreements/01g");
  }
  agreement.set_recipient_signed_by("applicant");
  EXPECT_THAT(For(shelter, agreement), IsEmpty());
  EXPECT_THAT(For(office, agreement), SizeIs(1));
  agreement.set_state(st::FUNDING_AGREEMENT_STATE_IN_FORCE);
  agreement.add_reports()->set_due("2026-12-20");
  agreement.add_reports()->set_due("2026-12-05");
  agreement.add_reports()->set_due("2026-11-01");
  agreement.mutable_reports(2)->set_received_on("2026-10-30");
  EXPECT_EQ(For(shelter, agreement).at(0).what, "send the report");
  EXPECT_EQ(For(office, agreement).at(0).what, "receive the report");
  EXPECT_EQ(For(office, agreement).at(0).due, EndOfDay(absl::CivilDay(2026, 12, 5)));
  agreement.clear_reports();
  EXPECT_THAT(For(office, agreement), IsEmpty());
}

TEST_F(StrategyDashboard, APaymentWaitsForWhoApprovesAndWhoPaysAndNotForItsRecipient) {
  st::Payment payment;
  payment.set_name("agencies/co-pahtco/payments/01p");
  payment.set_due("2026-11-25");
  payment.set_state(st::PAYMENT_STATE_REQUESTED);
  const Viewer ministry = Reads("min-mag", st::FUNDING_CALL_STATE_CONTRACTED);
  EXPECT_EQ(Next(ministry, payment), "payment approve agencies/co-pahtco/payments/01p");
  EXPECT_TRUE(For(ministry, payment).at(0).Overdue(viewer_.now));
  EXPECT_THAT(For(Reads("vs-york", st::FUNDING_CALL_STATE_CONTRACTED), payment), IsEmpty());
  payment.set_state(st::PAYMENT_STATE_APPROVED);
  EXPECT_EQ(Next(ministry, payment), "payment pay agencies/co-pahtco/payments/01p");
  payment.set_state(st::PAYMENT_STATE_PAID);
  EXPECT_THAT(For(ministry, payment), IsEmpty());
}

TEST_F(StrategyDashboard, WhatIsObservedWaitsForItsMinistryAndThenForTheOffice) {
  st::IndicatorObservation observation;
  observation.set_name("agencies/min-mag/indicatorObservations/01o");
  observation.set_state(st::OBSERVATION_STATE_DRAFT);
  const Viewer office = Reads("co-pahtco", st::FUNDING_CALL_STATE_OPEN);
  const Viewer ministry = Reads("min-mag", st::FUNDING_CALL_STATE_OPEN);
  EXPECT_EQ(Next(ministry, observation),
            "indicator-observation submit agencies/min-mag/indicatorObservations/01o");
  EXPECT_THAT(For(office, observation), IsEmpty());
  observation.set_state(st::OBSERVATION_STATE_SUBMITTED);
  EXPECT_EQ(Next(office, observation),
            "indicator-observation verify agencies/min-mag/indicatorObservations/01o");
  EXPECT_THAT(For(ministry, observation), IsEmpty());
}

TEST_F(StrategyDashboard, AReportWaitsForEachMinistryTheDirectorAndWhoPublishesIt) {
  st::ProgressReport report;
  report.set_name("agencies/co-pahtco/progressReports/01r");
  report.set_state(st::PROGRESS_REPORT_STATE_DRAFT);
  report.add_ministries("min-mag");
  report.add_ministries("min-mcss");
  const Viewer office = Reads("co-pahtco", st::FUNDING_CALL_STATE_OPEN);
  const Viewer ministry = Reads("min-mag", st::FUNDING_CALL_STATE_OPEN);
  EXPECT_EQ(Next(ministry, report), "progress-report confirm agencies/co-pahtco/progressReports/01r");
  EXPECT_THAT(For(office, report), IsEmpty());
  report.add_confirmations()->set_ministry("min-mag");
  EXPECT_THAT(For(ministry, report), IsEmpty());
  report.set_state(st::PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED);
  EXPECT_EQ(Next(office, report), "progress-report approve agencies/co-pahtco/progressReports/01r");
  report.set_state(st::PROGRESS_REPORT_STATE_DIRECTOR_APPROVED);
  EXPECT_EQ(Next(office, report), "progress-report publish agencies/co-pahtco/progressReports/01r");
  report.set_state(st::PROGRESS_REPORT_STATE_PUBLISHED);
  EXPECT_THAT(For(office, report), IsEmpty());
}

}  // namespace
}  // namespace accord::ctl
