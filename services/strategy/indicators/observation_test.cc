#include <string>
#include <vector>

#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class Observations : public StrategyFixture {
 protected:
  v1::ListIndicatorObservationsResponse Listed(const Caller& caller) {
    return Must(Call<v1::ListIndicatorObservationsResponse>(caller, v1::ListIndicatorObservationsRequest()));
  }
  // This makes an observation of this month of 2016.
  v1::IndicatorObservation VerifiedIn(const v1::Indicator& indicator, int month, int64_t value) {
    v1::CreateIndicatorObservationRequest request = NewObservation(indicator);
    auto* observation = request.mutable_indicator_observation();
    observation->set_period_start(absl::StrCat("2016-0", month, "-01"));
    observation->set_period_end(absl::StrCat("2016-0", month, "-28"));
    observation->set_value(value);
    observation->set_as_stated(absl::StrCat(value, " of them"));
    auto made = Must(Call<v1::IndicatorObservation>(mol_, request));
    EXPECT_EQ(Move(mol_, &made, v1::SubmitIndicatorObservationRequest()), "");
    EXPECT_EQ(Verify(&made), "");
    return made;
  }
  // This gives what a caller reads of each observation, in a list and by itself, as the figure or `withheld`.
  std::vector<std::string> FiguresReadBy(const Caller& caller) {
    std::vector<std::string> figures;
    const v1::ListIndicatorObservationsResponse list = Listed(caller);
    for (const v1::IndicatorObservation& listed : list.indicator_observations()) {
      v1::IndicatorObservation read;
      EXPECT_EQ(ReadObservation(listed.name(), caller, &read), "");
      EXPECT_EQ(read.DebugString(), listed.DebugString());
      EXPECT_EQ(read.withheld(), !read.has_value());
      if (read.withheld()) {
        EXPECT_EQ(read.text() + read.as_stated() + read.correction_reason(), "");
      }
      figures.push_back(read.withheld() ? "withheld" : absl::StrCat(read.value()));
    }
    return figures;
  }
};

TEST_F(Observations, AreTheMinistrysAndTheOfficesUntilTheyAreVerifiedAndEverybodysThen) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  v1::IndicatorObservation observation = Submitted(indicator);
  for (const Caller& caller : {mag_, police_}) {
    EXPECT_EQ(ReadObservation(observation.name(), caller), "NOT_FOUND") << caller.agency;
    EXPECT_THAT(Listed(caller).indicator_observations(), IsEmpty()) << caller.agency;
  }
  for (const Caller& caller : {mol_, staff_, director_}) {
    EXPECT_EQ(ReadObservation(observation.name(), caller), "") << caller.agency;
    EXPECT_THAT(Listed(caller).indicator_observations(), SizeIs(1)) << caller.agency;
  }
  ASSERT_EQ(Verify(&observation), "");
  for (const Caller& caller : {mag_, police_, mol_, staff_}) {
    v1::IndicatorObservation read;
    ASSERT_EQ(ReadObservation(observation.name(), caller, &read), "") << caller.agency;
    EXPECT_EQ(read.value(), 450);
    EXPECT_EQ(read.qualifier(), v1::QUALIFIER_ABOUT);
    EXPECT_EQ(read.as_stated(), "approximately 450");
    EXPECT_THAT(Listed(caller).indicator_observations(), SizeIs(1)) << caller.agency;
  }
}

