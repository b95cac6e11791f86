// This is the founding document as the office would publish it today. Its office and its seven ministries
// enter it, and the real command prints it in both languages, whatever else is recorded afterwards.
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "accord/strategy/v1/engagement_service.pb.h"
#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/initiative_service.pb.h"
#include "accord/strategy/v1/progress_report_service.pb.h"
#include "accord/supports/v1/worker_position_service.pb.h"
#include "accord/training/v1/course_service.pb.h"
#include "common/base/file.h"
#include "common/testing/golden.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/courses.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace st = accord::strategy::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Everybody may read a report; here the office does.
constexpr char kRender[] = "--context office report render --as-of ";

class FoundingReport : public ServiceRows {
 protected:
  FoundingReport()
      : ServiceRows("strategy", "funding"),
        office_(Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}, {"director", ROLE_OFFICE_DIRECTOR}})) {
    ctl_.SetContext("office", identities_.at("co-pahtco"), "staff", "funding");
    for (const char* id :
         {"min-mag", "min-mcscs", "min-mcss", "min-mcys", "min-mohltc", "min-mol", "min-msw"}) {
      ministries_.emplace(id, Enrol(id, {{"registrar", ROLE_TRAINING_ADMIN}, {"lead", ROLE_MINISTRY_LEAD}}));
      ctl_.SetContext(id, identities_.at(id), "lead", "funding");
    }
  }

  static std::string File() {
    return absl::StrCat(std::getenv("ACCORD_SOURCE_DIR"), "/services/strategy/data/founding.textproto");
  }
  void Succeed(const std::string& words) const {
    const Ran ran = ctl_(words);
    ASSERT_EQ(ran.code, 0) << words << ": " << ran.said;
  }
  // The office opens an observation that a ministry submitted, and verifies it.
  void Verify(st::IndicatorObservation* observation) {
    st::GetIndicatorObservationRequest get;
    get.set_name(observation->name());
    *observation =
        Must<st::IndicatorObservation>(office_, "staff", "IndicatorService/GetIndicatorObservation", get);
    Move<st::VerifyIndicatorObservationRequest>(office_, "staff",
                                                "IndicatorService/VerifyIndicatorObservation", observation);
  }
  // The office and the ministries enter this, until every figure is verified.
  void Enter() {
    Succeed("--context office strategy load-founding " + File());
    for (const auto& [id, ministry] : ministries_) {
      Succeed(absl::StrCat("--context ", id, " strategy report-founding ", File()));
    }
    const st::ListIndicatorObservationsRequest all;
    const auto observations = Must<st::ListIndicatorObservationsResponse>(
        office_, "staff", "IndicatorService/ListIndicatorObservations", all);
    EXPECT_EQ(observations.indicator_observations_size(), 7);
    for (st::IndicatorObservation each : observations.indicator_observations()) Verify(&each);
  }
  st::ProgressReport Drafted() {
    Succeed("--context office strategy draft-founding " + File());
    return ReportOf("progress-2017");
  }
  st::ProgressReport ReportOf(const std::string& id) {
    st::GetProgressReportRequest get;
    get.set_name("agencies/co-pahtco/progressReports/" + id);
    return Must<st::ProgressReport>(office_, "staff", "ProgressReportService/GetProgressReport", get);
  }
  void ConfirmByAll(st::ProgressReport* report) {
    st::ConfirmProgressReportRequest confirm;
    confirm.set_digest(report->digest());
    for (const auto& [id, ministry] : ministries_) {
      Move(ministry, "lead", "ProgressReportService/ConfirmProgressReport", report, confirm);
    }
    EXPECT_EQ(report->state(), st::PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED);
  }
  void Finish(st::ProgressReport* report) {
    ConfirmByAll(report);
    st::ApproveProgressReportRequest approve;
    approve.set_digest(report->digest());
    Move(office_, "director", "ProgressReportService/ApproveProgressReport", report, approve);
    Move<st::PublishProgressReportRequest>(office_, "staff", "ProgressReportService/PublishProgressReport",
                                           report);
    EXPECT_EQ(report->state(), st::PROGRESS_REPORT_STATE_PUBLISHED);
  }
  st::ProgressReport Published() {
    Enter();
    st::ProgressReport report = Drafted();
    Finish(&report);
    return report;
  }
  // This gives only the standard output of the command, which holds the report and nothing else.
  std::string Printed(const std::string& words) const {
    const Ran ran = ctl_.Printed(words);
    EXPECT_EQ(ran.code, 0) << words;
    return ran.said;
  }
  std::string PageAsOf(const std::string& day) const {
    const std::string file = stack_.directory().path("report.html");
    Succeed(absl::StrCat(kRender, day, " --html ", file));
    return ReadFile(file).value_or("");
  }
  // These are English, French, data and the page: all that a reader can have of a day.
  std::vector<std::string> AllAsOf(const std::string& day) const {
    return {Printed(kRender + day), Printed(absl::StrCat("--language fr ", kRender, day)),
            Printed(absl::StrCat("-o json ", kRender, day)), PageAsOf(day)};
  }
  st::LegislativeInitiative Act() {
    st::GetLegislativeInitiativeRequest get;
    get.set_name("agencies/co-pahtco/legislativeInitiatives/anti-human-trafficking-act");
    return Must<st::LegislativeInitiative>(office_, "staff", "InitiativeService/GetLegislativeInitiative",
                                           get);
  }
  // This became of the Act after the report.
  void Enact() {
    st::LegislativeInitiative act = Act();
    st::AdvanceLegislativeInitiativeRequest pass;
    pass.set_event("pass");
    pass.set_on("2017-05-18");
    Move(office_, "staff", "InitiativeService/AdvanceLegislativeInitiative", &act, pass);
    st::AssentLegislativeInitiativeRequest assent;
    assent.set_assented_on("2017-05-30");
    assent.set_citation("S.O. 2017, c. 12");
    Move(office_, "staff", "InitiativeService/AssentLegislativeInitiative", &act, assent);
    st::CommenceLegislativeInitiativeSectionRequest commence;
    for (const auto& [range, day] : std::map<std::string, std::string>{{"s. 1 and Part III", "2017-05-30"},
                                                                       {"ss. 2-15", "2018-05-01"}}) {
      commence.set_range(range);
      commence.set_in_force_on(day);
      commence.set_citation("as the Act was published");
      Move(office_, "staff", "InitiativeService/CommenceLegislativeInitiativeSection", &act, commence);
    }
  }
  // This names this many coalitions, which may be one more than the report has.
  void NameCoalitions(int number) {
    st::CreateCoalitionRequest name;
    name.set_parent("agencies/co-pahtco");
    name.mutable_coalition()->set_source_ref("a test");
    std::string contradicted;
    for (int i = 1; i <= number; ++i) {
      name.mutable_coalition()->set_coalition_id(absl::StrCat("coalition-", i));
      contradicted = Must<st::Coalition>(office_, "staff", "EngagementService/CreateCoalition", name)
                         .contradicts_rollup();
    }
    EXPECT_NE(contradicted, "") << "a report of twelve is contradicted by the thirteenth";
  }
  st::Initiative InitiativeOf(const std::string& id) {
    st::GetInitiativeRequest get;
    get.set_name("agencies/co-pahtco/initiatives/" + id);
    return Must<st::Initiative>(office_, "staff", "InitiativeService/GetInitiative", get);
  }
  static st::AdvanceInitiativeRequest Started(const std::string& on) {
    st::AdvanceInitiativeRequest start;
    start.set_event("start");
    start.set_on(on);
    start.set_source_ref("a letter of the ministry");
    return start;
  }

  const Accordctl ctl_{stack_};
  const AgencyClient office_;
  std::map<std::string, AgencyClient> ministries_;
};

