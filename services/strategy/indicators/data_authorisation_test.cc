#include <string>
#include <utility>

#include "common/testing/postgres.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class DataAuthorisations : public StrategyFixture, public ::testing::WithParamInterface<bool> {
 protected:
  DataAuthorisations()
      : StrategyFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  static Caller Elder(const std::string& agency) {
    return Someone(agency, annotations::v1::AGENCY_KIND_INDIGENOUS_ORGANISATION,
                   annotations::v1::ROLE_INDIGENOUS_REP, "elder");
  }
  const Caller elders_ = Elder("io-elders"), council_ = Elder("io-council");

  // This makes an indicator of the Ministry of Labour that has a verified figure and that both bodies govern.
  v1::Indicator Governed(int64_t value = 450) {
    v1::CreateIndicatorRequest request = NewIndicator("first-nations");
    request.mutable_indicator()->set_indigenous_disaggregated(true);
    request.mutable_indicator()->add_governing_bodies("io-elders");
    request.mutable_indicator()->add_governing_bodies("io-council");
    const auto indicator = Must(Call<v1::Indicator>(staff_, request));
    v1::CreateIndicatorObservationRequest observe = NewObservation(indicator);
    observe.mutable_indicator_observation()->set_value(value);
    auto observation = Must(Call<v1::IndicatorObservation>(mol_, observe));
    EXPECT_EQ(Move(mol_, &observation, v1::SubmitIndicatorObservationRequest()), "");
    EXPECT_EQ(Verify(&observation), "");
    observation_ = observation.name();
    return indicator;
  }
  static v1::CreateDataAuthorisationRequest NewAgreement(const v1::Indicator& indicator, const Caller& body,
                                                         const std::string& expires_on = "") {
    v1::CreateDataAuthorisationRequest request;
    request.set_parent("agencies/" + body.agency);
    auto* agreement = request.mutable_data_authorisation();
    agreement->set_indicator(indicator.name());
    agreement->set_scope("yearly figures, for the strategy's report");
    agreement->set_granted_on("2026-11-24");
    agreement->set_expires_on(expires_on);
    agreement->set_source_ref("a resolution of the council");
    return request;
  }
  v1::DataAuthorisation Agreed(const v1::Indicator& indicator, const Caller& body,
                               const std::string& expires_on = "") {
    return Must(Call<v1::DataAuthorisation>(body, NewAgreement(indicator, body, expires_on)));
  }
  // Everybody sees the same, which is either all figures or none.
  void ExpectTold(const v1::Indicator& indicator, bool told) {
    for (const Caller& caller : {police_, mag_, mol_, staff_, elders_}) {
      const v1::IndicatorTable table = TableOf(indicator, caller);
      EXPECT_EQ(table.state(),
                told ? v1::INDICATOR_TABLE_STATE_OPEN : v1::INDICATOR_TABLE_STATE_NO_AUTHORISATION)
          << caller.agency;
      EXPECT_EQ(table.figures_size(), told ? 1 : 0) << caller.agency;
    }
    // Nobody else sees the observation itself, whatever was agreed.
    EXPECT_EQ(ReadObservation(observation_, police_), "NOT_FOUND");
  }

  std::string observation_;
};