TEST_F(Observations, AreVerifiedByAnotherAgencyThanObserves) {
  v1::IndicatorObservation observation = Submitted(Measured("inspectors-trained"));
  const v1::VerifyIndicatorObservationRequest verify;
  EXPECT_EQ(Move(mol_, &observation, verify), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(Move(director_, &observation, verify), "ROLE_NOT_PERMITTED");
  v1::CreateIndicatorObservationRequest by_office = NewObservation(Measured("another"));
  EXPECT_THAT(Call<v1::IndicatorObservation>(staff_, by_office), RefusedBy(rules::kAgencyKindNotPermitted));
  EXPECT_EQ(Verify(&observation), "");
}

TEST_F(Observations, AreVerifiedByWhoHasOpenedThemSinceTheyWereSubmitted) {
  v1::IndicatorObservation observation = Drafted(Measured("inspectors-trained"));
  // Reading a draft does not count as opening the version that is submitted later.
  ASSERT_EQ(ReadObservation(observation.name(), staff_), "");
  ASSERT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "");
  const v1::VerifyIndicatorObservationRequest verify;
  EXPECT_EQ(Move(staff_, &observation, verify), "EVIDENCE_NOT_OPENED");
  EXPECT_THAT(Listed(staff_).indicator_observations(), SizeIs(1));
  EXPECT_EQ(Move(staff_, &observation, verify), "EVIDENCE_NOT_OPENED") << "a list opens nothing";
  const Caller colleague = Someone("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                                   annotations::v1::ROLE_OFFICE_STAFF, "colleague");
  for (const Caller& another : {colleague, director_, mol_}) {
    ASSERT_EQ(ReadObservation(observation.name(), another), "") << another.actor;
  }
  EXPECT_EQ(Move(staff_, &observation, verify), "EVIDENCE_NOT_OPENED") << "others have opened it";
  EXPECT_EQ(ReadObservation(observation.name(), mag_), "NOT_FOUND") << "nothing has become of it";

  ASSERT_EQ(ReadObservation(observation.name(), staff_), "");
  ASSERT_EQ(ReadObservation(observation.name(), staff_), "") << "nobody is kept from opening it again";
  v1::ReturnIndicatorObservationRequest back;
  back.set_reason("which list is it?");
  ASSERT_EQ(Move(colleague, &observation, back), "");
  ASSERT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "");
  EXPECT_EQ(Move(staff_, &observation, verify), "EVIDENCE_NOT_OPENED") << "it was submitted anew since";
  EXPECT_EQ(Verify(&observation), "");
  // A correction has to be opened separately.
  ASSERT_EQ(Correct(&observation, 448), "");
  EXPECT_EQ(Move(staff_, &observation, verify), "EVIDENCE_NOT_OPENED");
  EXPECT_EQ(Verify(&observation), "");
}

TEST_F(Observations, HaveAFigureOrWordsAndNothingIsNotZero) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  v1::CreateIndicatorObservationRequest request = NewObservation(indicator);
  request.mutable_indicator_observation()->set_text("many");
  EXPECT_THAT(Call<v1::IndicatorObservation>(mol_, request), RefusedBy(rules::kValueOrText));
  request.mutable_indicator_observation()->clear_value();
  EXPECT_FALSE(Must(Call<v1::IndicatorObservation>(mol_, request)).has_value());
  request.mutable_indicator_observation()->clear_text();
  EXPECT_THAT(Call<v1::IndicatorObservation>(mol_, request), RefusedBy(rules::kValueOrText));
  request.mutable_indicator_observation()->set_value(0);
  const auto zero = Must(Call<v1::IndicatorObservation>(mol_, request));
  EXPECT_TRUE(zero.has_value());
  EXPECT_EQ(zero.value(), 0);
  request.mutable_indicator_observation()->set_value(-1);
  EXPECT_THAT(Call<v1::IndicatorObservation>(mol_, request), RefusedBy(rules::kFieldInvalid));
  request = NewObservation(indicator);
  request.mutable_indicator_observation()->clear_qualifier();
  EXPECT_THAT(Call<v1::IndicatorObservation>(mol_, request), RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(Listed(mol_).indicator_observations(), SizeIs(2));
}

TEST_F(Observations, AreOfAPeriodThatIsOver) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  v1::CreateIndicatorObservationRequest request = NewObservation(indicator);
  request.mutable_indicator_observation()->set_period_end("2016-06-29");
  EXPECT_THAT(Call<v1::IndicatorObservation>(mol_, request), RefusedBy(rules::kDatesContradict));
  request.mutable_indicator_observation()->set_period_end("2026-11-24");
  v1::IndicatorObservation observation = Must(Call<v1::IndicatorObservation>(mol_, request));
  EXPECT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "PERIOD_OPEN");
  On("2026-11-25");
  EXPECT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "");
}

