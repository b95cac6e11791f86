#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class AccusedTest : public ProsecutionFixture {
 protected:
  // This creates an accused whose request `change` has altered, and gives the rule that refused it.
  template <class Change>
  std::string Charge(Change change) {
    v1::CreateAccusedRequest request = NewAccused(case_);
    change(request.mutable_accused());
    return Rule(Call<v1::Accused>(counsel_, request));
  }
  v1::Case case_ = Assigned();
};

TEST_F(AccusedTest, AChargeIsResolvedByTheDayOfTheOffence) {
  const auto section = [&](const std::string& which, const std::string& from, v1::CountMode mode) {
    return Charge([&](v1::Accused* accused) {
      accused->mutable_counts(0)->set_section(which);
      accused->mutable_counts(0)->set_offence_from(from);
      accused->mutable_counts(0)->clear_offence_to();
      accused->mutable_counts(0)->set_mode(mode);
    });
  };
  EXPECT_EQ(section("279.01(1)", "2019-09-18", v1::COUNT_MODE_SUMMARY), "MODE_NOT_PERMITTED");
  EXPECT_EQ(section("279.02(1)", "2019-09-18", v1::COUNT_MODE_SUMMARY), "");
  EXPECT_EQ(section("279.02(1)", "2019-09-19", v1::COUNT_MODE_SUMMARY), "");
  EXPECT_EQ(section("279.02(1)", "2014-12-05", v1::COUNT_MODE_INDICTABLE), "OFFENCE_NOT_IN_FORCE");
  EXPECT_EQ(section("279.02", "2014-12-05", v1::COUNT_MODE_INDICTABLE), "");
  EXPECT_EQ(section("279.011(1)", "2010-06-28", v1::COUNT_MODE_INDICTABLE), "OFFENCE_NOT_IN_FORCE");
  EXPECT_EQ(section("279.011(1)", "2010-06-29", v1::COUNT_MODE_INDICTABLE), "");
  EXPECT_EQ(section("279.04", "2025-01-01", v1::COUNT_MODE_INDICTABLE), "NOT_CHARGEABLE");
  EXPECT_EQ(section("286.5", "2025-01-01", v1::COUNT_MODE_INDICTABLE), "IMMUNITY");
  EXPECT_EQ(section("999", "2025-01-01", v1::COUNT_MODE_INDICTABLE), "OFFENCE_UNKNOWN");
}

TEST(OffenceTable, RefusesByRulesOfTheCatalogueThatFindTheRequestAtFault) {
  for (const char* rule : {"NO_SUCH_RULE", "NOT_FOUND", "DATABASE_BUSY", "STATE_NOT_PERMITTED"}) {
    v1::RuleSet set;
    auto* offence = set.add_offences();
    offence->set_section("999");
    offence->set_refusal_rule(rule);
    EXPECT_THAT(Rules::From(std::move(set)),
                FailsWith(absl::StatusCode::kInvalidArgument, "the refusal_rule of 999"))
        << rule;
  }
}

// Clerks record what happens in court. The people who may correct a charge enter whom it was laid against,
// with which counts and since when (docs/domain.md 4.3).
TEST_F(AccusedTest, ClerksAddNobodyAlsoWhereTheyAreCounselToo) {
  EXPECT_THAT(Call<v1::Accused>(clerk_, NewAccused(case_)), RefusedBy(rules::kRoleNotPermitted));
  Caller both = clerk_;
  both.roles.push_back(annotations::v1::ROLE_CROWN_COUNSEL);
  EXPECT_THAT(Call<v1::Accused>(both, NewAccused(case_)), RefusedBy(rules::kNotAssigned));
  EXPECT_THAT(Call<v1::Accused>(colleague_, NewAccused(case_)), RefusedBy(rules::kNotFound));
  EXPECT_OK(Call<v1::Accused>(coordinator_, NewAccused(case_)));
}

TEST_F(AccusedTest, DatesOutOfOrderAreRefused) {
  EXPECT_EQ(Charge([](v1::Accused* a) { a->set_charge_date("2026-11-25"); }), "EVENT_IN_FUTURE");
  EXPECT_EQ(Charge([](v1::Accused* a) { a->set_charge_date("2026-01-09"); }), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Charge([](v1::Accused* a) { a->mutable_counts(0)->set_offence_to("2025-10-31"); }),
            "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Charge([](v1::Accused* a) { a->mutable_counts(0)->set_offence_to("2025-12-32"); }),
            "FIELD_INVALID");
  EXPECT_EQ(Charge([](v1::Accused* a) { a->mutable_counts(0)->set_victim("v3"); }), "VICTIM_UNKNOWN");
  v1::Accused accused = Charged(case_);
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-01-14", counsel_), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-12-01", counsel_), "EVENT_IN_FUTURE");
  EXPECT_EQ(Advance(&accused, "begin_trial", "2026-02-01", counsel_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Book(&accused, "2026-01-14", clerk_), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Read(accused.name(), counsel_).etag(), accused.etag());
}

