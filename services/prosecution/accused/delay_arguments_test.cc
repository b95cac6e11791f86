// These tests show that what parties say of a delay is kept as their position: it moves no clock, and what
// does not fit is told and not refused.
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class DelayArguments : public ProsecutionFixture {
 protected:
  std::string Argue(v1::Accused* accused, v1::DelayQuestion question, v1::DelayParty party,
                    const std::string& on, bool denied = false) {
    v1::RecordAccusedDelayArgumentRequest request;
    request.mutable_delay_argument()->set_question(question);
    request.mutable_delay_argument()->set_party(party);
    request.mutable_delay_argument()->set_on(on);
    request.mutable_delay_argument()->set_denied(denied);
    return Move(counsel_, accused, request);
  }
  // This charges an accused on this day, with an offence that was in force then.
  v1::Accused ChargedOn(const std::string& day) {
    v1::CreateAccusedRequest request = NewAccused(case_, day);
    auto* count = request.mutable_accused()->mutable_counts(0);
    count->set_offence_from("2015-01-05");
    count->clear_offence_to();
    return Must(Call<v1::Accused>(counsel_, request));
  }
  v1::Case case_ = Assigned();
};

TEST_F(DelayArguments, EachQuestionIsKeptForEachPartyAndMovesNoClock) {
  v1::Accused accused = Charged(case_, "2026-01-31");
  const std::string clock = accused.clock().SerializeAsString();
  int kept = 0;
  for (const v1::DelayQuestion question :
       {v1::DELAY_QUESTION_BELOW_CEILING, v1::DELAY_QUESTION_PARTICULAR_COMPLEXITY,
        v1::DELAY_QUESTION_TRANSITIONAL_CASE, v1::DELAY_QUESTION_RETRIAL_FROM_ORDER}) {
    for (const v1::DelayParty party :
         {v1::DELAY_PARTY_CROWN, v1::DELAY_PARTY_DEFENCE, v1::DELAY_PARTY_COURT}) {
      ASSERT_EQ(Argue(&accused, question, party, "2026-02-01", party == v1::DELAY_PARTY_CROWN), "");
      ASSERT_EQ(accused.delay_arguments_size(), ++kept);
      const v1::DelayArgument& last = accused.delay_arguments(kept - 1);
      EXPECT_EQ(last.question(), question);
      EXPECT_EQ(last.party(), party);
      EXPECT_EQ(last.denied(), party == v1::DELAY_PARTY_CROWN);
      EXPECT_EQ(last.by(), counsel_.actor);
      EXPECT_EQ(last.rule_set(), RealRules().digest());
      EXPECT_THAT(last.law_notes(0), AnyOf(HasSubstr("R. v. Jordan"), HasSubstr("R. v. J.F.")));
    }
  }
  EXPECT_EQ(accused.clock().SerializeAsString(), clock);
  EXPECT_FALSE(accused.particular_complexity());
}

TEST_F(DelayArguments, ANewPositionOfAPartyTakesThePlaceOfTheOld) {
  v1::Accused accused = Charged(case_, "2026-01-31");
  ASSERT_EQ(Argue(&accused, v1::DELAY_QUESTION_BELOW_CEILING, v1::DELAY_PARTY_CROWN, "2026-02-01", true), "");
  ASSERT_EQ(Argue(&accused, v1::DELAY_QUESTION_BELOW_CEILING, v1::DELAY_PARTY_DEFENCE, "2026-02-01"), "");
  ASSERT_EQ(Argue(&accused, v1::DELAY_QUESTION_BELOW_CEILING, v1::DELAY_PARTY_CROWN, "2026-03-01"), "");
  ASSERT_EQ(accused.delay_arguments_size(), 2);
  EXPECT_EQ(accused.delay_arguments(0).on(), "2026-03-01");
  EXPECT_FALSE(accused.delay_arguments(0).denied());
}