TEST_F(Observations, AreOfTheMinistrysOwnIndicatorsWhileTheseAreCurrent) {
  v1::Indicator indicator = Measured("inspectors-trained");
  v1::CreateIndicatorObservationRequest request = NewObservation(indicator);
  request.set_parent("agencies/min-mag");
  EXPECT_THAT(Call<v1::IndicatorObservation>(mag_, request), RefusedBy(rules::kNotTheOwner));
  EXPECT_THAT(Call<v1::IndicatorObservation>(mag_, NewObservation(indicator)), RefusedBy(rules::kNotFound));
  v1::RetireIndicatorRequest retire;
  retire.set_reason("measured otherwise");
  ASSERT_EQ(Move(staff_, &indicator, retire), "");
  EXPECT_THAT(Call<v1::IndicatorObservation>(mol_, NewObservation(indicator)),
              RefusedBy(rules::kIndicatorRetired));
}

TEST_F(Observations, ThatAreSentBackAreWrittenAnewAndSubmittedAgain) {
  v1::IndicatorObservation observation = Submitted(Measured("inspectors-trained"));
  v1::ReturnIndicatorObservationRequest back;
  back.set_reason("which list is it?");
  ASSERT_EQ(Move(staff_, &observation, back), "");
  EXPECT_EQ(observation.return_reason(), "which list is it?");
  v1::ReviseIndicatorObservationRequest revise;
  *revise.mutable_indicator_observation() = observation;
  revise.mutable_indicator_observation()->set_value(451);
  v1::IndicatorObservation revised;
  ASSERT_EQ(Rule(Call<v1::IndicatorObservation>(mol_, revise), &revised), "");
  EXPECT_EQ(revised.value(), 451);
  // If two tabs have the same version, the second one is refused.
  EXPECT_EQ(Rule(Call<v1::IndicatorObservation>(mol_, revise)), "ETAG_MISMATCH");
  ASSERT_EQ(Move(mol_, &revised, v1::SubmitIndicatorObservationRequest()), "");
  EXPECT_EQ(revised.return_reason(), "");
  EXPECT_EQ(Rule(Call<v1::IndicatorObservation>(mol_, revise)), "STATE_NOT_PERMITTED");
}

TEST_F(Observations, AreCorrectedVisiblyAndNeverUnmade) {
  const v1::IndicatorObservation wrong = Verified(Measured("inspectors-trained"));
  v1::IndicatorObservation right = wrong;
  ASSERT_EQ(Correct(&right, 448), "");
  EXPECT_EQ(right.corrects(), wrong.name());
  EXPECT_EQ(right.state(), v1::OBSERVATION_STATE_SUBMITTED);
  EXPECT_EQ(ReadObservation(right.name(), police_), "NOT_FOUND");
  v1::IndicatorObservation kept;
  ASSERT_EQ(ReadObservation(wrong.name(), police_, &kept), "");
  EXPECT_EQ(kept.state(), v1::OBSERVATION_STATE_CORRECTED);
  EXPECT_EQ(kept.value(), 450);
  // A person who read neither version corrects it once more.
  v1::IndicatorObservation again = wrong;
  EXPECT_EQ(Correct(&again, 449), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Verify(&right), "");
  ASSERT_EQ(ReadObservation(right.name(), police_, &right), "");
  EXPECT_EQ(right.value(), 448);
  EXPECT_EQ(right.correction_reason(), "") << "of two people the ministry and the office alone read";
  ASSERT_EQ(ReadObservation(right.name(), staff_, &right), "");
  EXPECT_EQ(right.correction_reason(), "two were counted twice");
}

