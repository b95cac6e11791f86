// These tests show that what the law leaves open, and what nobody has compared with it, is told with an
// accused and not refused.
#include <set>

#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LawNotes : public ProsecutionFixture {
 protected:
  v1::Case case_ = Assigned();
};

TEST_F(LawNotes, WhatTheLawLeavesOpenIsToldAndNotRefused) {
  const auto charged = [&](const std::string& section, const std::string& from, v1::CountMode mode) {
    v1::CreateAccusedRequest request = NewAccused(case_);
    auto* count = request.mutable_accused()->mutable_counts(0);
    count->set_section(section);
    count->set_offence_from(from);
    count->set_offence_to(from);
    count->set_mode(mode);
    return Must(Call<v1::Accused>(counsel_, request));
  };
  // The count is older than the hybrid row, and whether that reaches back is for counsel.
  EXPECT_THAT(charged("279.02(1)", "2019-09-18", v1::COUNT_MODE_SUMMARY).counts(0).law_notes(),
              ElementsAre(HasSubstr("s. 44(d)(iii)")));
  EXPECT_THAT(charged("279.02(1)", "2019-09-19", v1::COUNT_MODE_SUMMARY).counts(0).law_notes(), IsEmpty());
  // By its own row ten years are the maximum; its equivalent of today against a minor has fourteen.
  v1::Accused old = charged("279.02", "2012-05-01", v1::COUNT_MODE_INDICTABLE);
  EXPECT_FALSE(old.counts(0).preliminary_eligible());
  EXPECT_THAT(old.counts(0).law_notes(), ElementsAre(HasSubstr("Archambault")));
  for (const char* event : {"hear_bail", "take_in", "hold_pretrial", "elect", "order_preliminary"}) {
    EXPECT_EQ(Advance(&old, event, "2026-03-01", counsel_), "") << event;
  }
}

TEST_F(LawNotes, AnAnswerAboutADayAfterTheReviewSaysSo) {
  v1::CreateAccusedRequest request = NewAccused(case_, "2026-06-18");
  const v1::Accused after = Must(Call<v1::Accused>(counsel_, request));
  EXPECT_THAT(after.counts(0).law_notes(), ElementsAre(HasSubstr("after 2026-06-17")));
  EXPECT_THAT(Charged(case_, "2026-06-17").counts(0).law_notes(), IsEmpty());
  EXPECT_THAT(after.clock().law_note(), HasSubstr("Bill C-16"));
  EXPECT_EQ(after.clock().ceiling_source(),
            "R. v. Jordan, 2016 SCC 27: provincial court without a preliminary inquiry");
  const auto offences = Must(Call<v1::ListOffencesResponse>(counsel_, v1::ListOffencesRequest()));
  EXPECT_EQ(offences.currency().checked_to(), "2026-06-17");
  // Every result names the rule set by which it was judged.
  EXPECT_EQ(offences.rule_set().size(), 16u);
  EXPECT_EQ(after.counts(0).rule_set(), offences.rule_set());
  EXPECT_EQ(after.clock().rule_set(), offences.rule_set());
}

TEST_F(LawNotes, EveryAnswerOfTheClockNamesItsRuleSetAndItsRow) {
  const Rules rules = RealRules();
  std::set<std::string> rows;
  for (const v1::Forum forum : {v1::FORUM_OCJ, v1::FORUM_SCJ}) {
    for (const bool held : {false, true}) {
      v1::Accused accused;
      accused.set_charge_date("2026-01-15");
      accused.set_forum(forum);
      accused.set_preliminary_held(held);
      const v1::JordanClock clock = ClockOf(rules, accused, absl::CivilDay(2026, 11, 24));
      EXPECT_EQ(clock.rule_set(), rules.digest());
      EXPECT_EQ(clock.ceiling_source(), rules.Ceiling(forum, held).source());
      rows.insert(clock.ceiling_source());
    }
  }
  EXPECT_EQ(rows.size(), 4u) << "no two rows of the rule set have one name";
}

}  // namespace
}  // namespace accord::prosecution
