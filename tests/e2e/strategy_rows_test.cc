// These are the rows of the founding document that the strategy service itself fulfils, loaded by the real
// command and shown through the gateway.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "accord/strategy/v1/engagement_service.pb.h"
#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/initiative_service.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace st = accord::strategy::v1;
using ::testing::HasSubstr;

class Strategy : public ServiceRows {
 protected:
  Strategy()
      : ServiceRows("strategy", "funding"),
        office_(Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}, {"director", ROLE_OFFICE_DIRECTOR}})) {
    ctl_.SetContext("office", identities_.at("co-pahtco"), "staff", "funding");
  }

  Ran Load() const {
    return ctl_(absl::StrCat("--context office strategy load-founding ", std::getenv("ACCORD_SOURCE_DIR"),
                             "/services/strategy/data/founding.textproto"));
  }
  std::map<std::string, st::Initiative> Initiatives() {
    std::map<std::string, st::Initiative> initiatives;
    const auto page = Must<st::ListInitiativesResponse>(office_, "staff", "InitiativeService/ListInitiatives",
                                                        st::ListInitiativesRequest());
    for (const st::Initiative& each : page.initiatives()) initiatives[each.initiative_id()] = each;
    return initiatives;
  }
  st::LegislativeInitiative Bill(const std::string& id) {
    st::GetLegislativeInitiativeRequest get;
    get.set_name("agencies/co-pahtco/legislativeInitiatives/" + id);
    return Must<st::LegislativeInitiative>(office_, "staff", "InitiativeService/GetLegislativeInitiative",
                                           get);
  }
  st::Envelope EnvelopeOf(const std::string& id) {
    st::GetEnvelopeRequest get;
    get.set_name("agencies/co-pahtco/envelopes/" + id);
    return Must<st::Envelope>(office_, "staff", "MoneyService/GetEnvelope", get);
  }
  // Commits this many cents of the envelope, in a year if one is named, and expects that not one more can
  // be committed.
  void CommitsNoMoreThan(int64_t most, const std::string& envelope, const std::string& year = "") {
    st::CreateAllocationRequest plan;
    plan.set_parent("agencies/co-pahtco");
    plan.mutable_allocation()->set_envelope(envelope);
    plan.mutable_allocation()->set_recipient("min-mag");
    plan.mutable_allocation()->set_fiscal_year(year);
    plan.mutable_allocation()->set_source_ref("a test");
    for (const int64_t cents : {most, int64_t{1}}) {
      plan.mutable_allocation()->set_amount_cents(cents);
      const auto allocation = Must<st::Allocation>(office_, "staff", "MoneyService/CreateAllocation", plan);
      st::CommitAllocationRequest commit;
      commit.set_name(allocation.name());
      commit.set_etag(allocation.etag());
      const auto committed =
          Call<st::Allocation>(office_, "director", "MoneyService/CommitAllocation", commit);
      EXPECT_EQ(RuleOf(committed.status()), cents == most ? "" : "ENVELOPE_EXCEEDED") << cents;
    }
  }

  const Accordctl ctl_{stack_};
  const AgencyClient office_;
};

