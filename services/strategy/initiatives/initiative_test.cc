#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class Initiatives : public StrategyFixture {
 protected:
  v1::ListInitiativesResponse Listed(const v1::ListInitiativesRequest& request, const Caller& caller) {
    return Must(Call<v1::ListInitiativesResponse>(caller, request));
  }
};

TEST_F(Initiatives, HaveOneLeadAPillarAndAStateInOneListThatEverybodyReads) {
  Entered("prosecution-team");
  Entered("more-crowns", /*underway=*/false);
  v1::CreateInitiativeRequest protocols = NewInitiative("protocols");
  protocols.mutable_initiative()->set_lead_ministry("min-mcys");
  protocols.mutable_initiative()->add_partner_ministries("min-mcscs");
  ASSERT_OK(Call<v1::Initiative>(staff_, protocols));
  for (const Caller& caller : {staff_, director_, mag_, mol_, police_}) {
    const auto all = Listed({}, caller);
    ASSERT_THAT(all.initiatives(), SizeIs(3)) << caller.agency;
    for (const v1::Initiative& initiative : all.initiatives()) {
      EXPECT_NE(initiative.lead_ministry(), "");
      EXPECT_NE(initiative.pillar(), v1::PILLAR_UNSPECIFIED);
      EXPECT_NE(initiative.state(), v1::INITIATIVE_STATE_UNSPECIFIED);
      EXPECT_NE(initiative.source_ref(), "");
    }
  }
  v1::ListInitiativesRequest of_one;
  of_one.set_lead_ministry("min-mcys");
  const auto led = Listed(of_one, police_);
  ASSERT_THAT(led.initiatives(), SizeIs(1));
  EXPECT_THAT(led.initiatives(0).partner_ministries(), ::testing::ElementsAre("min-mcscs"));
  v1::ListInitiativesRequest planned;
  planned.set_state(v1::INITIATIVE_STATE_PLANNED);
  planned.set_pillar(v1::PILLAR_ENHANCED_JUSTICE_SECTOR_INITIATIVES);
  EXPECT_THAT(Listed(planned, mol_).initiatives(), SizeIs(1));
  planned.set_pillar(v1::PILLAR_INDIGENOUS_LED_APPROACHES);
  EXPECT_THAT(Listed(planned, mol_).initiatives(), IsEmpty());
}

