#include <functional>
#include <string>

#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "services/strategy/testing/report_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class Reports : public ReportFixture, public ::testing::WithParamInterface<bool> {
 protected:
  Reports() : ReportFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  v1::ListProgressReportsResponse ListedFor(const Caller& caller) {
    return Must(Call<v1::ListProgressReportsResponse>(caller, v1::ListProgressReportsRequest()));
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Reports, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(Reports, AreTheOfficesAndTheNamedMinistriesUntilTheyArePublishedAndEverybodysThen) {
  v1::ProgressReport report = DraftOf(NewReport("progress"));
  EXPECT_THAT(report.ministries(), ::testing::ElementsAre("min-mol"));
  for (const Caller& caller : {mag_, police_}) {
    EXPECT_EQ(ReadReport(report.name(), caller), "NOT_FOUND") << caller.agency;
    EXPECT_THAT(ListedFor(caller).progress_reports(), IsEmpty()) << caller.agency;
  }
  for (const Caller& caller : {staff_, director_, mol_}) {
    EXPECT_EQ(ReadReport(report.name(), caller), "") << caller.agency;
  }
  Finish(&report);
  for (const Caller& caller : {mag_, police_, staff_, mol_}) {
    EXPECT_EQ(ReadReport(report.name(), caller), "") << caller.agency;
    EXPECT_THAT(ListedFor(caller).progress_reports(), SizeIs(1)) << caller.agency;
  }
}

TEST_P(Reports, AreConfirmedByEveryMinistryTheyNameAndApprovedByTheDirectorAlone) {
  v1::CreateProgressReportRequest request = NewReport("progress");
  *request.mutable_progress_report()->mutable_sections(0)->add_sentences() = *SentenceOf(&request);
  auto* second = request.mutable_progress_report()->mutable_sections(0)->mutable_sentences(1);
  second->set_code("team");
  second->set_ministry("min-mag");
  v1::ProgressReport report = DraftOf(request);
  EXPECT_EQ(Confirm(staff_, &report), "AGENCY_KIND_NOT_PERMITTED");
  ASSERT_EQ(Confirm(mol_, &report), "");
  EXPECT_EQ(report.state(), v1::PROGRESS_REPORT_STATE_DRAFT);
  EXPECT_EQ(Confirm(mol_, &report), "ALREADY_RECORDED");
  EXPECT_EQ(Approve(director_, &report), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Confirm(mag_, &report), "");
  EXPECT_EQ(report.state(), v1::PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED);
  EXPECT_EQ(Approve(staff_, &report), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Approve(mol_, &report), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(Publish(staff_, &report), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Approve(director_, &report), "");
  EXPECT_TRUE(report.has_approve_time());
  ASSERT_EQ(Publish(staff_, &report), "");
  EXPECT_TRUE(report.has_publish_time());
}

TEST_P(Reports, ThatAreWrittenAnewLoseWhatWasConfirmedAndNothingIsWrittenAnewOncePublished) {
  v1::ProgressReport report = DraftOf(NewReport("progress"));
  ASSERT_EQ(Confirm(mol_, &report), "");
  ASSERT_EQ(Approve(director_, &report), "");
  v1::ProgressReport before = report;
  report.set_title("Progress of the whole strategy");
  ASSERT_EQ(Rewrite(staff_, &report), "");
  EXPECT_EQ(report.state(), v1::PROGRESS_REPORT_STATE_DRAFT);
  EXPECT_THAT(report.confirmations(), IsEmpty());
  EXPECT_FALSE(report.has_approve_time());
  EXPECT_NE(report.digest(), before.digest());
  // If two tabs have the same version, the second one is refused.
  EXPECT_EQ(Rewrite(staff_, &before), "ETAG_MISMATCH");
  Finish(&report);
  EXPECT_EQ(Rewrite(staff_, &report), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Confirm(mol_, &report), "STATE_NOT_PERMITTED");
}

TEST_P(Reports, AreConfirmedAndApprovedAsTheyWereRead) {
  v1::ProgressReport report = DraftOf(NewReport("progress"));
  v1::ConfirmProgressReportRequest confirm;
  confirm.set_digest("something else");
  EXPECT_EQ(Move(mol_, &report, confirm), "DIGEST_MISMATCH");
  ASSERT_EQ(Confirm(mol_, &report), "");
  v1::ApproveProgressReportRequest approve;
  approve.set_digest("something else");
  EXPECT_EQ(Move(director_, &report, approve), "DIGEST_MISMATCH");
  EXPECT_EQ(report.state(), v1::PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED);
}

TEST_P(Reports, AreNotPublishedWithAFigureThatWasCorrectedSince) {
  v1::IndicatorObservation observation = Verified(Measured("inspectors-trained"));
  v1::Indicator indicator;
  indicator.set_name(observation.indicator());
  v1::ProgressReport report = DraftOf(ReportOn(indicator));
  EXPECT_EQ(FigureOf(report).value(), 450);
  EXPECT_EQ(FigureOf(report).bound_to(), observation.name());
  ASSERT_EQ(Confirm(mol_, &report), "");
  ASSERT_EQ(Approve(director_, &report), "");
  ASSERT_EQ(Correct(&observation, 448), "");
  EXPECT_EQ(Publish(staff_, &report), "STALE_FIGURE");
  EXPECT_EQ(report.state(), v1::PROGRESS_REPORT_STATE_DIRECTOR_APPROVED);
  // Until the correction is verified, the figure is unknown and the report cannot be confirmed.
  ASSERT_EQ(Rewrite(staff_, &report), "");
  EXPECT_FALSE(FigureOf(report).has_value());
  EXPECT_EQ(Confirm(mol_, &report), "FIGURE_NOT_VERIFIED");
  ASSERT_EQ(Verify(&observation), "");
  EXPECT_EQ(Confirm(mol_, &report), "STALE_FIGURE");
  ASSERT_EQ(Rewrite(staff_, &report), "");
  EXPECT_EQ(FigureOf(report).value(), 448);
  Finish(&report);
}

TEST_P(Reports, StayAsTheyArePublishedAndAreRestatedOnceByALaterEdition) {
  v1::IndicatorObservation observation = Verified(Measured("inspectors-trained"));
  v1::Indicator indicator;
  indicator.set_name(observation.indicator());
  const v1::ProgressReport first = Published(ReportOn(indicator));
  ASSERT_EQ(Correct(&observation, 448), "");
  ASSERT_EQ(Verify(&observation), "");
  v1::ProgressReport second = first;
  EXPECT_EQ(Restate(staff_, "progress-2", &second), "ROLE_NOT_PERMITTED");
  ASSERT_EQ(Restate(director_, "progress-2", &second), "");
  EXPECT_EQ(second.edition(), 2);
  EXPECT_EQ(second.restates(), first.name());
  EXPECT_EQ(second.restate_reason(), "two were counted twice");
  EXPECT_EQ(FigureOf(second).value(), 448);
  EXPECT_EQ(second.state(), v1::PROGRESS_REPORT_STATE_DRAFT);
  v1::ProgressReport again = first;
  EXPECT_EQ(Restate(director_, "progress-3", &again), "REPORT_RESTATED");
  // Nobody learns of the second edition before it is published, and the first edition does not mention it.
  v1::ProgressReport read;
  ASSERT_EQ(ReadReport(first.name(), police_, &read), "");
  EXPECT_EQ(read.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(ReadReport(second.name(), police_), "NOT_FOUND");
  Finish(&second);
  ASSERT_EQ(ReadReport(first.name(), police_, &read), "");
  EXPECT_EQ(read.SerializeAsString(), first.SerializeAsString());
}

TEST_P(Reports, OfOneDayAreOneReportAndItsEditions) {
  v1::ProgressReport other = DraftOf(NewReport("other"));
  v1::ProgressReport report = Published(NewReport("progress"));
  ASSERT_EQ(Confirm(mol_, &other), "");
  ASSERT_EQ(Approve(director_, &other), "");
  EXPECT_EQ(Publish(staff_, &other), "REPORT_OF_DAY_PUBLISHED");
  ASSERT_EQ(Restate(director_, "progress-2", &report), "");
  Finish(&report);
}

TEST_P(Reports, SayNoMoreOfAnInitiativeThanIsKnownOfItByTheirDay) {
  v1::CreateInitiativeRequest planned = NewInitiative("planned", /*underway=*/false);
  planned.mutable_initiative()->set_tense_as_reported(v1::REPORTED_TENSE_PLANNED);
  v1::Initiative initiative = Must(Call<v1::Initiative>(staff_, planned));
  v1::CreateProgressReportRequest request = NewReport("progress");
  SentenceOf(&request)->set_initiative(initiative.name());
  for (const auto tense : {v1::REPORTED_TENSE_DONE, v1::REPORTED_TENSE_UNDERWAY}) {
    SentenceOf(&request)->set_tense(tense);
    EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kTenseContradicted));
  }
  // An initiative that began later was only planned on the report's day.
  ASSERT_EQ(Advance(&initiative, "start", "2017-06-01", mag_), "");
  EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kTenseContradicted));
  request.mutable_progress_report()->set_as_of("2017-06-01");
  EXPECT_OK(Call<v1::ProgressReport>(staff_, request));
  SentenceOf(&request)->set_initiative("agencies/co-pahtco/initiatives/absent");
  EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kNotFound));
}