TEST_F(Strategy, SeedRow01_EveryInitiativeHasOneLeadAStatusAndASourceInOneList) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const auto initiatives = Initiatives();
  EXPECT_EQ(initiatives.size(), 18u);
  for (const auto& [id, initiative] : initiatives) {
    EXPECT_NE(initiative.lead_ministry(), "") << id;
    EXPECT_NE(initiative.state(), st::INITIATIVE_STATE_UNSPECIFIED) << id;
    EXPECT_NE(initiative.pillar(), st::PILLAR_UNSPECIFIED) << id;
    EXPECT_THAT(initiative.source_ref(), HasSubstr("Progress report 2017-02-23")) << id;
    // Nothing that the report plans is shown as begun, and nothing is shown as delivered without
    // its ministry.
    EXPECT_EQ(initiative.state(), initiative.tense_as_reported() == st::REPORTED_TENSE_PLANNED
                                      ? st::INITIATIVE_STATE_PLANNED
                                      : st::INITIATIVE_STATE_UNDERWAY)
        << id;
    EXPECT_EQ(initiative.state_since(), "") << id;
  }
  EXPECT_EQ(initiatives.at("co-office").tense_as_reported(), st::REPORTED_TENSE_DONE);
  EXPECT_EQ(initiatives.at("ilif").state(), st::INITIATIVE_STATE_PLANNED);
  EXPECT_EQ(initiatives.at("cas-police-protocols").partner_ministries_size(), 1);
  const Ran shown = ctl_("--context office strategy initiatives");
  EXPECT_EQ(shown.code, 0) << shown.said;
  EXPECT_THAT(shown.said, HasSubstr("Provincial Human Trafficking Prosecution Team"));
  EXPECT_THAT(shown.said, HasSubstr("REPORTED AS"));
  // A second load changes nothing.
  const Ran again = Load();
  ASSERT_EQ(again.code, 0) << again.said;
  EXPECT_THAT(again.said, HasSubstr("entered 0,"));
  EXPECT_EQ(Initiatives().at("co-office").etag(), initiatives.at("co-office").etag());
}

TEST_F(Strategy, E1_AnInitiativeThatNobodyLeadsIsRefused) {
  st::CreateInitiativeRequest create;
  create.set_parent("agencies/co-pahtco");
  auto* initiative = create.mutable_initiative();
  initiative->set_initiative_id("nobodys");
  initiative->set_title("An undertaking of a test");
  initiative->set_pillar(st::PILLAR_PREVENTION_AND_COMMUNITY_SUPPORTS);
  initiative->set_source_ref("a test");
  const std::string method = "InitiativeService/CreateInitiative";
  EXPECT_EQ(RuleOf(Call<st::Initiative>(office_, "staff", method, create).status()), "FIELD_INVALID");
  EXPECT_TRUE(Initiatives().empty());
  initiative->set_lead_ministry("min-mag");
  EXPECT_OK(Call<st::Initiative>(office_, "staff", method, create)) << "it lacked nothing else";
}

TEST_F(Strategy, SeedRow03_TwelveCoalitionsAndCloseTo160OrganisationsOnTheCommunityFund) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const auto rollups = Must<st::ListEngagementRollupsResponse>(
      office_, "staff", "EngagementService/ListEngagementRollups", st::ListEngagementRollupsRequest());
  ASSERT_EQ(rollups.engagement_rollups_size(), 1);
  const st::EngagementRollup& rollup = rollups.engagement_rollups(0);
  EXPECT_EQ(rollup.coalitions(), 12);
  EXPECT_EQ(rollup.coalitions_qualifier(), st::QUALIFIER_EXACT);
  EXPECT_EQ(rollup.organisations(), 160);
  EXPECT_EQ(rollup.organisations_qualifier(), st::QUALIFIER_CLOSE_TO);
  EXPECT_THAT(rollup.as_stated(), HasSubstr("close to 160"));
  EXPECT_EQ(rollup.fund(), "cbsf");
  // The names are not known, and none are invented.
  EXPECT_EQ(Must<st::ListCoalitionsResponse>(office_, "staff", "EngagementService/ListCoalitions",
                                             st::ListCoalitionsRequest())
                .coalitions_size(),
            0);
}

// This is scenario E3: whoever loads names later is warned at the thirteenth, and the total stays as it
// was stated.
TEST_F(Strategy, SeedRow03_AThirteenthCoalitionSaysThatTwelveWereAttested) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  st::CreateCoalitionRequest request;
  request.set_parent("agencies/co-pahtco");
  request.mutable_coalition()->set_source_ref("a test");
  std::vector<std::string> warned;
  for (int i = 1; i <= 13; ++i) {
    request.mutable_coalition()->set_coalition_id(absl::StrCat("coalition-", i));
    const auto made = Must<st::Coalition>(office_, "staff", "EngagementService/CreateCoalition", request);
    if (!made.contradicts_rollup().empty()) warned.push_back(made.coalition_id());
  }
  EXPECT_EQ(warned, std::vector<std::string>{"coalition-13"});
  const auto rollups = Must<st::ListEngagementRollupsResponse>(
      office_, "staff", "EngagementService/ListEngagementRollups", st::ListEngagementRollupsRequest());
  ASSERT_EQ(rollups.engagement_rollups_size(), 1);
  EXPECT_EQ(rollups.engagement_rollups(0).coalitions(), 12);
}