TEST_F(Initiatives, WithoutAMinistryThatLeadsAreRefused) {
  v1::CreateInitiativeRequest request = NewInitiative("nobodys");
  request.mutable_initiative()->clear_lead_ministry();
  EXPECT_THAT(Call<v1::Initiative>(staff_, request), RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(Listed({}, staff_).initiatives(), IsEmpty());
}

TEST_F(Initiatives, AreEnteredByTheOfficeOrByTheMinistryThatLeads) {
  v1::CreateInitiativeRequest own = NewInitiative("own");
  own.set_parent("agencies/min-mag");
  EXPECT_OK(Call<v1::Initiative>(mag_, own));
  v1::CreateInitiativeRequest other = NewInitiative("other");
  other.set_parent("agencies/min-mol");
  EXPECT_THAT(Call<v1::Initiative>(mol_, other), RefusedBy(rules::kNotTheLead));
  EXPECT_THAT(Call<v1::Initiative>(mol_, NewInitiative("of-the-office")), RefusedBy(rules::kNotFound));
}

TEST_F(Initiatives, NameEachMinistryAndEachMilestoneOnce) {
  v1::CreateInitiativeRequest partner = NewInitiative("partner");
  partner.mutable_initiative()->add_partner_ministries("min-mag");
  EXPECT_THAT(Call<v1::Initiative>(staff_, partner), RefusedBy(rules::kFieldInvalid));
  v1::CreateInitiativeRequest milestone = NewInitiative("milestone");
  *milestone.mutable_initiative()->add_milestones() = milestone.initiative().milestones(0);
  EXPECT_THAT(Call<v1::Initiative>(staff_, milestone), RefusedBy(rules::kFieldInvalid));
  v1::CreateInitiativeRequest bill = NewInitiative("bill");
  bill.mutable_initiative()->add_depends_on("agencies/co-pahtco/legislativeInitiatives/absent");
  EXPECT_THAT(Call<v1::Initiative>(staff_, bill), RefusedBy(rules::kNotFound));
}

TEST_F(Initiatives, ThatBeganOnADayWhichIsNotKnownSayNone) {
  const v1::Initiative initiative = Entered("prosecution-team");
  EXPECT_EQ(initiative.state(), v1::INITIATIVE_STATE_UNDERWAY);
  EXPECT_EQ(initiative.state_since(), "");
}

TEST_F(Initiatives, AreMovedByTheMinistryThatLeadsAndByNoOther) {
  v1::Initiative initiative = Entered("more-crowns", /*underway=*/false);
  EXPECT_EQ(Advance(&initiative, "start", "2026-11-02", mol_), "NOT_THE_LEAD");
  EXPECT_EQ(Advance(&initiative, "start", "2026-11-02", mag_), "");
  EXPECT_EQ(initiative.state_since(), "2026-11-02");
  EXPECT_EQ(Advance(&initiative, "delay", "2026-11-03", mag_), "FIELD_REQUIRED");
  EXPECT_EQ(Advance(&initiative, "delay", "2026-11-01", mag_, "recruiting"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Advance(&initiative, "delay", "2026-11-25", mag_, "recruiting"), "EVENT_IN_FUTURE");
  EXPECT_EQ(Advance(&initiative, "delay", "2026-11-03", mag_, "recruiting"), "");
  EXPECT_EQ(initiative.state_reason(), "recruiting");
  EXPECT_EQ(Advance(&initiative, "start", "2026-11-24", mag_), "");
  EXPECT_EQ(initiative.state_reason(), "");
}

TEST_F(Initiatives, AreDeliveredWhenTheLeadReportsItAndTheOfficeConfirms) {
  v1::Initiative initiative = Entered("prosecution-team");
  EXPECT_EQ(ReportDelivery(&initiative, "2026-11-24", "a letter"), "DELIVERY_NOT_SHOWN");
  EXPECT_EQ(Meet(&initiative, "nothing", "2026-11-20"), "MILESTONE_UNKNOWN");
  EXPECT_EQ(Meet(&initiative, "coordinator", "2026-11-25"), "EVENT_IN_FUTURE");
  EXPECT_EQ(Meet(&initiative, "coordinator", "2026-11-20"), "");
  EXPECT_EQ(Meet(&initiative, "coordinator", "2026-11-21"), "ALREADY_RECORDED");
  const v1::ConfirmInitiativeDeliveryRequest confirm;
  EXPECT_EQ(Move(staff_, &initiative, confirm), "DELIVERY_NOT_REPORTED");
  EXPECT_EQ(ReportDelivery(&initiative, "2026-11-22", "a second letter"), "");
  EXPECT_EQ(initiative.state(), v1::INITIATIVE_STATE_UNDERWAY);
  EXPECT_EQ(Move(mag_, &initiative, confirm), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(Move(staff_, &initiative, confirm), "");
  EXPECT_EQ(initiative.state(), v1::INITIATIVE_STATE_DELIVERED);
  EXPECT_EQ(initiative.state_since(), "2026-11-22");
  EXPECT_EQ(initiative.state_source_ref(), "a second letter");
  EXPECT_EQ(initiative.delivery_reported_on(), "");
  EXPECT_EQ(Advance(&initiative, "continue", "2026-11-24", mag_), "");
}

TEST_F(Initiatives, AreShownToBeDeliveredByAVerifiedObservationUntilItIsCorrected) {
  v1::Initiative initiative = Entered("prosecution-team");
  v1::CreateIndicatorRequest measure = NewIndicator("inspectors-trained");
  measure.mutable_indicator()->set_initiative(initiative.name());
  const v1::Indicator indicator = Must(Call<v1::Indicator>(staff_, measure));
  v1::IndicatorObservation observation = Submitted(indicator);
  EXPECT_EQ(ReportDelivery(&initiative, "2026-11-22", "a letter"), "DELIVERY_NOT_SHOWN");
  ASSERT_EQ(Verify(&observation), "");
  EXPECT_EQ(ReportDelivery(&initiative, "2026-11-22", "a letter"), "");
  ASSERT_EQ(Correct(&observation, 448), "");
  const v1::ConfirmInitiativeDeliveryRequest confirm;
  EXPECT_EQ(Move(staff_, &initiative, confirm), "DELIVERY_NOT_SHOWN");
  ASSERT_EQ(Verify(&observation), "");
  EXPECT_EQ(Move(staff_, &initiative, confirm), "");
}

TEST_F(Initiatives, ThatWereReportedAsPlannedAreDeliveredByANewerSourceAlone) {
  v1::CreateInitiativeRequest request = NewInitiative("more-crowns");
  request.mutable_initiative()->set_tense_as_reported(v1::REPORTED_TENSE_PLANNED);
  v1::Initiative initiative = Must(Call<v1::Initiative>(staff_, request));
  ASSERT_EQ(Meet(&initiative, "coordinator", "2026-11-20"), "");
  EXPECT_EQ(ReportDelivery(&initiative, "2026-11-22", "seed row 23"), "SOURCE_NOT_NEWER");
  EXPECT_EQ(ReportDelivery(&initiative, "2026-11-22", "a letter"), "");
  EXPECT_EQ(initiative.tense_as_reported(), v1::REPORTED_TENSE_PLANNED);
}

TEST_F(Initiatives, ThatAreLateAfterAReportOfDeliveryAreReportedAnew) {
  v1::Initiative initiative = Entered("prosecution-team");
  ASSERT_EQ(Meet(&initiative, "coordinator", "2026-11-20"), "");
  ASSERT_EQ(ReportDelivery(&initiative, "2026-11-22", "a letter"), "");
  ASSERT_EQ(Advance(&initiative, "delay", "2026-11-23", mag_, "one Crown left"), "");
  ASSERT_EQ(Advance(&initiative, "start", "2026-11-24", mag_), "");
  EXPECT_EQ(Move(staff_, &initiative, v1::ConfirmInitiativeDeliveryRequest()), "DELIVERY_NOT_REPORTED");
}

TEST_F(Initiatives, AreEndedByTheDirectorWithAReason) {
  v1::Initiative initiative = Entered("prosecution-team");
  v1::EndInitiativeRequest request;
  request.set_on("2026-11-24");
  request.set_source_ref("a decision");
  EXPECT_EQ(Move(director_, &initiative, request), "FIELD_INVALID");
  request.set_reason("merged with another");
  EXPECT_EQ(Move(staff_, &initiative, request), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Move(director_, &initiative, request), "");
  EXPECT_EQ(initiative.state_reason(), "merged with another");
  EXPECT_EQ(Move(director_, &initiative, request), "STATE_NOT_PERMITTED");
}

TEST_F(Initiatives, OfTwoWhoChangeOneVersionTheSecondIsAborted) {
  const v1::Initiative read = Entered("prosecution-team");
  v1::Initiative first = read, second = read;
  EXPECT_EQ(Meet(&first, "coordinator", "2026-11-20"), "");
  EXPECT_EQ(Advance(&second, "delay", "2026-11-23", mag_, "recruiting"), "ETAG_MISMATCH");
  EXPECT_EQ(ReadInitiative(read.name(), police_).etag(), first.etag());
}

}  // namespace
}  // namespace accord::strategy