TEST_F(FoundingReport, SeedRow10_TheFoundingReportIsPrintedSectionBySectionWithEveryFigure) {
  Published();
  const std::vector<std::string> first = AllAsOf("2017-02-23");
  testing::ExpectGolden("tests/e2e/founding_report.golden", {first[0], first[1], first[2]});
  EXPECT_THAT(first[3], AllOf(HasSubstr("<h1>"), HasSubstr("close to 160"), HasSubstr("approximately 450"),
                              HasSubstr("$6.65 million over four years"), Not(HasSubstr("UNRECONCILED"))));
  EXPECT_EQ(AllAsOf("2017-02-23"), first);
  // Nothing that is planned is shown as done, and both bills are shown only as bills.
  EXPECT_THAT(first[0], AllOf(HasSubstr("[planned] More workers will be hired"),
                              HasSubstr("[if passed] A person can apply for a restraining order"),
                              HasSubstr("[if passed] Child welfare turns to prevention"),
                              HasSubstr("[planned] The Ontario Provincial Police prepares")));
}

TEST_F(FoundingReport, OfADayIsTheSameWhateverIsRecordedAfterwards) {
  Published();
  const std::vector<std::string> before = AllAsOf("2017-02-23");
  Enact();
  NameCoalitions(13);
  st::CreateEngagementRollupRequest attest;
  attest.set_parent("agencies/co-pahtco");
  attest.mutable_engagement_rollup()->set_as_of("2017-09-28");
  attest.mutable_engagement_rollup()->set_organisations(45);
  attest.mutable_engagement_rollup()->set_organisations_qualifier(st::QUALIFIER_EXACT);
  attest.mutable_engagement_rollup()->set_fund("cbsf");
  attest.mutable_engagement_rollup()->set_source_ref("Awards of 2017-09-28: 45 projects");
  Must<st::EngagementRollup>(office_, "staff", "EngagementService/CreateEngagementRollup", attest);
  st::Initiative protocols = InitiativeOf("cas-police-protocols");
  Move(ministries_.at("min-mcys"), "lead", "InitiativeService/AdvanceInitiative", &protocols,
       Started("2017-06-01"));
  EXPECT_EQ(AllAsOf("2017-02-23"), before);
}