TEST_F(Strategy, SeedRow04_AnOrganisationOfTwoCoalitionsIsOneAndTheReportsNumberStays) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  for (const auto& [id, title] : std::map<std::string, std::string>{{"north", "Native Women's Centre"},
                                                                    {"south", "NATIVE WOMENS CENTRE"}}) {
    st::CreateCoalitionRequest create;
    create.set_parent("agencies/co-pahtco");
    create.mutable_coalition()->set_coalition_id(id);
    create.mutable_coalition()->set_source_ref("a test");
    auto coalition = Must<st::Coalition>(office_, "staff", "EngagementService/CreateCoalition", create);
    EXPECT_EQ(coalition.contradicts_rollup(), "") << "the report has twelve";
    st::AddCoalitionMemberRequest add;
    add.set_title(title);
    add.set_source_ref("a test");
    Move(office_, "staff", "EngagementService/AddCoalitionMember", &coalition, add);
  }
  const auto organisations = Must<st::ListOrganisationsResponse>(
      office_, "staff", "EngagementService/ListOrganisations", st::ListOrganisationsRequest());
  ASSERT_EQ(organisations.organisations_size(), 1);
  EXPECT_EQ(organisations.organisations(0).aliases_size(), 1);
  const auto rollups = Must<st::ListEngagementRollupsResponse>(
      office_, "staff", "EngagementService/ListEngagementRollups", st::ListEngagementRollupsRequest());
  ASSERT_EQ(rollups.engagement_rollups_size(), 1);
  EXPECT_EQ(rollups.engagement_rollups(0).organisations(), 160);
}

TEST_F(Strategy, SeedRow05_SurvivorsAreCountedWithoutNamesAndFewOfThemForTheOfficeAlone) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const AgencyClient labour = Enrol("min-mol", {{"lead", ROLE_MINISTRY_LEAD}});
  const auto heard = Must<st::ListEngagementsResponse>(labour, "lead", "EngagementService/ListEngagements",
                                                       st::ListEngagementsRequest());
  ASSERT_EQ(heard.engagements_size(), 1);
  EXPECT_FALSE(heard.engagements(0).has_survivors_count()) << "the report does not say how many";
  EXPECT_FALSE(heard.engagements(0).survivors_withheld()) << "nobody knows how many";
  st::CreateEngagementRequest create;
  create.set_parent("agencies/co-pahtco");
  create.mutable_engagement()->set_title("A round table");
  create.mutable_engagement()->set_fund("cbsf");
  create.mutable_engagement()->set_survivors_count(3);
  create.mutable_engagement()->set_source_ref("a test");
  const auto few = Must<st::Engagement>(office_, "staff", "EngagementService/CreateEngagement", create);
  EXPECT_EQ(few.survivors_count(), 3);
  st::GetEngagementRequest get;
  get.set_name(few.name());
  const auto outside = Must<st::Engagement>(labour, "lead", "EngagementService/GetEngagement", get);
  EXPECT_FALSE(outside.has_survivors_count());
  EXPECT_TRUE(outside.survivors_withheld());
  create.mutable_engagement()->add_themes("Jane, 416-555-0123");
  const auto named = Call<st::Engagement>(office_, "staff", "EngagementService/CreateEngagement", create);
  EXPECT_EQ(RuleOf(named.status()), "CONTACT_IN_TEXT");
}

