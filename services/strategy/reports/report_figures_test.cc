// These tests show the figures of a report, kind by kind, and that an unstated figure is not zero.
#include <string>

#include "services/strategy/testing/report_fixture.h"

namespace accord::strategy {
namespace {

class ReportFiguresOf : public ReportFixture {
 protected:
  // This makes a draft with one figure of this kind. `name` sets the record of the figure.
  template <class Name>
  v1::ReportFigure Bound(v1::ReportFigureKind kind, Name name) {
    v1::CreateProgressReportRequest request = NewReport(absl::StrCat("r", ++reports_));
    name(AddFigure("figure", kind, SentenceOf(&request)));
    return FigureOf(DraftOf(request));
  }
  v1::ReportFigure Observed(const v1::Indicator& indicator) {
    return Bound(v1::REPORT_FIGURE_KIND_OBSERVED,
                 [&](v1::ReportFigure* figure) { figure->set_indicator(indicator.name()); });
  }
  v1::ReportFigure Engaged(v1::ReportFigureKind kind) {
    return Bound(kind, [](v1::ReportFigure* figure) { figure->set_fund("cbsf"); });
  }
  v1::ReportFigure Contributed() {
    return Bound(v1::REPORT_FIGURE_KIND_CONTRIBUTION, [](v1::ReportFigure* figure) {
      figure->set_fund("cbsf");
      figure->set_contributor("min-mohltc");
    });
  }
  void Attest(const std::string& as_of, int64_t coalitions) {
    v1::CreateEngagementRollupRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* rollup = request.mutable_engagement_rollup();
    rollup->set_as_of(as_of);
    rollup->set_coalitions(coalitions);
    rollup->set_coalitions_qualifier(v1::QUALIFIER_EXACT);
    rollup->set_organisations(160);
    rollup->set_organisations_qualifier(v1::QUALIFIER_CLOSE_TO);
    rollup->set_fund("cbsf");
    rollup->set_source_ref("seed row 3");
    ASSERT_OK(Call<v1::EngagementRollup>(staff_, request));
  }

 private:
  int reports_ = 0;
};

TEST_F(ReportFiguresOf, AnIndicatorAreTheLastVerifiedObservationByTheReportsDay) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  EXPECT_FALSE(Observed(indicator).has_value()) << "nobody has observed anything";
  Submitted(indicator);
  EXPECT_FALSE(Observed(indicator).has_value()) << "the office has not verified it";
  const v1::IndicatorObservation verified = Verified(indicator);
  v1::CreateIndicatorObservationRequest later = NewObservation(indicator);
  later.mutable_indicator_observation()->set_period_end("2017-06-30");
  later.mutable_indicator_observation()->set_value(600);
  auto after = Must(Call<v1::IndicatorObservation>(mol_, later));
  ASSERT_EQ(Move(mol_, &after, v1::SubmitIndicatorObservationRequest()), "");
  ASSERT_EQ(Verify(&after), "");
  const v1::ReportFigure figure = Observed(indicator);
  EXPECT_EQ(figure.value(), 450) << "what ends after the report's day is none of its figures";
  EXPECT_EQ(figure.qualifier(), v1::QUALIFIER_ABOUT);
  EXPECT_EQ(figure.as_stated(), "approximately 450");
  EXPECT_EQ(figure.bound_to(), verified.name());
}

TEST_F(ReportFiguresOf, FewPeopleAreRefusedAndFewPostsAreNot) {
  for (const auto sensitivity : {v1::INDICATOR_SENSITIVITY_PEOPLE, v1::INDICATOR_SENSITIVITY_NO_PEOPLE}) {
    const bool people = sensitivity == v1::INDICATOR_SENSITIVITY_PEOPLE;
    v1::CreateIndicatorRequest request = NewIndicator(people ? "people" : "posts");
    request.mutable_indicator()->set_sensitivity(sensitivity);
    const auto indicator = Must(Call<v1::Indicator>(staff_, request));
    v1::CreateIndicatorObservationRequest few = NewObservation(indicator);
    few.mutable_indicator_observation()->set_value(3);
    auto observation = Must(Call<v1::IndicatorObservation>(mol_, few));
    ASSERT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "");
    ASSERT_EQ(Verify(&observation), "");
    EXPECT_EQ(RuleOfRequest(staff_, ReportOn(indicator, people ? "of-people" : "of-posts")),
              people ? "FIGURE_WITHHELD" : "");
  }
}

// The words that a source has for a figure are printed in its place.
TEST_F(ReportFiguresOf, ManyPeopleWithFewBesideThemAreRefused) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  v1::CreateIndicatorObservationRequest request = NewObservation(indicator);
  request.mutable_indicator_observation()->set_as_stated("approximately 450, of whom 3 were minors");
  auto observation = Must(Call<v1::IndicatorObservation>(mol_, request));
  ASSERT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "");
  ASSERT_EQ(Verify(&observation), "");
  EXPECT_EQ(RuleOfRequest(staff_, ReportOn(indicator)), "FIGURE_WITHHELD");
}

TEST_F(ReportFiguresOf, ManyPeopleAreRefusedInASentenceThatTellsOfFewItself) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  Verified(indicator);
  v1::CreateProgressReportRequest request = ReportOn(indicator);
  v1::ReportSentence* sentence = SentenceOf(&request);
  const std::string said = sentence->text();
  sentence->set_text(said + " Three of them are in the north.");
  EXPECT_EQ(RuleOfRequest(staff_, request), "FIGURE_WITHHELD");
  sentence->set_text(said);
  const std::string french = sentence->text_fr();
  sentence->set_text_fr(french + " Deux d'entre eux sont dans le nord.");
  EXPECT_EQ(RuleOfRequest(staff_, request), "FIGURE_WITHHELD");
  sentence->set_text_fr(french);
  EXPECT_EQ(RuleOfRequest(staff_, request), "");
}