TEST_F(FoundingReport, OfADayIsTheSameAfterTheServiceWentBackToABackup) {
  Published();
  const std::vector<std::string> before = AllAsOf("2017-02-23");
  const auto config = [&](std::string* line, const std::string& name) {
    absl::StrAppend(line, stack_.config(name));
  };
  const std::string configs = absl::StrJoin(Processes(), " ", config);
  const std::string backup = stack_.directory().path("backup");
  Succeed(absl::StrCat("backup ", configs, " --out ", backup));
  for (const auto& name : Processes()) stack_.Kill(name);
  Succeed(absl::StrCat("restore ", configs, " --from ", backup, " --replace --only strategy"));
  for (const auto& name : Processes()) stack_.Launch(name);
  stack_.AwaitGateway();
  EXPECT_EQ(AllAsOf("2017-02-23"), before);
}

TEST_F(FoundingReport, SeedRow11_TellsHowFarTheActWasOnTheDayThatIsAskedFor) {
  Published();
  Enact();
  const Ran none = ctl_(absl::StrCat(kRender, "2017-02-22"));
  EXPECT_EQ(none.code, 4) << none.said;
  EXPECT_THAT(none.said, HasSubstr("No report of 2017-02-22 or before was published."));
  EXPECT_THAT(Printed(absl::StrCat(kRender, "2017-06-01")),
              AllOf(HasSubstr("[Royal Assent on 2017-05-30, not in force] A person can apply"),
                    HasSubstr("[in force since 2017-05-30] Survivors get compensation"),
                    HasSubstr("[if passed] Child welfare")));
  EXPECT_THAT(Printed(absl::StrCat(kRender, "2018-04-30")), HasSubstr("not in force] A person can apply"));
  EXPECT_THAT(Printed(absl::StrCat(kRender, "2018-05-01")),
              HasSubstr("[in force since 2018-05-01] A person can apply"));
  const Ran ahead = ctl_(absl::StrCat(kRender, "2999-01-01"));
  EXPECT_EQ(ahead.code, 6) << ahead.said;
}

TEST_F(FoundingReport, SeedRow33_AFigureThatAnotherServiceDoesNotConfirmIsUnreconciledBesideTheSameText) {
  Published();
  const std::string plain = Printed(absl::StrCat(kRender, "2017-02-23"));
  EXPECT_THAT(plain, Not(HasSubstr("UNRECONCILED")));
  // Standard error has the warning beside the report.
  const Ran both = ctl_(absl::StrCat(kRender, "2017-02-23"));
  for (const char* told : {"intelligence.positions: UNRECONCILED: intelligence could not be asked",
                           "inspectors.inspectors: UNRECONCILED: 450 in the report, 0 by training",
                           "crisis-assistance.partners: UNRECONCILED: 47 in the report, 0 by supports",
                           "Compared with other services: 8, of which 3 agree."}) {
    EXPECT_THAT(both.said, HasSubstr(told));
  }
  const std::string with = Printed(absl::StrCat(kRender, "2017-02-23 --with-comparison"));
  std::string without;
  for (const absl::string_view line : absl::StrSplit(absl::string_view(with), '\n')) {
    if (!absl::StartsWith(line, "  UNRECONCILED")) absl::StrAppend(&without, line, "\n");
  }
  EXPECT_EQ(without, plain + "\n");
  EXPECT_THAT(with, HasSubstr("  UNRECONCILED: 450 in the report, 0 by training\n"));
}