TEST_F(Strategy, SeedRow06_WhatWasHeardPointsAtTheCommunityFund) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  st::ListEngagementsRequest of_fund;
  of_fund.set_fund("cbsf");
  const auto heard =
      Must<st::ListEngagementsResponse>(office_, "staff", "EngagementService/ListEngagements", of_fund);
  ASSERT_EQ(heard.engagements_size(), 1);
  EXPECT_EQ(heard.engagements(0).fund(), "cbsf");
  EXPECT_THAT(heard.engagements(0).source_ref(), HasSubstr("Progress report 2017-02-23"));
}

TEST_F(Strategy, SeedRow11_ABillIsInForceByTheDaysOfItsSections) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  st::LegislativeInitiative bill = Bill("anti-human-trafficking-act");
  EXPECT_EQ(bill.state(), st::LEGISLATIVE_STATE_INTRODUCED);
  EXPECT_EQ(bill.lead_ministry(), "min-msw");
  EXPECT_EQ(bill.introduced_on(), "") << "the report does not say";
  st::AdvanceLegislativeInitiativeRequest pass;
  pass.set_event("pass");
  pass.set_on("2017-05-18");
  Move(office_, "staff", "InitiativeService/AdvanceLegislativeInitiative", &bill, pass);
  st::AssentLegislativeInitiativeRequest assent;
  assent.set_assented_on("2017-05-30");
  assent.set_citation("S.O. 2017, c. 12");
  Move(office_, "staff", "InitiativeService/AssentLegislativeInitiative", &bill, assent);
  EXPECT_TRUE(std::all_of(bill.sections().begin(), bill.sections().end(),
                          [](const auto& section) { return section.in_force_on().empty(); }));
  st::CommenceLegislativeInitiativeSectionRequest orders;
  orders.set_range("ss. 2-15");
  orders.set_in_force_on("2018-05-01");
  orders.set_citation("proclamation");
  Move(office_, "staff", "InitiativeService/CommenceLegislativeInitiativeSection", &bill, orders);
  EXPECT_EQ(bill.state(), st::LEGISLATIVE_STATE_PART_IN_FORCE);
}

// The days of the second act are made up for this test.
TEST_F(Strategy, E10_NoBillIsInForceWithoutADayAndEachHasItsOwn) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const std::string commencing = "InitiativeService/CommenceLegislativeInitiativeSection";
  std::vector<st::LegislativeInitiative> bills;
  for (const char* id : {"anti-human-trafficking-act", "child-youth-and-family-services-act"}) {
    st::LegislativeInitiative& bill = bills.emplace_back(Bill(id));
    ASSERT_GE(bill.sections_size(), 1) << id;
    st::CommenceLegislativeInitiativeSectionRequest commence;
    commence.set_name(bill.name());
    commence.set_etag(bill.etag());
    commence.set_range(bill.sections(0).range());
    commence.set_citation("proclamation");
    const auto refused = [&] {
      return RuleOf(Call<st::LegislativeInitiative>(office_, "staff", commencing, commence).status());
    };
    EXPECT_EQ(refused(), "FIELD_INVALID") << "it has no day";
    commence.set_in_force_on("2017-06-01");
    EXPECT_EQ(refused(), "STATE_NOT_PERMITTED") << "it has not been passed";
    EXPECT_EQ(Bill(id).etag(), bill.etag()) << "what was refused has changed nothing";
    st::AdvanceLegislativeInitiativeRequest pass;
    pass.set_event("pass");
    pass.set_on("2017-05-18");
    Move(office_, "staff", "InitiativeService/AdvanceLegislativeInitiative", &bill, pass);
    st::AssentLegislativeInitiativeRequest assent;
    assent.set_assented_on("2017-05-30");
    assent.set_citation("an act");
    Move(office_, "staff", "InitiativeService/AssentLegislativeInitiative", &bill, assent);
  }
  st::CommenceLegislativeInitiativeSectionRequest commence;
  commence.set_range(bills[0].sections(1).range());
  commence.set_in_force_on("2018-05-01");
  commence.set_citation("proclamation");
  Move(office_, "staff", commencing, &bills[0], commence);
  const st::LegislativeInitiative other = Bill("child-youth-and-family-services-act");
  EXPECT_EQ(other.state(), st::LEGISLATIVE_STATE_ASSENTED);
  EXPECT_EQ(other.sections(0).in_force_on(), "");
  commence.set_range(other.sections(0).range());
  commence.set_in_force_on("2018-04-30");
  Move(office_, "staff", commencing, &bills[1], commence);
  EXPECT_EQ(Bill("anti-human-trafficking-act").sections(1).in_force_on(), "2018-05-01");
  EXPECT_EQ(bills[1].sections(0).in_force_on(), "2018-04-30");
}

