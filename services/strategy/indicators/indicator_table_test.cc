// These tests show which figures may leave the service.
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class IndicatorTables : public StrategyFixture {
 protected:
  v1::Indicator Made(const std::string& id, v1::IndicatorSensitivity sensitivity,
                     v1::Aggregation aggregation = v1::AGGREGATION_SUM) {
    v1::CreateIndicatorRequest request = NewIndicator(id);
    request.mutable_indicator()->set_sensitivity(sensitivity);
    request.mutable_indicator()->set_aggregation(aggregation);
    return Must(Call<v1::Indicator>(staff_, request));
  }
  v1::Indicator Disaggregated(const std::string& id) {
    v1::CreateIndicatorRequest request = NewIndicator(id);
    request.mutable_indicator()->set_indigenous_disaggregated(true);
    return Must(Call<v1::Indicator>(staff_, request));
  }
  v1::IndicatorObservation VerifiedOf(v1::CreateIndicatorObservationRequest request) {
    auto observation = Must(Call<v1::IndicatorObservation>(mol_, std::move(request)));
    EXPECT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "");
    EXPECT_EQ(Verify(&observation), "");
    return observation;
  }
  // This makes an observation of this month of 2016, whose words contain the month as well.
  v1::IndicatorObservation InMonth(const v1::Indicator& indicator, int month, int64_t value) {
    v1::CreateIndicatorObservationRequest request = NewObservation(indicator);
    auto* observation = request.mutable_indicator_observation();
    observation->set_period_start(absl::StrCat("2016-0", month, "-01"));
    observation->set_period_end(absl::StrCat("2016-0", month, "-28"));
    observation->set_value(value);
    observation->set_qualifier(v1::QUALIFIER_EXACT);
    observation->set_as_stated(absl::StrCat(value, " as stated"));
    return VerifiedOf(std::move(request));
  }
  v1::IndicatorObservation InWords(const v1::Indicator& indicator, const std::string& text) {
    v1::CreateIndicatorObservationRequest request = NewObservation(indicator);
    request.mutable_indicator_observation()->clear_value();
    request.mutable_indicator_observation()->clear_as_stated();
    request.mutable_indicator_observation()->set_text(text);
    // Each period has one observation.
    request.mutable_indicator_observation()->set_period_start(absl::StrCat("2016-06-", ++said_ + 9));
    return VerifiedOf(std::move(request));
  }
  // This gives the figures one after the other, each as a number, words or `suppressed`.
  std::vector<std::string> Figures(const v1::Indicator& indicator) {
    std::vector<std::string> figures;
    const v1::IndicatorTable table = TableOf(indicator, police_);
    EXPECT_EQ(table.state(), v1::INDICATOR_TABLE_STATE_OPEN);
    for (const auto& figure : table.figures()) {
      EXPECT_EQ(figure.has_value(), figure.status() == v1::FIGURE_STATUS_SHOWN);
      if (figure.status() == v1::FIGURE_STATUS_SUPPRESSED) {
        EXPECT_EQ(figure.text() + figure.as_stated(), "");
        figures.emplace_back("suppressed");
      } else {
        figures.push_back(figure.has_value() ? absl::StrCat(figure.value()) : figure.text());
      }
    }
    return figures;
  }

 private:
  int said_ = 0;
};

TEST_F(IndicatorTables, SuppressASmallFigureOfPeopleWithWhatItFollowsFromAndLeaveLargeOnesAlone) {
  for (const auto sensitivity : {v1::INDICATOR_SENSITIVITY_PEOPLE, v1::INDICATOR_SENSITIVITY_UNSPECIFIED}) {
    const v1::Indicator indicator = Made(absl::StrCat("people-", static_cast<int>(sensitivity)), sensitivity);
    InMonth(indicator, 1, 40);
    InMonth(indicator, 2, 3);
    InMonth(indicator, 3, 7);
    InMonth(indicator, 4, 0);
    EXPECT_THAT(Figures(indicator), ElementsAre("40", "suppressed", "suppressed", "0")) << sensitivity;
  }
}

TEST_F(IndicatorTables, SuppressAFigureAloneWherePeriodsDoNotAddUp) {
  const v1::Indicator indicator = Made("latest", v1::INDICATOR_SENSITIVITY_PEOPLE, v1::AGGREGATION_LATEST);
  InMonth(indicator, 1, 4);
  InMonth(indicator, 2, 5);
  InMonth(indicator, 3, 0);
  EXPECT_THAT(Figures(indicator), ElementsAre("suppressed", "5", "0"));
}