TEST_F(ReportFiguresOf, AnIndicatorThatDistinguishesIndigenousPeopleAreRefused) {
  v1::CreateIndicatorRequest request = NewIndicator("first-nations");
  request.mutable_indicator()->set_indigenous_disaggregated(true);
  const auto indicator = Must(Call<v1::Indicator>(staff_, request));
  Verified(indicator);
  EXPECT_EQ(RuleOfRequest(staff_, ReportOn(indicator)), "DATA_AUTHORISATION_MISSING");
}

TEST_F(ReportFiguresOf, AnIndicatorCanBeItsTarget) {
  const auto target = [&](const v1::Indicator& indicator) {
    return Bound(v1::REPORT_FIGURE_KIND_TARGET,
                 [&](v1::ReportFigure* figure) { figure->set_indicator(indicator.name()); });
  };
  EXPECT_FALSE(target(Measured("without")).has_value());
  v1::CreateIndicatorRequest request = NewIndicator("crowns");
  request.mutable_indicator()->set_target(6);
  EXPECT_EQ(target(Must(Call<v1::Indicator>(staff_, request))).value(), 6);
}

TEST_F(ReportFiguresOf, EngagementAreOfTheNewestRollupByTheReportsDay) {
  EXPECT_FALSE(Engaged(v1::REPORT_FIGURE_KIND_COALITIONS).has_value());
  Attest("2017-02-23", 12);
  Attest("2017-06-01", 13);
  EXPECT_EQ(Engaged(v1::REPORT_FIGURE_KIND_COALITIONS).value(), 12);
  const v1::ReportFigure organisations = Engaged(v1::REPORT_FIGURE_KIND_ORGANISATIONS);
  EXPECT_EQ(organisations.value(), 160);
  EXPECT_EQ(organisations.qualifier(), v1::QUALIFIER_CLOSE_TO);
}

TEST_F(ReportFiguresOf, AnEnvelopeAreItsTotalAsItWasStated) {
  const v1::Envelope envelope = Announced("vcao-ht");
  const v1::ReportFigure figure = Bound(v1::REPORT_FIGURE_KIND_ENVELOPE_TOTAL,
                                        [&](v1::ReportFigure* each) { each->set_envelope(envelope.name()); });
  EXPECT_EQ(figure.value(), 665000000);
  EXPECT_EQ(figure.as_stated(), "$6.65 million over four years");
}

TEST_F(ReportFiguresOf, AContributionWithoutAnAmountAreNoZero) {
  v1::CreateContributionRequest request;
  request.set_parent("agencies/co-pahtco");
  auto* contribution = request.mutable_contribution();
  contribution->set_fund("cbsf");
  contribution->set_from_ministry("min-mohltc");
  contribution->set_kind(v1::CONTRIBUTION_KIND_UNKNOWN);
  contribution->set_source_ref("seed row 37");
  ASSERT_OK(Call<v1::Contribution>(ForFunding(staff_), request));
  const v1::ReportFigure figure = Contributed();
  EXPECT_FALSE(figure.has_value());
  EXPECT_EQ(figure.source_ref(), "seed row 37");
}

TEST_F(ReportFiguresOf, AnAppointmentAreTheYearsThatWereAnnounced) {
  v1::CreateOfficeRoleRequest request;
  request.set_parent("agencies/co-pahtco");
  auto* role = request.mutable_office_role();
  role->set_office_role_id("director");
  role->set_title("Director");
  role->set_appointed_name("the person whom the ministry named");
  role->set_announced_on("2016-11-10");
  role->set_years_of_experience(22);
  role->set_as_stated("over 22 years");
  role->set_source_ref("seed row 2");
  EXPECT_THAT(Call<v1::OfficeRole>(staff_, request), RefusedBy(rules::kFieldInvalid));
  role->set_years_qualifier(v1::QUALIFIER_AT_LEAST);
  const auto made = Must(Call<v1::OfficeRole>(staff_, request));
  const v1::ReportFigure figure = Bound(v1::REPORT_FIGURE_KIND_EXPERIENCE,
                                        [&](v1::ReportFigure* each) { each->set_office_role(made.name()); });
  EXPECT_EQ(figure.value(), 22);
  EXPECT_EQ(figure.as_stated(), "over 22 years");
}

TEST_F(ReportFiguresOf, ARecordThatIsNotThereAreRefused) {
  v1::CreateProgressReportRequest request = NewReport("progress");
  AddFigure("figure", v1::REPORT_FIGURE_KIND_ENVELOPE_TOTAL, SentenceOf(&request))
      ->set_envelope("agencies/co-pahtco/envelopes/absent");
  EXPECT_THAT(Call<v1::ProgressReport>(staff_, request), RefusedBy(rules::kNotFound));
}

TEST_F(ReportFiguresOf, WhatNobodyStatedMayStayUnknownWhereTheReportSaysSo) {
  const v1::Indicator indicator = Measured("homelessness");
  v1::CreateProgressReportRequest request = ReportOn(indicator);
  v1::ProgressReport report = DraftOf(request);
  EXPECT_EQ(Confirm(mol_, &report), "FIGURE_NOT_VERIFIED");
  v1::ReportFigure* figure = report.mutable_sections(0)->mutable_sentences(0)->mutable_figures(0);
  figure->set_may_be_unknown(true);
  ASSERT_EQ(Rewrite(staff_, &report), "");
  Finish(&report);
  EXPECT_FALSE(FigureOf(report).has_value());
}

}  // namespace
}  // namespace accord::strategy