TEST_F(Strategy, SeedRow14_AnEnvelopeIsCommittedToTheLastCentAndNotOneMore) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const st::Envelope envelope = EnvelopeOf("vcao-ht");
  EXPECT_EQ(envelope.total_cents(), 665000000);
  EXPECT_EQ(envelope.as_stated(), "$6.65 million over four years");
  EXPECT_EQ(envelope.years_count(), 4);
  EXPECT_EQ(envelope.first_fiscal_year(), "") << "the report does not say";
  EXPECT_EQ(envelope.ceilings_size(), 0);
  CommitsNoMoreThan(665000000, envelope.name());
}

TEST_F(Strategy, SeedRow19_TheSecondEnvelopeIsThere) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  EXPECT_EQ(EnvelopeOf("vqrp-ht").total_cents(), 193000000);
}

// The founding document states no limit for a year, so the amount of this year is made up for the test.
TEST_F(Strategy, E14_AYearHasALimitOnceOneIsStated) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  st::Envelope envelope = EnvelopeOf("vqrp-ht");
  st::SetEnvelopeCeilingsRequest years;
  years.set_first_fiscal_year("2016-17");
  years.set_source_ref("a test");
  years.add_ceilings()->set_fiscal_year("2016-17");
  years.mutable_ceilings(0)->set_amount_cents(100);
  Move(office_, "director", "MoneyService/SetEnvelopeCeilings", &envelope, years);
  CommitsNoMoreThan(100, envelope.name(), "2016-17");
}

TEST_F(Strategy, SeedRow26_TheOtherBillHasADayOfItsOwn) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const st::LegislativeInitiative bill = Bill("child-youth-and-family-services-act");
  EXPECT_EQ(bill.state(), st::LEGISLATIVE_STATE_INTRODUCED);
  EXPECT_EQ(bill.lead_ministry(), "min-mcys");
}

TEST_F(Strategy, SeedRow29_OutcomesAreDefinedWithoutATargetOrAFigure) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  st::ListIndicatorsRequest of_ministry;
  of_ministry.set_owner_ministry("min-mcys");
  const auto outcomes =
      Must<st::ListIndicatorsResponse>(office_, "staff", "IndicatorService/ListIndicators", of_ministry);
  EXPECT_EQ(outcomes.indicators_size(), 6);
  for (const st::Indicator& outcome : outcomes.indicators()) {
    EXPECT_EQ(outcome.type(), st::INDICATOR_TYPE_OUTCOME);
    EXPECT_FALSE(outcome.has_target());
    EXPECT_FALSE(outcome.has_baseline());
  }
  EXPECT_EQ(Must<st::ListIndicatorObservationsResponse>(office_, "staff",
                                                        "IndicatorService/ListIndicatorObservations",
                                                        st::ListIndicatorObservationsRequest())
                .indicator_observations_size(),
            0);
}