TEST_F(Observations, OfAPeriodOneIsVerifiedAndCorrectedAndNoneBesideIt) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  v1::IndicatorObservation first = Submitted(indicator), second = Submitted(indicator);
  ASSERT_EQ(Verify(&first), "");
  EXPECT_EQ(Verify(&second), "ALREADY_RECORDED");
  EXPECT_EQ(RuleOfRequest(mol_, NewObservation(indicator)), "ALREADY_RECORDED");
  // The period is also taken while its observation is being corrected.
  v1::IndicatorObservation right = first;
  ASSERT_EQ(Correct(&right, 448), "");
  EXPECT_EQ(RuleOfRequest(mol_, NewObservation(indicator)), "ALREADY_RECORDED");
  EXPECT_EQ(Move(staff_, &second, v1::VerifyIndicatorObservationRequest()), "ALREADY_RECORDED");
  ASSERT_EQ(Verify(&right), "");
  v1::IndicatorObservation again = right;
  ASSERT_EQ(Correct(&again, 447), "");
  EXPECT_EQ(Verify(&again), "");
  v1::CreateIndicatorObservationRequest other = NewObservation(indicator);
  other.mutable_indicator_observation()->set_period_end("2017-02-24");
  EXPECT_EQ(RuleOfRequest(mol_, other), "");
  EXPECT_EQ(RuleOfRequest(mol_, NewObservation(Measured("another"))), "");
}

TEST_F(Observations, KeepTheDefinitionThatTheyWereMadeWith) {
  v1::Indicator indicator = Measured("inspectors-trained");
  const v1::IndicatorObservation before = Verified(indicator);
  v1::ReviseIndicatorRequest revise;
  revise.set_definition("Inspectors who completed awareness training");
  revise.set_source_ref("a letter");
  ASSERT_EQ(Move(staff_, &indicator, revise), "");
  EXPECT_EQ(indicator.definition_version(), 2);
  ASSERT_THAT(indicator.definitions(), SizeIs(2));
  EXPECT_EQ(indicator.definitions(0).version(), 1);
  EXPECT_EQ(indicator.definitions(0).text(), NewIndicator("any").indicator().definition());
  EXPECT_EQ(indicator.definitions(1).version(), 2);
  EXPECT_EQ(indicator.definitions(1).text(), "Inspectors who completed awareness training");
  EXPECT_THAT(TableOf(indicator, police_).indicator().definitions(), SizeIs(2));
  v1::IndicatorObservation read;
  ASSERT_EQ(ReadObservation(before.name(), police_, &read), "");
  EXPECT_EQ(read.definition_version(), 1);
  EXPECT_EQ(Drafted(indicator).definition_version(), 2);
}

TEST_F(Observations, OfAnOutcomeThatNobodyHasMeasuredThereAreNone) {
  v1::CreateIndicatorRequest request = NewIndicator("homelessness");
  request.mutable_indicator()->set_type(v1::INDICATOR_TYPE_OUTCOME);
  request.mutable_indicator()->set_owner_ministry("min-mcys");
  request.mutable_indicator()->set_source_ref("seed row 29");
  const v1::Indicator outcome = Must(Call<v1::Indicator>(staff_, request));
  EXPECT_FALSE(outcome.has_baseline());
  EXPECT_FALSE(outcome.has_target());
  v1::ListIndicatorsRequest of_ministry;
  of_ministry.set_owner_ministry("min-mcys");
  const auto listed = Must(Call<v1::ListIndicatorsResponse>(police_, of_ministry));
  ASSERT_THAT(listed.indicators(), SizeIs(1));
  EXPECT_EQ(listed.indicators(0).name(), outcome.name());
  EXPECT_THAT(Listed(staff_).indicator_observations(), IsEmpty());
}