TEST_P(Reports, HaveAPlaceForEveryFigureAndAFigureForEveryPlace) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  v1::CreateProgressReportRequest request = ReportOn(indicator);
  v1::ReportSentence* sentence = SentenceOf(&request);
  const v1::ReportSentence whole = *sentence;
  for (const char* text : {"Inspectors were trained.", "{{inspectors}} and {{others}}", "{{inspectors"}) {
    sentence->set_text(text);
    EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kFigureUnbound)) << text;
  }
  *sentence = whole;
  *sentence->add_figures() = whole.figures(0);
  EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kFigureUnbound));
  *sentence = whole;
  sentence->mutable_figures(0)->set_kind(v1::REPORT_FIGURE_KIND_ENVELOPE_TOTAL);
  EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kFigureUnbound));
  *sentence = whole;
  *request.mutable_progress_report()->mutable_sections(0)->add_sentences() = whole;
  EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(ListedFor(staff_).progress_reports(), IsEmpty());
}

TEST_P(Reports, AreOfADayThatHasCome) {
  v1::CreateProgressReportRequest request = NewReport("progress");
  request.mutable_progress_report()->set_as_of("2026-11-25");
  EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kEventInFuture));
  On("2026-11-25");
  EXPECT_OK(Call<v1::ProgressReport>(staff_, request));
}

