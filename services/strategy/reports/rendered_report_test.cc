#include <string>

#include "common/access/names.h"
#include "services/strategy/reports/rendered_report_service.h"
#include "services/strategy/testing/report_fixture.h"

namespace accord::strategy {
namespace {

constexpr char kTortPart[] = "s. 1 and Part III", kOrdersPart[] = "ss. 2-15";

class RenderedReports : public ReportFixture {
 protected:
  v1::LegislativeInitiative Introduced() {
    v1::CreateLegislativeInitiativeRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* bill = request.mutable_legislative_initiative();
    bill->set_legislative_initiative_id("act");
    bill->set_title("An Act");
    bill->set_lead_ministry("min-msw");
    bill->set_introduced_until("2017-02-23");
    bill->add_sections()->set_range(kTortPart);
    bill->add_sections()->set_range(kOrdersPart);
    bill->set_source_ref("seed row 11");
    return Must(Call<v1::LegislativeInitiative>(staff_, request));
  }
  // This gives two sentences, each on one part of the bill.
  v1::ProgressReport ReportedOn(const v1::LegislativeInitiative& bill) {
    v1::CreateProgressReportRequest request = NewReport("progress");
    SentenceOf(&request)->set_legislative_initiative(bill.name());
    SentenceOf(&request)->set_section_range(kTortPart);
    auto* section = request.mutable_progress_report()->mutable_sections(0);
    *section->add_sentences() = section->sentences(0);
    section->mutable_sentences(1)->set_code("orders");
    section->mutable_sentences(1)->set_section_range(kOrdersPart);
    return Published(request);
  }
  std::string Pass(v1::LegislativeInitiative* bill, const std::string& on) {
    v1::AdvanceLegislativeInitiativeRequest request;
    request.set_event("pass");
    request.set_on(on);
    return Move(staff_, bill, request);
  }
  // This enters everything that happened to the bill.
  void Enact(v1::LegislativeInitiative* bill) {
    ASSERT_EQ(Pass(bill, "2017-05-18"), "");
    ASSERT_EQ(Assent(bill, "2017-05-30"), "");
    ASSERT_EQ(Commence(bill, kTortPart, "2017-05-30"), "");
    ASSERT_EQ(Commence(bill, kOrdersPart, "2018-05-01"), "");
  }
  // This gives the states of the two parts, for example `if_passed if_passed`.
  static std::string PositionsIn(const v1::RenderedReport& rendered) {
    std::string positions;
    for (const v1::Provision& each : rendered.provisions()) {
      absl::StrAppend(&positions, positions.empty() ? "" : " ",
                      ShortName(v1::ProvisionPosition_descriptor(), each.position()));
    }
    return positions;
  }
  std::string PositionsOn(const std::string& as_of) {
    v1::RenderedReport rendered;
    const std::string rule = Render(as_of, &rendered);
    return rule.empty() ? PositionsIn(rendered) : rule;
  }
};

TEST_F(RenderedReports, AreThereFromTheirDayOnOnceTheyArePublished) {
  v1::ProgressReport report = DraftOf(NewReport("progress"));
  EXPECT_EQ(Render("2017-02-23"), "NOT_FOUND") << "a draft is as nothing";
  Finish(&report);
  EXPECT_EQ(Render("2017-02-22"), "NOT_FOUND");
  v1::RenderedReport rendered;
  ASSERT_EQ(Render("2017-02-23", &rendered), "");
  EXPECT_EQ(rendered.progress_report().SerializeAsString(), report.SerializeAsString());
  ASSERT_EQ(Render("2020-01-01", &rendered), "");
  EXPECT_EQ(rendered.progress_report().name(), report.name());
  EXPECT_EQ(rendered.as_of(), "2020-01-01");
}

TEST_F(RenderedReports, TellHowFarABillWasOnTheDayThatIsAskedFor) {
  v1::LegislativeInitiative bill = Introduced();
  ReportedOn(bill);
  Enact(&bill);
  EXPECT_EQ(PositionsOn("2017-02-23"), "if_passed if_passed");
  EXPECT_EQ(PositionsOn("2017-05-18"), "passed passed");
  EXPECT_EQ(PositionsOn("2017-05-29"), "passed passed");
  EXPECT_EQ(PositionsOn("2017-06-01"), "in_force assented");
  EXPECT_EQ(PositionsOn("2018-04-30"), "in_force assented");
  EXPECT_EQ(PositionsOn("2018-05-01"), "in_force in_force");
}

TEST_F(RenderedReports, TellOfABillWhatWasRecordedOfItByThen) {
  v1::LegislativeInitiative bill = Introduced();
  ReportedOn(bill);
  const absl::Time before = in_process_.clock().Now();
  On("2026-11-25");
  Enact(&bill);
  EXPECT_EQ(PositionsOn("2018-05-01"), "in_force in_force");
  v1::RenderedReport rendered;
  ASSERT_EQ(RenderKnownAt(before, "2018-05-01", &rendered), "");
  EXPECT_EQ(PositionsIn(rendered), "if_passed if_passed");
}

TEST_F(RenderedReports, AreTheEditionThatWasPublishedByThen) {
  const v1::ProgressReport first = Published(NewReport("progress"));
  const absl::Time between = in_process_.clock().Now();
  On("2026-11-25");
  v1::ProgressReport second = first;
  ASSERT_EQ(Restate(director_, "progress-2", &second), "");
  v1::RenderedReport rendered;
  ASSERT_EQ(Render("2017-02-23", &rendered), "");
  EXPECT_EQ(rendered.progress_report().edition(), 1) << "the second one is a draft";
  Finish(&second);
  ASSERT_EQ(Render("2017-02-23", &rendered), "");
  EXPECT_EQ(rendered.progress_report().edition(), 2);
  EXPECT_EQ(rendered.progress_report().restate_reason(), "two were counted twice");
  ASSERT_EQ(RenderKnownAt(between, "2017-02-23", &rendered), "");
  EXPECT_EQ(rendered.progress_report().SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(RenderKnownAt(between - absl::Hours(24), "2017-02-23"), "NOT_FOUND");
}

TEST_F(RenderedReports, AreTheNewestReportOfTheDayOrBefore) {
  Published(NewReport("first"));
  v1::CreateProgressReportRequest later = NewReport("second");
  later.mutable_progress_report()->set_as_of("2018-02-23");
  Published(later);
  v1::RenderedReport rendered;
  ASSERT_EQ(Render("2018-02-22", &rendered), "");
  EXPECT_EQ(rendered.progress_report().progress_report_id(), "first");
  ASSERT_EQ(Render("2018-02-23", &rendered), "");
  EXPECT_EQ(rendered.progress_report().progress_report_id(), "second");
}

TEST_F(RenderedReports, AreOfNoTimeThatIsToCome) {
  Published(NewReport("progress"));
  const absl::Time now = in_process_.clock().Now();
  EXPECT_EQ(Render("2026-11-25"), "EVENT_IN_FUTURE");
  EXPECT_EQ(RenderKnownAt(now + absl::Seconds(1), "2017-02-23"), "EVENT_IN_FUTURE");
  // The requested day must not come after the time at which the report is known.
  EXPECT_EQ(RenderKnownAt(now - absl::Hours(48), "2026-11-24"), "DATES_CONTRADICT");
}

TEST(Provisions, StandWhereTheDaysOfTheBillPutThem) {
  v1::LegislativeInitiative bill;
  bill.set_lapsed_on("2018-05-08");
  EXPECT_EQ(RenderProvision(bill, "s. 1", "2018-05-07").position(), v1::PROVISION_POSITION_IF_PASSED);
  EXPECT_EQ(RenderProvision(bill, "s. 1", "2018-05-08").position(), v1::PROVISION_POSITION_LAPSED);
  bill.clear_lapsed_on();
  bill.set_passed_on("2017-05-18");
  bill.set_assented_on("2017-05-30");
  auto* section = bill.add_sections();
  section->set_range("s. 1");
  section->set_in_force_on("2017-05-30");
  section->set_repealed_on("2019-01-01");
  EXPECT_EQ(RenderProvision(bill, "s. 1", "2018-12-31").position(), v1::PROVISION_POSITION_IN_FORCE);
  EXPECT_EQ(RenderProvision(bill, "s. 1", "2018-12-31").since(), "2017-05-30");
  EXPECT_EQ(RenderProvision(bill, "s. 1", "2019-01-01").position(), v1::PROVISION_POSITION_REPEALED);
  // Another part of the same bill has its own days.
  EXPECT_EQ(RenderProvision(bill, "s. 2", "2019-01-01").position(), v1::PROVISION_POSITION_ASSENTED);
}

}  // namespace
}  // namespace accord::strategy
