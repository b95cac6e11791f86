#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/reports/report_json.h"
#include "clients/accordctl/views/reports/report_page.h"
#include "clients/accordctl/views/reports/report_text.h"

namespace accord::ctl {
namespace {

namespace rp = strategy::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

rp::ReportSentence* AddSentence(const std::string& code, rp::ReportedTense tense, const std::string& text,
                                rp::RenderedReport* rendered) {
  auto* sentence = rendered->mutable_progress_report()->mutable_sections(0)->add_sentences();
  sentence->set_code(code);
  sentence->set_tense(tense);
  sentence->set_text(text);
  sentence->set_text_fr(text);
  sentence->set_ministry("min-mol");
  sentence->set_source_ref("seed row 38");
  return sentence;
}

rp::ReportFigure* AddFigure(rp::ReportFigureKind kind, rp::ReportSentence* sentence) {
  auto* figure = sentence->add_figures();
  figure->set_code("figure");
  figure->set_kind(kind);
  figure->set_indicator("agencies/co-pahtco/indicators/inspectors-trained");
  return figure;
}

rp::RenderedReport EmptyReport() {
  rp::RenderedReport rendered;
  rendered.set_as_of("2017-02-23");
  auto* report = rendered.mutable_progress_report();
  report->set_title("Progress");
  report->set_title_fr("Progrès");
  report->set_as_of("2017-02-23");
  report->set_edition(1);
  auto* section = report->add_sections();
  section->set_title("Labour");
  section->set_title_fr("Travail");
  return rendered;
}

// This gives a sentence of one figure, which the report states as approximately 450.
rp::RenderedReport OfInspectors() {
  rp::RenderedReport rendered = EmptyReport();
  auto* figure = AddFigure(rp::REPORT_FIGURE_KIND_OBSERVED,
                           AddSentence("inspectors", rp::REPORTED_TENSE_DONE,
                                       "In 450 days, {{figure}} inspectors were trained.", &rendered));
  figure->set_value(450);
  figure->set_qualifier(rp::QUALIFIER_ABOUT);
  figure->set_as_stated("approximately 450");
  return rendered;
}

std::vector<FigureCheck> Checked(std::optional<int64_t> counted, const std::string& reason = "") {
  FigureCheck check;
  check.sentence = "inspectors";
  check.figure = "figure";
  check.service = "training";
  check.reported = 450;
  check.counted = counted;
  check.reason = reason;
  return {check};
}

TEST(ReportText, SaysOfEverySentenceHowItIsMeant) {
  rp::RenderedReport rendered = EmptyReport();
  AddSentence("a", rp::REPORTED_TENSE_DONE, "One.", &rendered);
  AddSentence("b", rp::REPORTED_TENSE_UNDERWAY, "Two.", &rendered);
  AddSentence("c", rp::REPORTED_TENSE_PLANNED, "Three.", &rendered);
  const std::string text = ReportText(rendered, {});
  EXPECT_THAT(text, AllOf(HasSubstr("- [done] One."), HasSubstr("- [under way] Two."),
                          HasSubstr("- [planned] Three.")));
}

TEST(ReportText, SaysOfABillHowFarItWas) {
  rp::RenderedReport rendered = EmptyReport();
  auto* sentence = AddSentence("orders", rp::REPORTED_TENSE_PLANNED, "People apply for orders.", &rendered);
  sentence->set_legislative_initiative("agencies/co-pahtco/legislativeInitiatives/act");
  sentence->set_section_range("ss. 2-15");
  auto* provision = rendered.add_provisions();
  provision->set_legislative_initiative(sentence->legislative_initiative());
  provision->set_section_range(sentence->section_range());
  provision->set_since("2017-05-30");
  for (const auto& [position, mark] : std::vector<std::pair<rp::ProvisionPosition, std::string>>{
           {rp::PROVISION_POSITION_IF_PASSED, "[if passed]"},
           {rp::PROVISION_POSITION_LAPSED, "[not passed: the bill lapsed on 2017-05-30]"},
           {rp::PROVISION_POSITION_PASSED, "[passed on 2017-05-30, without Royal Assent]"},
           {rp::PROVISION_POSITION_ASSENTED, "[Royal Assent on 2017-05-30, not in force]"},
           {rp::PROVISION_POSITION_IN_FORCE, "[in force since 2017-05-30]"},
           {rp::PROVISION_POSITION_REPEALED, "[repealed on 2017-05-30]"}}) {
    provision->set_position(position);
    EXPECT_THAT(ReportText(rendered, {}), HasSubstr(mark + " People apply for orders."));
  }
}

TEST(ReportText, StatesAFigureAsItWasStatedAndTakesNoOtherNumberForIt) {
  rp::RenderedReport rendered = OfInspectors();
  EXPECT_THAT(ReportText(rendered, {}), HasSubstr("In 450 days, approximately 450 inspectors were trained."));
  auto* sentence = rendered.mutable_progress_report()->mutable_sections(0)->mutable_sentences(0);
  auto* figure = sentence->mutable_figures(0);
  figure->set_value(448);
  figure->set_qualifier(rp::QUALIFIER_EXACT);
  figure->clear_as_stated();
  EXPECT_THAT(ReportText(rendered, {}), HasSubstr("In 450 days, 448 inspectors were trained."));
  figure->set_value(0);
  EXPECT_THAT(ReportText(rendered, {}), HasSubstr("In 450 days, 0 inspectors were trained."));
}

TEST(ReportText, LeavesOutWhatNobodyStatedAndHasItAsNullInData) {
  rp::RenderedReport rendered = EmptyReport();
  auto* sentence = AddSentence("health", rp::REPORTED_TENSE_PLANNED,
                               "The ministry will give {{figure}} to the fund.", &rendered);
  AddFigure(rp::REPORT_FIGURE_KIND_CONTRIBUTION, sentence);
  EXPECT_THAT(ReportText(rendered, {}), AllOf(HasSubstr("- [planned] The ministry will give to the fund.\n"),
                                              Not(HasSubstr("N/A")), Not(HasSubstr("null"))));
  const Json data = ReportJson(rendered, {}, false);
  const Json& figure = data["sections"][0]["sentences"][0]["figures"][0];
  EXPECT_TRUE(figure["value"].is_null());
  EXPECT_TRUE(figure["qualifier"].is_null());
  EXPECT_FALSE(data.contains("checks"));
}

TEST(ReportText, HasWhatIsNotReconciledBesideASentenceThatStaysAsItIs) {
  const rp::RenderedReport rendered = OfInspectors();
  const std::string plain = ReportText(rendered, {});
  EXPECT_EQ(ReportText(rendered, Checked(450)), plain) << "what agrees needs no word";
  const std::string sentence = "In 450 days, approximately 450 inspectors were trained.\n";
  EXPECT_THAT(ReportText(rendered, Checked(449)),
              HasSubstr(sentence + "  UNRECONCILED: 450 in the report, 449 by training\n"));
  EXPECT_THAT(ReportText(rendered, Checked(std::nullopt, "ROLE_NOT_PERMITTED")),
              HasSubstr(sentence + "  UNRECONCILED: training could not be asked (ROLE_NOT_PERMITTED)\n"));
  const Json data = ReportJson(rendered, Checked(std::nullopt, "ROLE_NOT_PERMITTED"), true);
  EXPECT_EQ(data["checks"][0]["status"], "UNRECONCILED");
  EXPECT_TRUE(data["checks"][0]["counted"].is_null());
  EXPECT_EQ(ReportJson(rendered, Checked(450), true)["checks"][0]["status"], "RECONCILED");
}

TEST(ReportText, IsToldInFrenchByTheNumbersThemselves) {
  rp::RenderedReport rendered = OfInspectors();
  auto* crisis = AddSentence("crisis", rp::REPORTED_TENSE_DONE, "{{figure}} de plus.", &rendered);
  auto* envelope = AddFigure(rp::REPORT_FIGURE_KIND_ENVELOPE_TOTAL, crisis);
  envelope->set_value(665000000);
  envelope->set_qualifier(rp::QUALIFIER_EXACT);
  envelope->set_as_stated("$6.65 million over four years");
  EXPECT_THAT(ReportText(rendered, {}), HasSubstr("$6.65 million over four years de plus."));
  const Speaking french(Language::kFrench);
  EXPECT_THAT(ReportText(rendered, {}),
              AllOf(HasSubstr("Progrès\n"), HasSubstr("Travail\n"), HasSubstr("environ 450 inspectors"),
                    HasSubstr("6\u00a0650\u00a0000\u00a0$ de plus.")));
  envelope->set_value(105);
  EXPECT_THAT(ReportText(rendered, {}), HasSubstr("1,05\u00a0$ de plus."));
}

TEST(ReportText, SaysOfWhichDayAndEditionItIsAndWhyItWasRestated) {
  rp::RenderedReport rendered = OfInspectors();
  EXPECT_THAT(ReportText(rendered, {}), HasSubstr("As of 2017-02-23, edition 1.\n\nLabour\n"));
  rendered.set_as_of("2018-05-01");
  rendered.mutable_progress_report()->set_edition(2);
  rendered.mutable_progress_report()->set_restate_reason("two were counted twice");
  EXPECT_THAT(ReportText(rendered, {}),
              HasSubstr("As of 2017-02-23, edition 2.\nBills are told of as of 2018-05-01.\n"
                        "It restates the edition before: two were counted twice\n"));
}

TEST(ReportPage, ShowsWhatOthersWroteAsText) {
  rp::RenderedReport rendered = EmptyReport();
  AddSentence("a", rp::REPORTED_TENSE_DONE, "<script>alert(1)</script>", &rendered);
  EXPECT_THAT(ReportPage(rendered, {}), AllOf(HasSubstr("&lt;script&gt;"), Not(HasSubstr("<script>"))));
  EXPECT_THAT(ReportPage(OfInspectors(), Checked(449)),
              AllOf(HasSubstr("<span class=\"state\">done</span>"), HasSubstr("approximately 450 inspectors"),
                    HasSubstr("<strong>UNRECONCILED: 450 in the report, 449 by training</strong>")));
}

}  // namespace
}  // namespace accord::ctl