TEST_F(DelayArguments, APositionIsTakenBetweenTheChargeAndToday) {
  v1::Accused accused = Charged(case_, "2026-01-31");
  struct Row {
    std::string on, rule;
  };
  const std::string today = FormatDay(OntarioDay(in_process_.clock().Now()));
  const std::string tomorrow = FormatDay(OntarioDay(in_process_.clock().Now()) + 1);
  const std::vector<Row> rows = {
      {"2026-01-30", "DATES_OUT_OF_ORDER"}, {"2026-01-31", ""}, {today, ""}, {tomorrow, "EVENT_IN_FUTURE"}};
  for (const Row& row : rows) {
    EXPECT_EQ(Argue(&accused, v1::DELAY_QUESTION_PARTICULAR_COMPLEXITY, v1::DELAY_PARTY_CROWN, row.on),
              row.rule)
        << row.on;
  }
}

TEST_F(DelayArguments, WhatDoesNotFitAQuestionIsToldAndNotRefused) {
  struct Row {
    std::string charged;
    bool later;
  };
  const std::vector<Row> rows = {{"2016-07-07", false}, {"2016-07-08", true}};
  for (const Row& row : rows) {
    v1::Accused accused = ChargedOn(row.charged);
    EXPECT_EQ(accused.clock().transitional(), !row.later) << row.charged;
    ASSERT_EQ(Argue(&accused, v1::DELAY_QUESTION_TRANSITIONAL_CASE, v1::DELAY_PARTY_DEFENCE, "2017-02-01"),
              "");
    const auto notes = accused.delay_arguments(0).law_notes();
    if (row.later) {
      EXPECT_THAT(notes, Contains(HasSubstr("laid before 2016-07-08")));
    } else {
      EXPECT_THAT(notes, Not(Contains(HasSubstr("laid before 2016-07-08"))));
    }
  }
}

TEST_F(DelayArguments, ARetrialCountsFromItsOrderAndPositionsAreAboutOneThatWasOrdered) {
  const std::string missing = "no order for one is recorded";
  v1::Accused accused = Charged(case_, "2026-01-31");
  ASSERT_EQ(Argue(&accused, v1::DELAY_QUESTION_RETRIAL_FROM_ORDER, v1::DELAY_PARTY_CROWN, "2026-02-01"), "");
  EXPECT_THAT(accused.delay_arguments(0).law_notes(), Contains(HasSubstr(missing)));
  PleadAndConclude(&accused, absl::CivilDay(2026, 10, 1), "the plea was struck out");
  ASSERT_EQ(Advance(&accused, "appeal", "2026-10-06", counsel_), "");
  ASSERT_EQ(Advance(&accused, "order_retrial", "2026-10-07", counsel_), "");
  EXPECT_EQ(accused.clock().start(), "2026-10-07");
  ASSERT_EQ(Argue(&accused, v1::DELAY_QUESTION_RETRIAL_FROM_ORDER, v1::DELAY_PARTY_CROWN, "2026-10-08"), "");
  EXPECT_THAT(accused.delay_arguments(0).law_notes(), Not(Contains(HasSubstr(missing))));
}

TEST_F(DelayArguments, ARuleSetHasEachQuestionOnceAndWithAMark) {
  const v1::RuleSet real = RealRules().set();
  const auto refused = [&](auto change) {
    v1::RuleSet set = real;
    change(&set);
    return Rules::From(std::move(set)).status();
  };
  EXPECT_OK(refused([](v1::RuleSet*) {}));
  EXPECT_FALSE(refused([](v1::RuleSet* set) { *set->add_delay_questions() = set->delay_questions(0); }).ok());
  EXPECT_FALSE(refused([](v1::RuleSet* set) { set->mutable_delay_questions(0)->clear_mark(); }).ok());
  EXPECT_FALSE(refused([](v1::RuleSet* set) { set->mutable_delay_questions(0)->clear_says(); }).ok());
  EXPECT_FALSE(refused([](v1::RuleSet* set) {
                 set->mutable_delay_questions(0)->set_charged_before("2016-02-30");
               }).ok());
}

}  // namespace
}  // namespace accord::prosecution