// The digest is a constant here, so that a report keeps it on every database and in every version.
TEST_P(Reports, HaveTheSameDigestWhereverTheyAreWritten) {
  const v1::IndicatorObservation observation = Verified(Measured("inspectors-trained"));
  v1::Indicator indicator;
  indicator.set_name(observation.indicator());
  EXPECT_EQ(DraftOf(ReportOn(indicator)).digest(),
            "439304508c674639ab2829ae1fe0ae5fa41fefa8bcf3527b1d24280f85f9e04a");
}

class ReportRaces : public ReportFixture {
 protected:
  ReportRaces() : ReportRaces(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit ReportRaces(const std::string& dsn) : ReportFixture(dsn), lockstep_(dsn) {}

  std::function<absl::Status()> Restates(const v1::ProgressReport& report, const std::string& id) {
    v1::RestateProgressReportRequest request;
    request.set_name(report.name());
    request.set_etag(report.etag());
    request.set_progress_report_id(id);
    request.set_reason("two were counted twice");
    return [=, this] { return Call<v1::ProgressReport>(director_, request).status(); };
  }

  testing::Lockstep lockstep_;
};

TEST_F(ReportRaces, OfTwoWhoRestateOneEditionOneDoes) {
  const v1::ProgressReport report = Published(NewReport("progress"));
  const auto results = lockstep_.Run({Restates(report, "one"), Restates(report, "two")});
  EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << results[1];
  for (const absl::Status& result : results) {
    if (!result.ok()) {
      EXPECT_EQ(RuleOf(result), "REPORT_RESTATED");
    }
  }
}

// The schema has no field that could say that somebody survived trafficking.
TEST(ReportSchema, HasNoFieldForASurvivor) {
  for (const auto* message : {v1::OfficeRole::descriptor(), v1::ProgressReport::descriptor(),
                              v1::ReportSection::descriptor(), v1::ReportSentence::descriptor(),
                              v1::ReportFigure::descriptor(), v1::ReportConfirmation::descriptor()}) {
    for (int i = 0; i < message->field_count(); ++i) {
      for (const char* word : {"survivor", "victim", "subject", "birth", "health"}) {
        EXPECT_EQ(message->field(i)->name().find(word), std::string::npos) << message->field(i)->full_name();
      }
    }
  }
}

}  // namespace
}  // namespace accord::strategy