TEST_F(Observations, OfFewPeopleAreReadByTheirMinistryAndTheOfficeAloneWithWhatTheyWouldFollowFrom) {
  const v1::Indicator indicator = Measured("people");
  VerifiedIn(indicator, 1, 40);
  VerifiedIn(indicator, 2, 3);
  VerifiedIn(indicator, 3, 7);
  for (const Caller& caller : {police_, mag_}) {
    EXPECT_THAT(FiguresReadBy(caller), UnorderedElementsAre("40", "withheld", "withheld")) << caller.agency;
  }
  for (const Caller& caller : {mol_, staff_, director_}) {
    EXPECT_THAT(FiguresReadBy(caller), UnorderedElementsAre("40", "3", "7")) << caller.agency;
  }
}

TEST_F(Observations, OfFewPeopleAreNotReadInWhatCorrectsThemOrWasCorrected) {
  v1::IndicatorObservation larger = VerifiedIn(Measured("larger"), 1, 3);
  ASSERT_EQ(Correct(&larger, 60), "");
  ASSERT_EQ(Verify(&larger), "");
  EXPECT_THAT(FiguresReadBy(police_), UnorderedElementsAre("withheld", "60"));
  v1::IndicatorObservation smaller = VerifiedIn(Measured("smaller"), 1, 50);
  ASSERT_EQ(Correct(&smaller, 4), "");
  ASSERT_EQ(Verify(&smaller), "");
  EXPECT_THAT(FiguresReadBy(police_), UnorderedElementsAre("withheld", "60", "withheld", "withheld"));
  EXPECT_THAT(FiguresReadBy(mol_), UnorderedElementsAre("3", "60", "50", "4"));
}

TEST_F(Observations, AreReadWithoutTheSourcesThatTellOfFewPeople) {
  v1::CreateIndicatorObservationRequest request = NewObservation(Measured("people"));
  auto* observation = request.mutable_indicator_observation();
  observation->set_evidence(0, "seed row 3");
  observation->add_evidence("interviews with three minors");
  observation->set_source_ref("a letter about two minors");
  auto made = Must(Call<v1::IndicatorObservation>(mol_, request));
  ASSERT_EQ(Move(mol_, &made, v1::SubmitIndicatorObservationRequest()), "");
  ASSERT_EQ(Verify(&made), "");
  v1::IndicatorObservation read;
  ASSERT_EQ(ReadObservation(made.name(), police_, &read), "");
  EXPECT_EQ(read.value(), 450);
  EXPECT_EQ(read.source_ref(), "");
  EXPECT_THAT(read.evidence(), ::testing::ElementsAre("seed row 3"));
  for (const Caller& caller : {mol_, staff_}) {
    ASSERT_EQ(ReadObservation(made.name(), caller, &read), "");
    EXPECT_EQ(read.source_ref(), "a letter about two minors") << caller.agency;
    EXPECT_THAT(read.evidence(), SizeIs(2)) << caller.agency;
  }
}

TEST_F(Observations, OfNoPeopleAreReadAsTheyAreHoweverSmall) {
  v1::CreateIndicatorRequest posts = NewIndicator("posts");
  posts.mutable_indicator()->set_sensitivity(v1::INDICATOR_SENSITIVITY_NO_PEOPLE);
  VerifiedIn(Must(Call<v1::Indicator>(staff_, posts)), 1, 3);
  EXPECT_THAT(FiguresReadBy(police_), UnorderedElementsAre("3"));
}

TEST_F(Observations, OfAMinistryAreMeasuredByIndicatorsThatItMayEnterItself) {
  v1::CreateIndicatorRequest own = NewIndicator("own");
  own.set_parent("agencies/min-mol");
  EXPECT_OK(Call<v1::Indicator>(mol_, own));
  v1::CreateIndicatorRequest other = NewIndicator("other");
  other.set_parent("agencies/min-mag");
  EXPECT_THAT(Call<v1::Indicator>(mag_, other), RefusedBy(rules::kNotTheOwner));
  v1::CreateIndicatorRequest lost = NewIndicator("lost");
  lost.mutable_indicator()->set_initiative("agencies/co-pahtco/initiatives/absent");
  EXPECT_THAT(Call<v1::Indicator>(staff_, lost), RefusedBy(rules::kNotFound));
}

}  // namespace
}  // namespace accord::strategy
