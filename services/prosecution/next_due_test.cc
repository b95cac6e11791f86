// These tests show what falls due next for an accused, and by when a Crown answers.
#include "services/prosecution/next_due.h"

#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

class NextDueTest : public ProsecutionFixture {
 protected:
  static absl::Time End(const std::string& day) { return EndOfDay(*ParseDay(day)); }
  v1::Accused Appears(v1::Accused accused, const std::string& on, const std::string& next_on) {
    v1::RecordAccusedAppearanceRequest request;
    request.set_name(accused.name());
    request.set_etag(accused.etag());
    request.mutable_appearance()->set_on(on);
    request.mutable_appearance()->set_next_on(next_on);
    EXPECT_EQ(Rule(Call<v1::Accused>(counsel_, request), &accused), "");
    return accused;
  }
};

TEST_F(NextDueTest, TheTasksForVictimsComeBeforeTheNextDayInCourt) {
  v1::Case item = Assigned();
  v1::RecordPublicationBanRequest ban;
  ban.mutable_publication_ban()->set_authority(v1::BAN_AUTHORITY_S486_4);
  ban.mutable_publication_ban()->set_victim("v1");
  ban.mutable_publication_ban()->set_status(v1::BAN_STATUS_APPLIED);
  ASSERT_EQ(Move(counsel_, &item, ban), "");
  v1::Accused accused = Charged(item, "2026-09-15");
  EXPECT_FALSE(accused.has_next_due());
  EXPECT_EQ(accused.open_victim_tasks(), 3);
  EXPECT_EQ(accused.lead_crown(), "counsel");
  EXPECT_EQ(accused.lead_crown_agency(), "cr-york");
  accused = Appears(accused, "2026-11-20", "2026-12-08");
  EXPECT_EQ(accused.next_due_what(), v1::NEXT_DUE_VICTIM_TASKS);
  EXPECT_EQ(FromProto(accused.next_due()), End("2026-12-07"));
  const auto board = Must(Call<v1::ListBoardResponse>(counsel_, v1::ListBoardRequest()));
  ASSERT_EQ(board.accused_size(), 1);
  EXPECT_EQ(board.accused(0).next_due_what(), v1::NEXT_DUE_VICTIM_TASKS);
}

TEST_F(NextDueTest, ACaseWithoutTasksWaitsForItsDayInCourt) {
  v1::CreateCaseRequest request = NewCase();
  request.mutable_case_()->set_team_flag(false);
  request.mutable_case_()->clear_victims();
  v1::Case item;
  ASSERT_EQ(Rule(Call<v1::Case>(counsel_, request), &item), "");
  ASSERT_EQ(Assign(&item, counsel_), "");
  v1::CreateAccusedRequest charged = NewAccused(item, "2026-09-15");
  charged.mutable_accused()->mutable_counts(0)->clear_victim();
  v1::Accused accused;
  ASSERT_EQ(Rule(Call<v1::Accused>(counsel_, charged), &accused), "");
  accused = Appears(accused, "2026-11-20", "2026-12-08");
  EXPECT_EQ(accused.open_victim_tasks(), 0);
  EXPECT_EQ(accused.next_due_what(), v1::NEXT_DUE_COURT_DAY);
  EXPECT_EQ(FromProto(accused.next_due()), End("2026-12-08"));
}