TEST_F(AccusedTest, OnlyThoseWhoActMoveStagesAndTheClerkKeepsDates) {
  v1::Accused accused = Charged(case_);
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-01-16", colleague_), "NOT_FOUND");
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-01-16", clerk_), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-01-16", elsewhere_), "NOT_FOUND");
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-01-16", team_), "NOT_FOUND");
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-01-16", coordinator_), "");
  EXPECT_EQ(Advance(&accused, "take_in", "2026-01-20", counsel_), "");
  EXPECT_EQ(Book(&accused, "2027-02-01", clerk_), "");
  EXPECT_EQ(Assign(&case_, team_, v1::ASSIGNMENT_MODE_ADVISORY), "");
  EXPECT_EQ(Advance(&accused, "hold_pretrial", "2026-03-01", team_), "NOT_ASSIGNED");
  EXPECT_EQ(Assign(&case_, team_, v1::ASSIGNMENT_MODE_CO_COUNSEL), "");
  EXPECT_EQ(Advance(&accused, "hold_pretrial", "2026-03-01", team_), "");
}

TEST_F(AccusedTest, TheClockFollowsPositionsForumAndInquiry) {
  v1::Accused accused = Charged(case_, "2026-01-31");
  EXPECT_EQ(accused.clock().ceiling_months(), 18);
  EXPECT_EQ(accused.clock().conservative().ceiling(), "2027-07-31");
  EXPECT_EQ(Delay(&accused, "2026-03-01", "2026-03-11", v1::DELAY_POSITION_CROWN_ASSERTED), "");
  EXPECT_EQ(accused.clock().conservative().ceiling(), "2027-07-31");
  EXPECT_EQ(accused.clock().crown().ceiling(), "2027-08-10");
  // The same period with a new position stays one period, and a revision has the old position.
  EXPECT_EQ(Delay(&accused, "2026-03-01", "2026-03-11", v1::DELAY_POSITION_AGREED), "");
  EXPECT_EQ(accused.delays_size(), 1);
  EXPECT_EQ(accused.clock().conservative().ceiling(), "2027-08-10");
  EXPECT_EQ(accused.clock().as_found().defence_days(), 0);
  v1::ChangeAccusedForumRequest change;
  change.set_name(accused.name());
  change.set_etag(accused.etag());
  change.set_forum(v1::FORUM_SCJ);
  change.set_on("2026-01-31");
  EXPECT_THAT(Call<v1::Accused>(counsel_, change), RefusedBy(rules::kForumsOverlap));
  change.set_on("2026-06-01");
  change.clear_request_id();
  EXPECT_EQ(Rule(Call<v1::Accused>(counsel_, change), &accused), "");
  EXPECT_EQ(accused.clock().ceiling_months(), 30);
  EXPECT_EQ(accused.clock().conservative().ceiling(), "2028-08-10");
  EXPECT_EQ(accused.forums_size(), 2);
  EXPECT_FALSE(accused.clock().transitional());
}

TEST_F(AccusedTest, ABookedDayThatPassesDoesNotStopTheClock) {
  v1::Accused accused = Charged(case_);
  ASSERT_EQ(Book(&accused, "2027-01-15", clerk_), "");
  EXPECT_EQ(accused.clock().conservative().total_days(), 365);
  On("2027-09-01");
  accused = Read(accused.name(), counsel_);
  EXPECT_EQ(accused.clock().conservative().total_days(), 594);
  EXPECT_TRUE(accused.clock().conservative().net_above_ceiling());
}

TEST_F(AccusedTest, AChargeLaidBeforeJordanWasDecidedIsFlagged) {
  const auto charged = [&](const std::string& day) {
    v1::CreateAccusedRequest request = NewAccused(case_, day);
    request.mutable_accused()->mutable_counts(0)->set_offence_from("2016-01-01");
    request.mutable_accused()->mutable_counts(0)->clear_offence_to();
    return Must(Call<v1::Accused>(counsel_, request)).clock().transitional();
  };
  EXPECT_TRUE(charged("2016-07-07"));
  EXPECT_FALSE(charged("2016-07-08"));
}

TEST_F(AccusedTest, ADelayLiesWithinTheProsecution) {
  v1::Accused accused = Charged(case_);
  const auto agreed = v1::DELAY_POSITION_AGREED;
  EXPECT_EQ(Delay(&accused, "2026-01-14", "2026-02-01", agreed), "DELAY_OUTSIDE_CHARGE_PERIOD");
  EXPECT_EQ(Delay(&accused, "2026-02-01", "2026-11-25", agreed), "DELAY_OUTSIDE_CHARGE_PERIOD");
  EXPECT_EQ(Delay(&accused, "2026-02-02", "2026-02-02", agreed), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Delay(&accused, "2026-02-01", "2026-11-24", agreed), "");
}