// The Ministry of Labour attests its training, and the program has the three workers of the report.
TEST_F(FoundingReport, SeedRow18_WhatOtherServicesCountAlikeAsOfTheDayIsReconciled) {
  Published();
  const AgencyClient& labour = ministries_.at("min-mol");
  const std::string courses = "/accord.training.v1.CourseService/";
  training::v1::CreateCourseRequest create =
      NewCourse("awareness", "min-mol", training::v1::COURSE_OWNER_MOL);
  create.set_request_id(RequestId());
  const auto course =
      labour.Call<training::v1::Course>(courses + "CreateCourse", "registrar", "training", create);
  ASSERT_OK(course);
  training::v1::CreateAttestationRequest attest;
  attest.set_parent("agencies/min-mol");
  attest.set_request_id(RequestId());
  attest.mutable_attestation()->set_course(course->name());
  attest.mutable_attestation()->set_count(450);
  attest.mutable_attestation()->set_approx(true);
  attest.mutable_attestation()->set_source("progress report of 2017-02-23");
  ASSERT_OK(
      labour.Call<training::v1::Attestation>(courses + "CreateAttestation", "registrar", "training", attest));
  const AgencyClient program = Enrol("vs-ovs", {{"program", ROLE_OVS_PROGRAM}});
  const std::string positions = "/accord.supports.v1.WorkerPositionService/";
  for (const char* site : {"Brampton", "Toronto", "Newmarket"}) {
    supports::v1::CreateWorkerPositionRequest announce;
    announce.set_parent("agencies/vs-ovs");
    announce.set_request_id(RequestId());
    announce.mutable_worker_position()->set_program(supports::v1::SUPPORT_PROGRAM_VWAP);
    announce.mutable_worker_position()->set_site(site);
    announce.mutable_worker_position()->set_announced_on("2017-02-23");
    announce.mutable_worker_position()->set_source("progress report of 2017-02-23");
    const auto position = program.Call<supports::v1::WorkerPosition>(positions + "CreateWorkerPosition",
                                                                     "program", "victim_support", announce);
    ASSERT_OK(position);
    supports::v1::AdvanceWorkerPositionRequest hire;
    hire.set_name(position->name());
    hire.set_etag(position->etag());
    hire.set_request_id(RequestId());
    hire.set_event("hire");
    // In Brampton the hire comes later, and in Toronto never.
    hire.set_on(std::string(site) == "Newmarket" ? "2017-02-23" : "2017-06-01");
    if (std::string(site) == "Toronto") continue;
    ASSERT_OK(program.Call<supports::v1::WorkerPosition>(positions + "AdvanceWorkerPosition", "program",
                                                         "victim_support", hire));
  }
  const Ran both = ctl_(absl::StrCat(kRender, "2017-02-23"));
  EXPECT_THAT(both.said, AllOf(HasSubstr("Compared with other services: 8, of which 6 agree."),
                               Not(HasSubstr("by training")), HasSubstr("0 by supports")));
}