TEST_F(IndicatorTables, SuppressEveryFigureWhereASmallOneMayFollowFromPeriodsThatOverlap) {
  const v1::Indicator indicator = Made("overlapping", v1::INDICATOR_SENSITIVITY_PEOPLE);
  InMonth(indicator, 1, 3);
  InMonth(indicator, 2, 20);
  InMonth(indicator, 3, 10);
  v1::CreateIndicatorObservationRequest quarter = NewObservation(indicator);
  quarter.mutable_indicator_observation()->set_period_start("2016-01-01");
  quarter.mutable_indicator_observation()->set_period_end("2016-03-31");
  quarter.mutable_indicator_observation()->set_value(33);
  VerifiedOf(quarter);
  EXPECT_THAT(Figures(indicator), ElementsAre("suppressed", "suppressed", "suppressed", "suppressed"));
  // Without a small figure nothing has to be withheld.
  const v1::Indicator large = Made("large", v1::INDICATOR_SENSITIVITY_PEOPLE);
  InMonth(large, 1, 30);
  quarter.mutable_indicator_observation()->set_indicator(large.name());
  quarter.mutable_indicator_observation()->set_value(31);
  VerifiedOf(quarter);
  EXPECT_THAT(Figures(large), ::testing::UnorderedElementsAre("30", "31"));
}

TEST_F(IndicatorTables, TellWhatCountsNoPeopleAsItIs) {
  const v1::Indicator indicator = Made("positions", v1::INDICATOR_SENSITIVITY_NO_PEOPLE);
  InMonth(indicator, 1, 3);
  InMonth(indicator, 2, 12);
  EXPECT_THAT(Figures(indicator), ElementsAre("3", "12"));
  const v1::IndicatorTable table = TableOf(indicator, police_);
  EXPECT_EQ(table.figures(0).as_stated(), "3 as stated");
  EXPECT_EQ(table.figures(0).qualifier(), v1::QUALIFIER_EXACT);
}

TEST_F(IndicatorTables, TellWordsAboutPeopleUnlessTheyHoldADigit) {
  const v1::Indicator people = Made("people", v1::INDICATOR_SENSITIVITY_PEOPLE);
  InWords(people, "fewer than before");
  InWords(people, "3 in the north");
  EXPECT_THAT(Figures(people), ::testing::UnorderedElementsAre("fewer than before", "suppressed"));
  const v1::Indicator others = Made("others", v1::INDICATOR_SENSITIVITY_NO_PEOPLE);
  InWords(others, "3 in the north");
  EXPECT_THAT(Figures(others), ElementsAre("3 in the north"));
}

TEST_F(IndicatorTables, TellNoSmallNumberOfPeopleInWordsEither) {
  const v1::Indicator people = Made("people", v1::INDICATOR_SENSITIVITY_PEOPLE);
  for (const char* small :
       {"Three in the north", "une seule survivante", "TROIS-RIVIERES: deux", "both left"}) {
    InWords(people, small);
  }
  InWords(people, "none alone, and everyone heard");
  EXPECT_THAT(Figures(people),
              ::testing::UnorderedElementsAre("suppressed", "suppressed", "suppressed", "suppressed",
                                              "none alone, and everyone heard"));
}

TEST_F(IndicatorTables, TellNoFigureWithASmallerOneBesideIt) {
  const auto stated = [&](const std::string& id, const std::string& as_stated) {
    const v1::Indicator indicator = Made(id, v1::INDICATOR_SENSITIVITY_PEOPLE);
    v1::CreateIndicatorObservationRequest request = NewObservation(indicator);
    request.mutable_indicator_observation()->set_as_stated(as_stated);
    VerifiedOf(std::move(request));
    return Figures(indicator);
  };
  EXPECT_THAT(stated("split", "450, of whom 3 were minors"), ElementsAre("suppressed"));
  EXPECT_THAT(stated("last", "450 and 4"), ElementsAre("suppressed"));
  EXPECT_THAT(stated("whole", "close to 450 of 1,204"), ElementsAre("450"));
  EXPECT_THAT(stated("french", "450 sur 1 204"), ElementsAre("450"));
  EXPECT_THAT(stated("in-words", "450, of whom three were minors"), ElementsAre("suppressed"));
  EXPECT_THAT(stated("in-french", "450, dont deux étaient mineures"), ElementsAre("suppressed"));
  EXPECT_THAT(stated("hundreds", "close to four hundred"), ElementsAre("450"));
  EXPECT_THAT(stated("dated", "450 by 2017-02-23"), ElementsAre("450"));
}

TEST_F(IndicatorTables, HoldWhatIsVerifiedAndNeitherADraftNorWhatWasCorrected) {
  const v1::Indicator indicator = Made("people", v1::INDICATOR_SENSITIVITY_PEOPLE);
  Drafted(indicator);
  Submitted(indicator);
  EXPECT_THAT(Figures(indicator), IsEmpty());
  const v1::IndicatorObservation wrong = Verified(indicator);
  v1::IndicatorObservation right = wrong;
  ASSERT_EQ(Correct(&right, 448), "");
  EXPECT_THAT(Figures(indicator), IsEmpty());
  ASSERT_EQ(Verify(&right), "");
  EXPECT_THAT(Figures(indicator), ElementsAre("448"));
  EXPECT_EQ(TableOf(indicator, police_).figures(0).corrects(), wrong.name());
}

