// These tests show which provision has publication bans on which day, and what counsel is told of it with
// a count.
#include "absl/strings/match.h"
#include "common/base/clock.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class PublicationBans : public ProsecutionFixture {
 protected:
  static absl::CivilDay DayOf(const std::string& day) { return *ParseDay(day); }
  // This gives what the notes of a count that was charged on this day say of publication bans; it is empty if
  // they say nothing.
  static std::string NoteOn(const std::string& section, const std::string& first,
                            const std::string& charged) {
    const Rules rules = RealRules();
    const v1::Offence offence = Must(rules.Charge(section, DayOf(first)));
    std::string found;
    for (const std::string& each : rules.NotesOn(offence, v1::Count(), DayOf(charged))) {
      if (absl::StrContains(each, "publication bans")) found = each;
    }
    return found;
  }
};

TEST_F(PublicationBans, AreThoseOfTheProvisionsOfTheDay) {
  const Rules rules = RealRules();
  const auto applies = [&](const std::string& section, const std::string& day) {
    return rules.BanRuleOn(section, DayOf(day)) != nullptr;
  };
  struct Row {
    const char* section;
    const char* last_day_before;
    bool before;
    const char* first_day;
    bool from;
  };
  const std::vector<Row> rows = {
      {"486(3)", "2006-01-01", true, "2006-01-02", false},
      {"486.4", "2006-01-01", false, "2006-01-02", true},
      {"486.4(2.1)-(2.2)", "2015-07-22", false, "2015-07-23", true},
      {"486.4(3.2)", "2023-10-25", false, "2023-10-26", true},
      {"810.5", "2019-06-20", false, "2019-06-21", true},
      // Its start was not established, and is left open.
      {"486.5", "2005-01-01", true, "2026-01-01", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(applies(row.section, row.last_day_before), row.before) << row.section;
    EXPECT_EQ(applies(row.section, row.first_day), row.from) << row.section;
  }
}

TEST_F(PublicationBans, TheListOfS486_4IsThatOfTheDay) {
  const Rules rules = RealRules();
  struct Row {
    const char* last_day_before;
    const char* before;
    const char* first_day;
    const char* from;
  };
  const std::vector<Row> rows = {
      {"2010-06-28", "the first list", "2010-06-29", "s. 279.011"},
      {"2014-12-05", "s. 279.011", "2014-12-06", "ss. 286.1 to 286.3"},
      {"2019-06-20", "ss. 286.1 to 286.3", "2019-06-21", "the list of 2019-06-21"},
      {"2023-10-25", "the list of 2019-06-21", "2023-10-26", "the list of 2023-10-26"},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(rules.BanRuleOn("486.4", DayOf(row.last_day_before))->says(), HasSubstr(row.before));
    EXPECT_THAT(rules.BanRuleOn("486.4", DayOf(row.first_day))->says(), HasSubstr(row.from));
  }
  // The offences that the rows name are listed from the same days.
  EXPECT_THAT(rules.Charge("279.011(1)", DayOf("2010-06-28")), RefusedBy(rules::kOffenceNotInForce));
  EXPECT_TRUE(ListedIn486_4(Must(rules.Charge("279.011(1)", DayOf("2010-06-29"))), DayOf("2010-06-29")));
  for (const char* section : {"286.1(1)", "286.2(1)", "286.3(1)"}) {
    EXPECT_TRUE(ListedIn486_4(Must(rules.Charge(section, DayOf("2014-12-06"))), DayOf("2014-12-06")));
  }
}

TEST_F(PublicationBans, ACountSaysWhichProvisionHasThemWhereS486_4DidNotListItsOffence) {
  for (const char* section : {"279.01(1)", "279.02", "279.03"}) {
    EXPECT_THAT(NoteOn(section, "2005-11-25", "2006-01-01"), HasSubstr("ordered under s. 486(3)")) << section;
    EXPECT_EQ(NoteOn(section, "2005-11-25", "2006-01-02"), "") << section;
  }
  for (const char* section : {"279(1)", "279(2)", "286.4"}) {
    EXPECT_THAT(NoteOn(section, "2014-12-06", "2015-07-22"),
                AllOf(HasSubstr("did not list"), HasSubstr("s. 486.5"), Not(HasSubstr("(2.1)"))))
        << section;
    EXPECT_THAT(NoteOn(section, "2014-12-06", "2015-07-23"),
                AllOf(HasSubstr("(2.1) and (2.2) are for a victim under eighteen"), HasSubstr("s. 486.5")))
        << section;
  }
  // Nothing is said where nothing was established: of an offence that s. 486.4 never listed before its day,
  // and of a row that has only its section.
  EXPECT_EQ(NoteOn("279(1)", "2005-01-01", "2006-01-01"), "");
  EXPECT_EQ(NoteOn("271", "2020-01-01", "2020-02-01"), "");
  // A row that ended is in the list as it was.
  EXPECT_EQ(NoteOn("279.02", "2012-05-01", "2026-01-01"), "");
}

TEST_F(PublicationBans, OfACountThatS486_4DoesNotListAreToldWithTheAccused) {
  v1::CreateAccusedRequest request = NewAccused(Assigned());
  request.mutable_accused()->mutable_counts(0)->set_section("286.4");
  const v1::Accused accused = Must(Call<v1::Accused>(counsel_, request));
  EXPECT_THAT(accused.counts(0).law_notes(),
              ::testing::Contains(HasSubstr("s. 486.5 is the general provision")));
}

// The office corrects the day from which s. 486.4 lists an offence as it corrects any other day.
TEST_F(PublicationBans, TheDayFromWhichAnOffenceIsListedIsTheRuleSets) {
  v1::RuleSet set = RealRules().set();
  for (auto& row : *set.mutable_offences()) {
    if (row.section() == "286.3(1)") row.set_publication_ban_from("2026-01-16");
  }
  const Rules corrected = Must(Rules::From(set));
  const v1::Offence offence = Must(corrected.Charge("286.3(1)", DayOf("2020-01-01")));
  EXPECT_FALSE(ListedIn486_4(offence, DayOf("2026-01-15")));
  EXPECT_TRUE(ListedIn486_4(offence, DayOf("2026-01-16")));
  EXPECT_THAT(corrected.NotesOn(offence, v1::Count(), DayOf("2026-01-15")),
              ::testing::Contains(HasSubstr("did not list this offence")));
  EXPECT_EQ(corrected.NotesOn(offence, v1::Count(), DayOf("2026-01-16")),
            RealRules().NotesOn(offence, v1::Count(), DayOf("2026-01-16")));
}

}  // namespace
}  // namespace accord::prosecution