TEST_F(FoundingReport, SeedRow02_TheDirectorAloneApprovesAndIsAPublicAppointment) {
  Enter();
  st::ProgressReport report = Drafted();
  ConfirmByAll(&report);
  st::ApproveProgressReportRequest approve;
  approve.set_name(report.name());
  approve.set_etag(report.etag());
  approve.set_digest(report.digest());
  const std::string method = "ProgressReportService/ApproveProgressReport";
  EXPECT_EQ(RuleOf(Call<st::ProgressReport>(office_, "staff", method, approve).status()),
            "ROLE_NOT_PERMITTED");
  EXPECT_EQ(RuleOf(Call<st::ProgressReport>(ministries_.at("min-mcss"), "lead", method, approve).status()),
            "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_OK(Call<st::ProgressReport>(office_, "director", method, approve));
  st::GetOfficeRoleRequest get;
  get.set_name("agencies/co-pahtco/officeRoles/director");
  const auto role =
      Must<st::OfficeRole>(ministries_.at("min-mol"), "lead", "ProgressReportService/GetOfficeRole", get);
  EXPECT_EQ(role.announced_on(), "2016-11-10");
  EXPECT_EQ(role.as_stated(), "over 22 years");
}

TEST_F(FoundingReport, SeedRow38_ACorrectedFigureIsRestatedAndTheFirstEditionStays) {
  Published();
  const std::string first = Printed(absl::StrCat(kRender, "2017-02-23"));
  const std::string known = absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
  st::ListIndicatorObservationsRequest of_labour;
  of_labour.set_indicator("agencies/co-pahtco/indicators/inspectors-trained");
  auto wrong = Must<st::ListIndicatorObservationsResponse>(
                   office_, "staff", "IndicatorService/ListIndicatorObservations", of_labour)
                   .indicator_observations(0);
  st::CorrectIndicatorObservationRequest correct;
  correct.set_value(448);
  correct.set_qualifier(st::QUALIFIER_EXACT);
  correct.add_evidence("a roster");
  correct.set_source_ref("a letter of the ministry");
  correct.set_reason("two were counted twice");
  Move(ministries_.at("min-mol"), "lead", "IndicatorService/CorrectIndicatorObservation", &wrong, correct);
  Verify(&wrong);
  EXPECT_EQ(Printed(absl::StrCat(kRender, "2017-02-23")), first) << "an edition is corrected by another one";
  st::ProgressReport report = ReportOf("progress-2017");
  st::RestateProgressReportRequest restate;
  restate.set_progress_report_id("progress-2017-2");
  restate.set_reason("the Ministry of Labour corrected its figure");
  Move(office_, "director", "ProgressReportService/RestateProgressReport", &report, restate);
  Finish(&report);
  EXPECT_THAT(Printed(absl::StrCat(kRender, "2017-02-23")),
              AllOf(HasSubstr("As of 2017-02-23, edition 2."),
                    HasSubstr("It restates the edition before: the Ministry of Labour corrected its figure"),
                    HasSubstr("awareness training to 448 "), Not(HasSubstr("approximately 450"))));
  EXPECT_EQ(Printed(absl::StrCat(kRender, "2017-02-23 --known-at ", known)), first);
}

TEST_F(FoundingReport, SeedRow30_TheProtocolsAreOneInitiativeOfTwoMinistriesThatIsPlannedAtTheReportsDay) {
  Published();
  st::Initiative protocols = InitiativeOf("cas-police-protocols");
  EXPECT_EQ(protocols.lead_ministry(), "min-mcys");
  EXPECT_THAT(protocols.partner_ministries(), ::testing::ElementsAre("min-mcscs"));
  st::AdvanceInitiativeRequest start = Started("2017-06-01");
  start.set_name(protocols.name());
  start.set_etag(protocols.etag());
  EXPECT_EQ(RuleOf(Call<st::Initiative>(ministries_.at("min-mcscs"), "lead",
                                        "InitiativeService/AdvanceInitiative", start)
                       .status()),
            "NOT_THE_LEAD");
  Move(ministries_.at("min-mcys"), "lead", "InitiativeService/AdvanceInitiative", &protocols, start);
  EXPECT_EQ(protocols.state(), st::INITIATIVE_STATE_UNDERWAY);
  EXPECT_EQ(protocols.tense_as_reported(), st::REPORTED_TENSE_PLANNED);
  EXPECT_THAT(Printed(absl::StrCat(kRender, "2017-02-23")),
              HasSubstr("[planned] With the Ministry of Community Safety and Correctional Services"));
}

TEST_F(FoundingReport, SeedRow35_ThePoliceTeamIsPlannedAndNoReportOfThatDayCanSayThatItBegan) {
  Published();
  st::Initiative team = InitiativeOf("opp-coordination-team");
  EXPECT_EQ(team.state(), st::INITIATIVE_STATE_PLANNED);
  Move(ministries_.at("min-mcscs"), "lead", "InitiativeService/AdvanceInitiative", &team,
       Started("2017-06-01"));
  EXPECT_EQ(team.state_since(), "2017-06-01");
  st::CreateProgressReportRequest create;
  create.set_parent("agencies/co-pahtco");
  *create.mutable_progress_report() = ReportOf("progress-2017");
  create.mutable_progress_report()->set_progress_report_id("too-much");
  for (auto& section : *create.mutable_progress_report()->mutable_sections()) {
    for (auto& sentence : *section.mutable_sentences()) {
      if (sentence.code() == "police-team") sentence.set_tense(st::REPORTED_TENSE_UNDERWAY);
    }
  }
  const std::string method = "ProgressReportService/CreateProgressReport";
  EXPECT_EQ(RuleOf(Call<st::ProgressReport>(office_, "staff", method, create).status()),
            "TENSE_CONTRADICTED");
  create.mutable_progress_report()->set_as_of("2017-06-01");
  EXPECT_OK(Call<st::ProgressReport>(office_, "staff", method, create));
}

TEST_F(FoundingReport, SeedRow36_TheHealthMinistrysModelsAreUnderWayAndItsContributionHasNoAmount) {
  Published();
  const st::Initiative models = InitiativeOf("health-models");
  EXPECT_EQ(models.lead_ministry(), "min-mohltc");
  EXPECT_EQ(models.state(), st::INITIATIVE_STATE_UNDERWAY);
  EXPECT_THAT(Printed(absl::StrCat(kRender, "2017-02-23")),
              AllOf(HasSubstr("[under way] The Ministry of Health and Long-Term Care works with"),
                    HasSubstr("[planned] The ministry will contribute to the Community-Based")));
}

}  // namespace
}  // namespace accord::e2e