TEST_F(AccusedTest, APreliminaryInquiryIsForOffencesOfFourteenYears) {
  v1::CreateAccusedRequest request = NewAccused(case_);
  request.mutable_accused()->mutable_counts(0)->set_section("279.03(2)");
  v1::Accused accused;
  ASSERT_EQ(Rule(Call<v1::Accused>(counsel_, request), &accused), "");
  EXPECT_FALSE(accused.counts(0).preliminary_eligible());
  const auto to_election = [&](v1::Accused* which) {
    for (const char* event : {"hear_bail", "take_in", "hold_pretrial", "elect"}) {
      ASSERT_EQ(Advance(which, event, "2026-03-01", counsel_), "") << event;
    }
  };
  to_election(&accused);
  EXPECT_EQ(Advance(&accused, "order_preliminary", "2026-03-02", counsel_), "PRELIMINARY_NOT_AVAILABLE");
  v1::Accused other = Charged(case_);
  EXPECT_TRUE(other.counts(0).preliminary_eligible());
  to_election(&other);
  EXPECT_EQ(Advance(&other, "order_preliminary", "2026-03-02", counsel_), "");
  EXPECT_EQ(Advance(&other, "commit", "2026-06-02", counsel_), "");
  // In provincial court after an inquiry the ceiling is 30 months.
  EXPECT_EQ(other.clock().ceiling_months(), 30);
  EXPECT_EQ(Advance(&accused, "indict_directly", "2026-03-02", counsel_), "");
  EXPECT_EQ(accused.forum(), v1::FORUM_SCJ);
  EXPECT_EQ(accused.clock().ceiling_months(), 30);
}

TEST_F(AccusedTest, ATrialWaitsForAidsAndAConclusionForEveryCount) {
  v1::Accused accused = Charged(case_);
  for (const char* event : {"hear_bail", "take_in", "hold_pretrial", "elect", "schedule_trial"}) {
    ASSERT_EQ(Advance(&accused, event, "2026-03-01", counsel_), "") << event;
  }
  EXPECT_EQ(Advance(&accused, "begin_trial", "2026-10-01", counsel_), "AID_NOT_CONSIDERED");
  EXPECT_EQ(Consider(&case_, "v1", v1::AID_STATE_ORDERED), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Consider(&case_, "v1"), "");
  EXPECT_EQ(Advance(&accused, "begin_trial", "2026-10-01", counsel_), "");
  EXPECT_EQ(Advance(&accused, "reserve", "2026-10-09", counsel_), "");
  EXPECT_EQ(accused.trial_end(), "2026-10-09");
  EXPECT_EQ(Book(&accused, "2027-01-01", clerk_), "TRIAL_OVER");
  EXPECT_EQ(Advance(&accused, "give_verdict", "2026-11-20", counsel_), "");
  // The time under reserve does not run the clock.
  EXPECT_EQ(accused.trial_end(), "2026-10-09");
  EXPECT_EQ(Advance(&accused, "conclude", "2026-11-21", counsel_), "COUNTS_OPEN");
  EXPECT_EQ(Dispose(&accused, 1, v1::DISPOSITION_CONVICTED, "2026-11-20"), "COUNT_UNKNOWN");
  EXPECT_EQ(Dispose(&accused, 0, v1::DISPOSITION_ACQUITTED, "2026-11-20"), "");
  EXPECT_EQ(Dispose(&accused, 0, v1::DISPOSITION_CONVICTED, "2026-11-20"), "ALREADY_DISPOSED");
  EXPECT_EQ(Advance(&accused, "conclude", "2026-11-21", counsel_), "");
  EXPECT_THAT(Board(coordinator_), IsEmpty());
  EXPECT_EQ(Advance(&accused, "appeal", "2026-11-22", counsel_), "");
  EXPECT_EQ(Advance(&accused, "order_retrial", "2026-11-23", counsel_), "");
  // A new clock begins, and the counts are open again.
  EXPECT_EQ(accused.clock().start(), "2026-11-23");
  EXPECT_EQ(accused.clock().conservative().total_days(), 1);
  EXPECT_EQ(accused.counts(0).disposition(), v1::DISPOSITION_UNSPECIFIED);
  EXPECT_THAT(Board(coordinator_), ElementsAre(accused.name()));
}