TEST_F(NextDueTest, ACeilingIsDueOnceItIsToldOfAndItsAlertFollowsTheClock) {
  v1::CreateAccusedRequest charged = NewAccused(Assigned(), "2025-08-15");
  charged.mutable_accused()->mutable_counts(0)->set_offence_from("2025-05-01");
  charged.mutable_accused()->mutable_counts(0)->set_offence_to("2025-06-01");
  v1::Accused accused;
  ASSERT_EQ(Rule(Call<v1::Accused>(counsel_, charged), &accused), "");
  EXPECT_EQ(accused.next_due_what(), v1::NEXT_DUE_CEILING);
  EXPECT_EQ(FromProto(accused.next_due()), End(accused.clock().conservative().ceiling()));
  Sweep();
  const auto alerts = Must(Call<v1::ListCeilingAlertsResponse>(coordinator_, v1::ListCeilingAlertsRequest()));
  ASSERT_GE(alerts.ceiling_alerts_size(), 1);
  EXPECT_EQ(FromProto(alerts.ceiling_alerts(0).next_due()), End(accused.clock().conservative().ceiling()));
  v1::GetCeilingAlertRequest alert;
  alert.set_name(alerts.ceiling_alerts(0).name());
  EXPECT_EQ(Must(Call<v1::CeilingAlert>(coordinator_, alert)).SerializeAsString(),
            alerts.ceiling_alerts(0).SerializeAsString());
}

TEST_F(NextDueTest, AnAlertThatIsAcknowledgedWaitsForNobodyAndTheNextOneDoes) {
  Charged(Assigned());
  On("2027-01-16");
  Sweep();
  const auto first = Alerts();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_TRUE(first[0].has_next_due());
  v1::AcknowledgeCeilingAlertRequest acknowledge;
  v1::CeilingAlert alert = first[0];
  EXPECT_EQ(Move(counsel_, &alert, acknowledge), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(
      Move(Crown("cr-ottawa", "coordinator", annotations::v1::ROLE_CROWN_COORDINATOR), &alert, acknowledge),
      "NOT_FOUND");
  ASSERT_EQ(Move(coordinator_, &alert, acknowledge), "");
  EXPECT_EQ(alert.acknowledged_by(), "coordinator");
  EXPECT_EQ(FromProto(alert.acknowledge_time()), in_process_.clock().Now());
  EXPECT_FALSE(alert.has_next_due());
  EXPECT_EQ(Move(Crown("cr-phtpt", "deputy", annotations::v1::ROLE_CROWN_COORDINATOR), &alert, acknowledge),
            "ALREADY_RECORDED");
  // The alert stays where it was, and says who read it.
  v1::GetCeilingAlertRequest get;
  get.set_name(alert.name());
  EXPECT_EQ(Must(Call<v1::CeilingAlert>(coordinator_, get)).SerializeAsString(), alert.SerializeAsString());
  ASSERT_EQ(Alerts().size(), 1U);
  EXPECT_EQ(Alerts()[0].SerializeAsString(), alert.SerializeAsString());
  // The next alert day before the same ceiling is another alert.
  On("2027-04-20");
  Sweep();
  const auto both = Alerts();
  ASSERT_EQ(both.size(), 2U);
  for (const auto& each : both) {
    EXPECT_EQ(each.has_next_due(), each.name() != alert.name());
    EXPECT_EQ(each.has_acknowledge_time(), each.name() == alert.name());
  }
}

TEST_F(NextDueTest, AdviceIsDueInBusinessDaysUntilItIsGiven) {
  v1::CreateAdviceRequestRequest request;
  request.set_parent("agencies/ps-york");
  request.mutable_advice_request()->set_crown_agency("cr-york");
  request.mutable_advice_request()->set_question("Is it trafficking?");
  v1::AdviceRequest advice;
  ASSERT_EQ(Rule(Call<v1::AdviceRequest>(police_, request), &advice), "");
  // That is a Tuesday, and five business days later is the next Tuesday.
  EXPECT_EQ(FromProto(advice.next_due()), End("2026-12-01"));
  v1::AnswerAdviceRequestRequest answer;
  answer.set_name(advice.name());
  answer.set_etag(advice.etag());
  answer.set_answer("It is.");
  ASSERT_EQ(Rule(Call<v1::AdviceRequest>(counsel_, answer), &advice), "");
  EXPECT_FALSE(advice.has_next_due());
}

}  // namespace
}  // namespace accord::prosecution