TEST_F(Strategy, SeedRow09_AMinistryObservesAndTheOfficeVerifies) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const AgencyClient labour = Enrol("min-mol", {{"lead", ROLE_MINISTRY_LEAD}});
  const AgencyClient attorney = Enrol("min-mag", {{"lead", ROLE_MINISTRY_LEAD}});
  st::CreateIndicatorObservationRequest observe;
  observe.set_parent("agencies/min-mol");
  auto* figure = observe.mutable_indicator_observation();
  figure->set_indicator("agencies/co-pahtco/indicators/inspectors-trained");
  figure->set_period_start("2016-06-30");
  figure->set_period_end("2017-02-23");
  figure->set_value(450);
  figure->set_qualifier(st::QUALIFIER_ABOUT);
  figure->set_as_stated("approximately 450");
  figure->add_evidence("Progress report 2017-02-23, Other initiatives, third item");
  figure->set_source_ref("Progress report 2017-02-23, Other initiatives, third item");
  auto observation =
      Must<st::IndicatorObservation>(labour, "lead", "IndicatorService/CreateIndicatorObservation", observe);
  Move<st::SubmitIndicatorObservationRequest>(labour, "lead", "IndicatorService/SubmitIndicatorObservation",
                                              &observation);
  st::GetIndicatorObservationRequest get;
  get.set_name(observation.name());
  const auto hidden =
      Call<st::IndicatorObservation>(attorney, "lead", "IndicatorService/GetIndicatorObservation", get);
  EXPECT_EQ(RuleOf(hidden.status()), "NOT_FOUND");
  st::VerifyIndicatorObservationRequest unseen;
  unseen.set_name(observation.name());
  unseen.set_etag(observation.etag());
  const auto refused =
      Call<st::IndicatorObservation>(office_, "staff", "IndicatorService/VerifyIndicatorObservation", unseen);
  EXPECT_EQ(RuleOf(refused.status()), "EVIDENCE_NOT_OPENED");
  Must<st::IndicatorObservation>(office_, "staff", "IndicatorService/GetIndicatorObservation", get);
  Move<st::VerifyIndicatorObservationRequest>(office_, "staff", "IndicatorService/VerifyIndicatorObservation",
                                              &observation);
  const auto shown =
      Must<st::IndicatorObservation>(attorney, "lead", "IndicatorService/GetIndicatorObservation", get);
  EXPECT_EQ(shown.as_stated(), "approximately 450");
  // Another ministry reads it from then on, and cannot correct it.
  st::CorrectIndicatorObservationRequest correct;
  correct.set_name(shown.name());
  correct.set_etag(shown.etag());
  correct.set_value(449);
  correct.set_qualifier(st::QUALIFIER_EXACT);
  correct.add_evidence("a list");
  correct.set_source_ref("a list");
  correct.set_reason("one was counted twice");
  const auto corrected = Call<st::IndicatorObservation>(
      attorney, "lead", "IndicatorService/CorrectIndicatorObservation", correct);
  EXPECT_EQ(RuleOf(corrected.status()), "NOT_THE_OWNER");
}

TEST_F(Strategy, SeedRow35_ThePoliceTeamIsPlannedWithTheMinistryThatLeadsIt) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const auto initiatives = Initiatives();
  EXPECT_EQ(initiatives.at("opp-coordination-team").state(), st::INITIATIVE_STATE_PLANNED);
  EXPECT_EQ(initiatives.at("opp-coordination-team").lead_ministry(), "min-mcscs");
  EXPECT_EQ(initiatives.at("cas-police-protocols").partner_ministries(0), "min-mcscs");
  EXPECT_EQ(initiatives.at("health-models").state(), st::INITIATIVE_STATE_UNDERWAY);
}

TEST_F(Strategy, SeedRow37_AContributionWithoutAnAmountIsNoZero) {
  const Ran loaded = Load();
  ASSERT_EQ(loaded.code, 0) << loaded.said;
  const auto contributions = Must<st::ListContributionsResponse>(
      office_, "staff", "MoneyService/ListContributions", st::ListContributionsRequest());
  ASSERT_EQ(contributions.contributions_size(), 1);
  EXPECT_EQ(contributions.contributions(0).from_ministry(), "min-mohltc");
  EXPECT_EQ(contributions.contributions(0).state(), st::CONTRIBUTION_STATE_PLANNED);
  EXPECT_FALSE(contributions.contributions(0).has_amount_cents());
}

}  // namespace
}  // namespace accord::e2e