TEST_F(AccusedTest, TheCoordinatorIsToldOfCeilingsOnceAndAnewWhenTheyMove) {
  // Alerts of one instant have no order.
  const auto told = [&] {
    std::vector<std::string> alerts;
    for (const auto& alert : Alerts()) {
      alerts.push_back(
          absl::StrCat(alert.ceiling(), alert.trial_past_ceiling() ? " trial" : "", " ", alert.days()));
    }
    return alerts;
  };
  v1::Accused accused = Charged(case_);
  On("2027-01-15");
  Sweep();
  EXPECT_THAT(told(), IsEmpty());
  On("2027-01-16");
  Sweep();
  Sweep();
  EXPECT_THAT(told(), ElementsAre("2027-07-15 180"));
  accused = Read(accused.name(), counsel_);
  EXPECT_EQ(Book(&accused, "2027-07-16", clerk_), "");
  Sweep();
  EXPECT_THAT(told(), UnorderedElementsAre("2027-07-15 180", "2027-07-15 trial 0"));
  // If two alert days come at once, there is one alert: the nearer one.
  On("2027-06-20");
  Sweep();
  EXPECT_THAT(told(), UnorderedElementsAre("2027-07-15 180", "2027-07-15 trial 0", "2027-07-15 30"));
  accused = Read(accused.name(), counsel_);
  EXPECT_EQ(Delay(&accused, "2027-02-01", "2027-04-01", v1::DELAY_POSITION_AGREED), "");
  Sweep();
  EXPECT_THAT(told(),
              UnorderedElementsAre("2027-07-15 180", "2027-07-15 trial 0", "2027-07-15 30", "2027-09-12 90"));
}

TEST_F(AccusedTest, TheBoardIsOrderedByCeilingAndShowsEachPersonTheOwn) {
  const v1::Accused late = Charged(case_, "2026-05-01"), early = Charged(case_, "2026-02-01");
  const v1::Accused middle = Charged(case_, "2026-03-01");
  EXPECT_THAT(Board(coordinator_), ElementsAre(early.name(), middle.name(), late.name()));
  EXPECT_THAT(Board(counsel_), ElementsAre(early.name(), middle.name(), late.name()));
  EXPECT_THAT(Board(colleague_), IsEmpty());
  EXPECT_THAT(Board(elsewhere_), IsEmpty());
  EXPECT_THAT(Board(coordinator_, "central-east"),
              UnorderedElementsAre(early.name(), middle.name(), late.name()));
  EXPECT_THAT(Board(coordinator_, "north"), IsEmpty());
  EXPECT_THAT(Board(coordinator_, "", v1::STAGE_BAIL), IsEmpty());
  v1::Accused moved = early;
  EXPECT_EQ(Advance(&moved, "hear_bail", "2026-02-02", counsel_), "");
  EXPECT_THAT(Board(coordinator_, "central-east", v1::STAGE_BAIL), ElementsAre(early.name()));
}

TEST_F(AccusedTest, NamesTheInformationOfItsCaseWhereverItIsShown) {
  const v1::Accused accused = Charged(case_);
  EXPECT_EQ(accused.information_number(), case_.information_number());
  EXPECT_EQ(Read(accused.name(), counsel_).information_number(), case_.information_number());
  const auto board = Call<v1::ListBoardResponse>(coordinator_, v1::ListBoardRequest());
  ASSERT_OK(board);
  ASSERT_THAT(board->accused(), SizeIs(1));
  EXPECT_EQ(board->accused(0).information_number(), case_.information_number());
}

TEST_F(AccusedTest, TheBoardIsAScanOfAnIndexWithoutASort) {
  for (const BoardQuery& query :
       {BoardQuery{.seats = {"cr-phtpt"}}, BoardQuery{.seats = {"cr-phtpt"}, .region = "north"},
        BoardQuery{.seats = {"cr-phtpt"}, .stage = "trial"},
        BoardQuery{.seats = {"cr-phtpt"}, .after_ceiling = "2027-01-01", .after_name = "a"}}) {
    std::vector<storage::Value> params;
    const std::string sql = "explain query plan " + BoardSql(query, &params);
    const auto plan = in_process_.database().Read([&](storage::Transaction& tx) {
      return tx.QueryValues<int64_t, int64_t, int64_t, std::string>(sql, params);
    });
    ASSERT_OK(plan);
    std::string text;
    for (const auto& line : *plan) absl::StrAppend(&text, std::get<3>(line), "\n");
    EXPECT_THAT(text, ::testing::HasSubstr("INDEX board_by_"));
    EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("TEMP B-TREE")));
  }
}

TEST_F(AccusedTest, AnInterruptedRequestAnswersTheSameOnce) {
  v1::CreateAccusedRequest request = NewAccused(case_);
  request.set_request_id("the-same-request");
  const auto first = Call<v1::Accused>(counsel_, request);
  const auto again = Call<v1::Accused>(counsel_, request);
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->name(), again->name());
  EXPECT_EQ(Board(counsel_).size(), 1u);
}

}  // namespace
}  // namespace accord::prosecution