TEST_F(IndicatorTables, AreTheSameForEveryCaller) {
  const v1::Indicator indicator = Made("people", v1::INDICATOR_SENSITIVITY_PEOPLE);
  InMonth(indicator, 1, 4);
  InMonth(indicator, 2, 90);
  const std::string told = TableOf(indicator, police_).DebugString();
  for (const Caller& caller : {mol_, mag_, staff_, director_}) {
    EXPECT_EQ(TableOf(indicator, caller).DebugString(), told) << caller.agency;
  }
}

TEST_F(IndicatorTables, ThatDistinguishIndigenousPeopleSayThatThereIsNoAuthorisationAndNothingElse) {
  const v1::Indicator indicator = Disaggregated("first-nations");
  const v1::IndicatorObservation observation = Verified(indicator);
  for (const Caller& caller : {police_, mag_, mol_, staff_, director_}) {
    const v1::IndicatorTable table = TableOf(indicator, caller);
    EXPECT_EQ(table.state(), v1::INDICATOR_TABLE_STATE_NO_AUTHORISATION) << caller.agency;
    EXPECT_THAT(table.figures(), IsEmpty()) << caller.agency;
  }
  // Only the ministry and the office still read the observation itself.
  EXPECT_EQ(ReadObservation(observation.name(), mol_), "");
  EXPECT_EQ(ReadObservation(observation.name(), staff_), "");
  EXPECT_EQ(ReadObservation(observation.name(), police_), "NOT_FOUND");
  EXPECT_EQ(ReadObservation(observation.name(), mag_), "NOT_FOUND");
}

TEST_F(IndicatorTables, ThatDistinguishIndigenousPeopleAreNotWidenedByACorrectionOrARevision) {
  v1::Indicator indicator = Disaggregated("first-nations");
  v1::IndicatorObservation right = Verified(indicator);
  const std::string wrong = right.name();
  ASSERT_EQ(Correct(&right, 448), "");
  ASSERT_EQ(Verify(&right), "");
  v1::ReviseIndicatorRequest revise;
  revise.set_definition("Measured otherwise");
  revise.set_source_ref("a letter");
  ASSERT_EQ(Move(staff_, &indicator, revise), "");
  EXPECT_TRUE(indicator.indigenous_disaggregated());
  EXPECT_EQ(TableOf(indicator, police_).state(), v1::INDICATOR_TABLE_STATE_NO_AUTHORISATION);
  for (const std::string& name : {wrong, right.name()}) {
    EXPECT_EQ(ReadObservation(name, police_), "NOT_FOUND");
    EXPECT_EQ(ReadObservation(name, staff_), "");
  }
}

TEST_F(IndicatorTables, WithholdASmallBaselineOfPeopleAndTakeNoneThatDistinguishesIndigenousPeople) {
  v1::CreateIndicatorRequest request = NewIndicator("small");
  request.mutable_indicator()->set_baseline(2);
  v1::IndicatorTable table = TableOf(Must(Call<v1::Indicator>(staff_, request)), police_);
  EXPECT_EQ(table.baseline_status(), v1::FIGURE_STATUS_SUPPRESSED);
  EXPECT_FALSE(table.indicator().has_baseline());
  // The indicator shows the baseline only to its ministry and the office, too.
  v1::GetIndicatorRequest get;
  get.set_name(table.indicator().name());
  for (const Caller& caller : {police_, mag_}) {
    EXPECT_FALSE(Must(Call<v1::Indicator>(caller, get)).has_baseline()) << caller.agency;
    const auto listed = Must(Call<v1::ListIndicatorsResponse>(caller, v1::ListIndicatorsRequest()));
    ASSERT_THAT(listed.indicators(), SizeIs(1));
    EXPECT_FALSE(listed.indicators(0).has_baseline()) << caller.agency;
  }
  for (const Caller& caller : {mol_, staff_}) {
    EXPECT_EQ(Must(Call<v1::Indicator>(caller, get)).baseline(), 2) << caller.agency;
  }
  request.mutable_indicator()->set_indicator_id("none-before");
  request.mutable_indicator()->set_baseline(0);
  table = TableOf(Must(Call<v1::Indicator>(staff_, request)), police_);
  EXPECT_EQ(table.baseline_status(), v1::FIGURE_STATUS_SHOWN);
  EXPECT_TRUE(table.indicator().has_baseline());
  request.mutable_indicator()->set_indicator_id("unknown-before");
  request.mutable_indicator()->clear_baseline();
  table = TableOf(Must(Call<v1::Indicator>(staff_, request)), police_);
  EXPECT_EQ(table.baseline_status(), v1::FIGURE_STATUS_UNSPECIFIED);
  request.mutable_indicator()->set_indicator_id("first-nations");
  request.mutable_indicator()->set_indigenous_disaggregated(true);
  request.mutable_indicator()->set_baseline(900);
  EXPECT_THAT(Call<v1::Indicator>(staff_, request), RefusedBy(rules::kDataAuthorisationMissing));
}