INSTANTIATE_TEST_SUITE_P(Databases, DataAuthorisations, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(DataAuthorisations, OpenATableOnceEachGoverningBodyHasAgreedUntilOneTakesItBack) {
  const v1::Indicator indicator = Governed();
  ExpectTold(indicator, false);
  v1::DataAuthorisation agreement = Agreed(indicator, elders_);
  ExpectTold(indicator, false);
  Agreed(indicator, council_);
  ExpectTold(indicator, true);
  EXPECT_EQ(TableOf(indicator, police_).figures(0).value(), 450);
  ASSERT_EQ(Move(elders_, &agreement, v1::WithdrawDataAuthorisationRequest()), "");
  EXPECT_EQ(agreement.withdrawn_on(), "2026-11-24");
  ExpectTold(indicator, false);
  EXPECT_EQ(Move(elders_, &agreement, v1::WithdrawDataAuthorisationRequest()), "STATE_NOT_PERMITTED");
}

TEST_P(DataAuthorisations, EndWithTheirLastDayThoughNobodyComesBy) {
  const v1::Indicator indicator = Governed();
  Agreed(indicator, elders_, "2026-11-30");
  Agreed(indicator, council_);
  On("2026-11-30");
  ExpectTold(indicator, true);
  On("2026-12-01");
  ExpectTold(indicator, false);
}

TEST_P(DataAuthorisations, AreOfTheDefinitionThatWasAgreedTo) {
  v1::Indicator indicator = Governed();
  Agreed(indicator, elders_);
  Agreed(indicator, council_);
  v1::ReviseIndicatorRequest revise;
  revise.set_definition("Counted otherwise");
  revise.set_source_ref("a letter");
  ASSERT_EQ(Move(staff_, &indicator, revise), "");
  ExpectTold(indicator, false);
  Agreed(indicator, elders_);
  Agreed(indicator, council_);
  ExpectTold(indicator, true);
}

TEST_P(DataAuthorisations, TellNoFigureOfFew) {
  const v1::Indicator indicator = Governed(3);
  Agreed(indicator, elders_);
  Agreed(indicator, council_);
  ExpectTold(indicator, true);
  const v1::IndicatorTable table = TableOf(indicator, police_);
  EXPECT_EQ(table.figures(0).status(), v1::FIGURE_STATUS_SUPPRESSED);
  EXPECT_FALSE(table.figures(0).has_value());
}

TEST_P(DataAuthorisations, AreGivenByTheGoverningBodiesThatTheIndicatorNamesAlone) {
  v1::Indicator indicator = Governed();
  const Caller others = Elder("io-others");
  EXPECT_EQ(RuleOfRequest(others, NewAgreement(indicator, others)), "NOT_ASKED");
  EXPECT_EQ(RuleOfRequest(others, NewAgreement(indicator, elders_)), "NOT_FOUND") << "in another's name";
  EXPECT_EQ(RuleOfRequest(staff_, NewAgreement(indicator, staff_)), "ROLE_NOT_PERMITTED");
  v1::CreateDataAuthorisationRequest later = NewAgreement(indicator, elders_);
  later.mutable_data_authorisation()->set_granted_on("2026-11-25");
  EXPECT_EQ(RuleOfRequest(elders_, later), "EVENT_IN_FUTURE");
  EXPECT_EQ(RuleOfRequest(elders_, NewAgreement(indicator, elders_, "2026-11-23")), "DATES_OUT_OF_ORDER");
  v1::CreateIndicatorRequest open = NewIndicator("open");
  open.mutable_indicator()->add_governing_bodies("io-elders");
  EXPECT_EQ(RuleOfRequest(staff_, open), "FIELD_INVALID") << "it distinguishes nobody";
  v1::RetireIndicatorRequest retire;
  retire.set_reason("measured otherwise");
  ASSERT_EQ(Move(staff_, &indicator, retire), "");
  EXPECT_EQ(RuleOfRequest(elders_, NewAgreement(indicator, elders_)), "INDICATOR_RETIRED");
}

TEST_P(DataAuthorisations, AreReadByWhomTheyConcernAndTakenBackByWhoGaveThem) {
  const v1::Indicator indicator = Governed();
  v1::DataAuthorisation agreement = Agreed(indicator, elders_);
  v1::GetDataAuthorisationRequest get;
  get.set_name(agreement.name());
  for (const Caller& caller : {elders_, staff_, director_, mol_}) {
    EXPECT_EQ(RuleOfRequest(caller, get), "") << caller.agency;
  }
  for (const Caller& caller : {council_, mag_}) {
    EXPECT_EQ(RuleOfRequest(caller, get), "NOT_FOUND") << caller.agency;
    EXPECT_THAT(Must(Call<v1::ListDataAuthorisationsResponse>(caller, v1::ListDataAuthorisationsRequest()))
                    .data_authorisations(),
                IsEmpty())
        << caller.agency;
  }
  v1::ListDataAuthorisationsRequest about;
  about.set_indicator(indicator.name());
  EXPECT_THAT(Must(Call<v1::ListDataAuthorisationsResponse>(mol_, about)).data_authorisations(), SizeIs(1));
  EXPECT_EQ(Move(council_, &agreement, v1::WithdrawDataAuthorisationRequest()), "NOT_FOUND");
}

}  // namespace
}  // namespace accord::strategy