TEST_F(IndicatorTables, HaveNoBaselineAndNoTargetBelowNothing) {
  v1::CreateIndicatorRequest request = NewIndicator("visits");
  request.mutable_indicator()->set_baseline(-1);
  EXPECT_THAT(Call<v1::Indicator>(staff_, request), RefusedBy(rules::kFieldInvalid));
  request.mutable_indicator()->set_baseline(0);
  request.mutable_indicator()->set_target(-1);
  EXPECT_THAT(Call<v1::Indicator>(staff_, request), RefusedBy(rules::kFieldInvalid));
  request.mutable_indicator()->set_target(10);
  v1::Indicator indicator = Must(Call<v1::Indicator>(staff_, request));
  v1::ReviseIndicatorRequest revise;
  revise.set_definition("Measured otherwise");
  revise.set_source_ref("a letter");
  revise.set_target(-1);
  EXPECT_EQ(Move(staff_, &indicator, revise), "FIELD_INVALID");
}

TEST_F(IndicatorTables, SayThatAFigureIsOverdueTenBusinessDaysAfterItsPeriodAndNotBefore) {
  On("2017-01-03");
  v1::CreateIndicatorRequest request = NewIndicator("monthly");
  request.mutable_indicator()->set_periodicity(v1::PERIODICITY_MONTHLY);
  const v1::Indicator monthly = Must(Call<v1::Indicator>(staff_, request));
  request.mutable_indicator()->set_indicator_id("once");
  request.mutable_indicator()->set_periodicity(v1::PERIODICITY_ONCE);
  const v1::Indicator once = Must(Call<v1::Indicator>(staff_, request));
  // The tenth business day after 2017-01-31 is a Tuesday.
  On("2017-02-14");
  EXPECT_EQ(TableOf(monthly, police_).overdue_since(), "");
  On("2017-02-15");
  EXPECT_EQ(TableOf(monthly, police_).overdue_since(), "2017-02-14");
  EXPECT_EQ(TableOf(once, police_).overdue_since(), "");
  // A figure that covers the period ends the delay, and in March the figure of February is not due yet.
  v1::CreateIndicatorObservationRequest covers = NewObservation(monthly);
  covers.mutable_indicator_observation()->set_period_start("2017-01-01");
  covers.mutable_indicator_observation()->set_period_end("2017-01-31");
  VerifiedOf(covers);
  EXPECT_EQ(TableOf(monthly, police_).overdue_since(), "");
  On("2017-03-10");
  EXPECT_EQ(TableOf(monthly, police_).overdue_since(), "");
}

TEST_F(IndicatorTables, OweNothingOfATimeBeforeTheIndicatorWasThere) {
  v1::CreateIndicatorRequest request = NewIndicator("yearly");
  request.mutable_indicator()->set_periodicity(v1::PERIODICITY_YEARLY);
  const v1::Indicator yearly = Must(Call<v1::Indicator>(staff_, request));
  EXPECT_EQ(TableOf(yearly, police_).overdue_since(), "");
  // The fiscal year ends on 2027-03-31, a Wednesday; Good Friday and Easter Monday came before it.
  On("2027-04-14");
  EXPECT_EQ(TableOf(yearly, police_).overdue_since(), "");
  On("2027-04-15");
  EXPECT_EQ(TableOf(yearly, police_).overdue_since(), "2027-04-14");
}

TEST_F(IndicatorTables, ComeInPagesAndOfAnAbsentIndicatorThereIsNone) {
  for (const char* id : {"a", "b", "c"}) Made(id, v1::INDICATOR_SENSITIVITY_PEOPLE);
  v1::TabulateIndicatorsRequest request;
  request.set_page_size(2);
  std::vector<std::string> ids;
  do {
    const auto page = Must(Call<v1::TabulateIndicatorsResponse>(police_, request));
    for (const auto& table : page.indicator_tables()) ids.push_back(table.indicator().indicator_id());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(ids, ElementsAre("a", "b", "c"));
  v1::TabulateIndicatorsRequest absent;
  absent.set_indicator("agencies/co-pahtco/indicators/absent");
  EXPECT_THAT(Call<v1::TabulateIndicatorsResponse>(police_, absent), RefusedBy(rules::kNotFound));
}

}  // namespace
}  // namespace accord::strategy
