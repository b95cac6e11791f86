// These tests show every corrected row of the rule set, on both sides of its days, and what From refuses.
#include "services/prosecution/rules.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/text_proto.h"
#include "common/testing/matchers.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

v1::RuleSet RealSet() {
  v1::RuleSet set;
  EXPECT_OK(ReadTextProto(testing::SourceFile("services/prosecution/data/rules.textproto"), &set));
  return set;
}

Rules TheRules() { return Must(Rules::From(RealSet())); }

absl::CivilDay DayOf(const std::string& day) { return *ParseDay(day); }

// This gives the rule that refuses a charge of the section on the day; it is empty if none does.
std::string ChargeOn(const Rules& rules, const std::string& section, const std::string& day) {
  const auto offence = rules.Charge(section, DayOf(day));
  return offence.ok() ? "" : RuleOf(offence.status());
}

TEST(TheOffenceTable, HasEachProvisionFromItsFirstDayToItsLast) {
  struct Row {
    const char* section;
    const char* last_day_before;
    const char* rule_before;
    const char* first_day;
    const char* rule_from;
  };
  const std::vector<Row> rows = {
      {"279.01(1)", "2005-11-24", "OFFENCE_NOT_IN_FORCE", "2005-11-25", ""},
      {"279.02", "2005-11-24", "OFFENCE_NOT_IN_FORCE", "2005-11-25", ""},
      {"279.03", "2005-11-24", "OFFENCE_NOT_IN_FORCE", "2005-11-25", ""},
      {"279.02", "2014-12-05", "", "2014-12-06", "OFFENCE_NOT_IN_FORCE"},
      {"279.03", "2014-12-05", "", "2014-12-06", "OFFENCE_NOT_IN_FORCE"},
      {"279.02(1)", "2014-12-05", "OFFENCE_NOT_IN_FORCE", "2014-12-06", ""},
      {"279.03(1)", "2014-12-05", "OFFENCE_NOT_IN_FORCE", "2014-12-06", ""},
      {"279.011(1)", "2010-06-28", "OFFENCE_NOT_IN_FORCE", "2010-06-29", ""},
      {"279.02(2)", "2014-12-05", "OFFENCE_NOT_IN_FORCE", "2014-12-06", ""},
      {"279.03(2)", "2014-12-05", "OFFENCE_NOT_IN_FORCE", "2014-12-06", ""},
      // Its start was not established, and is left open.
      {"279(2)", "1990-01-01", "", "2026-01-01", ""},
      {"286.1(1)", "2014-12-05", "OFFENCE_NOT_IN_FORCE", "2014-12-06", ""},
      {"210", "2014-12-05", "", "2014-12-06", "OFFENCE_NOT_IN_FORCE"},
      {"212(2)", "2014-12-05", "", "2014-12-06", "OFFENCE_NOT_IN_FORCE"},
      {"212(2.1)", "2014-12-05", "", "2014-12-06", "OFFENCE_NOT_IN_FORCE"},
      {"212(4)", "2014-12-05", "", "2014-12-06", "OFFENCE_NOT_IN_FORCE"},
      {"279.05", "2025-12-30", "NOT_CHARGEABLE", "2025-12-31", "NOT_CHARGEABLE"},
  };
  const Rules rules = TheRules();
  for (const Row& row : rows) {
    EXPECT_EQ(ChargeOn(rules, row.section, row.last_day_before), row.rule_before) << row.section;
    EXPECT_EQ(ChargeOn(rules, row.section, row.first_day), row.rule_from) << row.section;
  }
}

TEST(TheOffenceTable, WithoutSubsectionsThereAreTwoRowsUntilTheyWereDividedByAge) {
  const Rules rules = TheRules();
  for (const char* section : {"279.02", "279.03"}) {
    const auto source = [&](const std::string& day) {
      return Must(rules.Charge(section, DayOf(day))).source();
    };
    EXPECT_THAT(source("2005-11-25"), HasSubstr("2005 c. 43")) << section;
    EXPECT_THAT(source("2010-06-28"), HasSubstr("2005 c. 43")) << section;
    EXPECT_THAT(source("2010-06-29"), HasSubstr("covers s. 279.011 too")) << section;
    EXPECT_THAT(source("2014-12-05"), HasSubstr("covers s. 279.011 too")) << section;
    // What the provision said is now said of adult victims and of those under eighteen.
    EXPECT_THAT(Must(rules.Charge(section, DayOf("2014-12-05"))).equivalents(),
                ElementsAre(absl::StrCat(section, "(1)"), absl::StrCat(section, "(2)")));
  }
}

TEST(TheOffenceTable, NotesOfMinimumSentencesAreThoseOfTheDay) {
  const Rules rules = TheRules();
  const auto note = [&](const std::string& section, const std::string& day) {
    return Must(rules.Charge(section, DayOf(day))).minimum_note();
  };
  EXPECT_EQ(note("279.01(1)", "2014-12-05"), "");
  EXPECT_THAT(note("279.01(1)", "2014-12-06"), HasSubstr("minimum 4 years"));
  EXPECT_THAT(note("279.01(1)", "2019-06-20"), Not(HasSubstr("279.01(3)")));
  EXPECT_THAT(note("279.01(1)", "2019-06-21"), HasSubstr("279.01(3)"));
  EXPECT_THAT(note("279(1)", "2013-06-25"), Not(HasSubstr("under 16")));
  EXPECT_THAT(note("279(1)", "2013-06-26"), HasSubstr("minimum 5 years where the victim is under 16"));
  for (const char* day : {"2014-12-06", "2019-09-18", "2019-09-19"}) {
    EXPECT_THAT(note("286.1(1)", day), HasSubstr("on indictment $2,000 and $4,000, or $1,000 and $2,000; on "
                                                 "summary conviction $1,000 and $2,000, or $500 and $1,000"))
        << day;
  }
  EXPECT_THAT(note("286.1(1)", "2019-09-18"), HasSubstr("summary maximum 18 months"));
  EXPECT_THAT(note("286.1(1)", "2019-09-19"), HasSubstr("two years less a day"));
}

TEST(TheOffenceTable, WhatBecameHybridIsHybridFromThatDayAndOpenBefore) {
  const Rules rules = TheRules();
  const auto summary = [&](const std::string& section, const std::string& day) {
    return rules.Summary(Must(rules.Charge(section, DayOf(day))));
  };
  for (const char* section : {"279.02(1)", "279.03(1)", "286.2(1)"}) {
    EXPECT_EQ(summary(section, "2019-09-18"), Permission::kOpen) << section;
    EXPECT_EQ(summary(section, "2019-09-19"), Permission::kYes) << section;
  }
  EXPECT_EQ(summary("279(2)", "2005-01-01"), Permission::kYes);
  // What was indictable without subsections became hybrid for adult victims.
  EXPECT_EQ(summary("279.02", "2014-12-05"), Permission::kOpen);
  EXPECT_EQ(summary("279.01(1)", "2005-11-25"), Permission::kNo);
  EXPECT_EQ(summary("279.011(1)", "2010-06-29"), Permission::kNo);
  // A row whose mode was not established refuses neither mode.
  EXPECT_EQ(summary("271", "2020-01-01"), Permission::kOpen);
}

TEST(TheOffenceTable, AnInquiryIsRefusedOnlyWhereNothingIsOpen) {
  const Rules rules = TheRules();
  const auto inquiry = [&](const std::string& section, const std::string& first, const std::string& charged) {
    return rules.Preliminary(Must(rules.Charge(section, DayOf(first))), DayOf(first), DayOf(charged));
  };
  EXPECT_EQ(inquiry("279.03(2)", "2020-01-01", "2020-02-01"), Permission::kNo);
  EXPECT_EQ(inquiry("279.03(2)", "2019-09-19", "2019-09-19"), Permission::kNo);
  EXPECT_EQ(inquiry("279.03(2)", "2019-09-18", "2019-09-19"), Permission::kOpen);
  EXPECT_EQ(inquiry("279.03(2)", "2019-09-18", "2019-09-18"), Permission::kYes);
  EXPECT_EQ(inquiry("279.02(2)", "2020-01-01", "2020-02-01"), Permission::kYes);
  EXPECT_EQ(inquiry("279.02", "2012-01-01", "2020-02-01"), Permission::kOpen);
  // The maximum of the one is from memory, and that of the other was not established.
  EXPECT_EQ(inquiry("286.1(1)", "2020-01-01", "2020-02-01"), Permission::kOpen);
  EXPECT_EQ(inquiry("271", "2020-01-01", "2020-02-01"), Permission::kOpen);
}

TEST(TheOffenceTable, AWholeSectionStandsForItsSubsectionsAndNoOther) {
  const Rules rules = TheRules();
  EXPECT_EQ(ChargeOn(rules, "163.1(4)", "2026-01-01"), "");
  EXPECT_EQ(ChargeOn(rules, "172.1(1)(b)", "2026-01-01"), "");
  EXPECT_EQ(ChargeOn(rules, "163.12", "2026-01-01"), "OFFENCE_UNKNOWN");
  EXPECT_EQ(ChargeOn(rules, "279.01(2)", "2026-01-01"), "OFFENCE_UNKNOWN");
  EXPECT_EQ(ChargeOn(rules, "IRPA 118", "2026-01-01"), "");
}

TEST(Recognizances, EachSectionHasItsRowFromItsFirstDay) {
  const Rules rules = TheRules();
  const auto months = [&](const std::string& section, const std::string& day, bool prior) {
    const v1::RecognizanceRule* row = rules.RecognizanceOn(section, DayOf(day));
    if (row == nullptr) return 0;
    return prior && row->months_with_prior() > 0 ? row->months_with_prior() : row->months();
  };
  EXPECT_EQ(months("810", "2026-01-01", true), 12);
  EXPECT_EQ(months("810.01", "2009-10-01", true), 12);
  EXPECT_EQ(months("810.01", "2009-10-02", true), 24);
  EXPECT_EQ(months("810.01", "2009-10-02", false), 12);
  EXPECT_EQ(months("810.02", "2015-07-16", false), 0);
  EXPECT_EQ(months("810.02", "2015-07-17", false), 12);
  EXPECT_EQ(months("810.02", "2015-07-17", true), 24);
  EXPECT_EQ(months("810.03", "2025-04-07", false), 0);
  EXPECT_EQ(months("810.03", "2025-04-08", false), 12);
  EXPECT_EQ(months("810.03", "2025-04-08", true), 24);
  EXPECT_EQ(months("810.1", "2026-01-01", true), 24);
  EXPECT_EQ(months("810.2", "2026-01-01", true), 24);
}

TEST(Recognizances, TheListOfS810_1IsThatOfTheDay) {
  const Rules rules = TheRules();
  for (const char* section : {"279.011(1)", "279.02(2)", "279.03(2)", "286.1(2)", "286.2(2)", "286.3(2)"}) {
    EXPECT_FALSE(rules.ListedIn810_1(section, DayOf("2014-12-05"))) << section;
    EXPECT_TRUE(rules.ListedIn810_1(section, DayOf("2014-12-06"))) << section;
  }
  for (const char* section : {"151", "152", "153(1)", "155", "160(2)", "160(3)", "163.1", "170", "171",
                              "171.1", "172.1", "172.2", "173(2)", "271", "272", "273", "280", "281"}) {
    EXPECT_TRUE(rules.ListedIn810_1(section, DayOf("2026-01-01"))) << section;
    EXPECT_TRUE(rules.ListedIn810_1(section, DayOf("2005-01-01"))) << section << ": its start is left open";
  }
  for (const char* section : {"279.01(1)", "279.02(1)", "286.4", "346", "153(2)", ""}) {
    EXPECT_FALSE(rules.ListedIn810_1(section, DayOf("2026-01-01"))) << section;
  }
}

TEST(TheOffenceTable, WhatIsFromMemoryRefusesNothing) {
  const Rules rules = TheRules();
  int from_memory = 0;
  for (const auto& row : rules.set().offences()) {
    if (row.mark() != annotations::v1::LAW_MARK_MEMORY) continue;
    ++from_memory;
    for (const char* day : {"1990-01-01", "2026-01-01"}) {
      const v1::Offence charged = Must(rules.Charge(row.section(), DayOf(day)));
      EXPECT_NE(rules.Summary(charged), Permission::kNo) << row.section();
      EXPECT_NE(rules.Preliminary(charged, DayOf(day), DayOf("2026-02-01")), Permission::kNo)
          << row.section();
      EXPECT_THAT(rules.NotesOn(charged, v1::Count(), DayOf("2026-02-01")),
                  ::testing::Contains(HasSubstr("from memory")))
          << "it warns";
    }
  }
  EXPECT_GT(from_memory, 0);
}

TEST(TheRuleSet, SaysToWhichDayItWasComparedAndNothingOfLaterDays) {
  const Rules rules = TheRules();
  EXPECT_EQ(rules.LawNote(DayOf("2026-06-17")), "");
  EXPECT_EQ(
      rules.LawNote(DayOf("2026-06-18")),
      "Nobody has compared the rule set with the law after 2026-06-17; known and not entered: Bill C-16 "
      "(Protecting Victims Act), Bill C-14.");
  for (const auto& law : rules.set().currency().pending()) EXPECT_EQ(law.in_force(), "") << law.title();
}

TEST(TheRuleSet, NamesTheLawThatItDoesNotApply) {
  struct Row {
    const char* title;
    const char* from;
    annotations::v1::LawMark mark;
  };
  const std::vector<Row> rows = {
      {"Canadian Victims Bill of Rights", "2015-07-23", annotations::v1::LAW_MARK_SECONDARY},
      {"Criminal Code, s. 278.2", "2014-12-06", annotations::v1::LAW_MARK_SECONDARY},
      {"Criminal Code, ss. 278.92 to 278.94", "2018-12-13", annotations::v1::LAW_MARK_MEMORY},
      {"Criminal Code, ss. 486.1 to 486.3", "", annotations::v1::LAW_MARK_SECONDARY},
      {"Criminal Code, ss. 487.04 and 490.011", "", annotations::v1::LAW_MARK_SECONDARY},
  };
  const Rules rules = TheRules();
  for (const Row& row : rows) {
    int found = 0;
    for (const auto& law : rules.set().known_laws()) {
      if (law.title() != row.title) continue;
      ++found;
      EXPECT_EQ(law.effective_from(), row.from) << row.title;
      EXPECT_EQ(law.mark(), row.mark) << row.title;
    }
    EXPECT_EQ(found, 1) << row.title;
  }
}

TEST(TheRuleSet, IsNotLoadedWithRowsThatNobodyCanTrust) {
  const auto refused = [](auto change) {
    v1::RuleSet set = RealSet();
    change(&set);
    return Rules::From(std::move(set)).status();
  };
  const auto code = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(refused([](auto* set) { set->mutable_offences(0)->clear_source(); }),
              FailsWith(code, "names no source or no mark"));
  EXPECT_THAT(refused([](auto* set) { set->mutable_ceilings(0)->clear_mark(); }),
              FailsWith(code, "names no source or no mark"));
  EXPECT_THAT(refused([](auto* set) { set->mutable_offences(0)->set_effective_to("2013-06-31"); }),
              FailsWith(code, "has no such day"));
  EXPECT_THAT(refused([](auto* set) { set->mutable_offences(0)->set_effective_from("2013-06-26"); }),
              FailsWith(code, "ends before it begins"));
  EXPECT_THAT(refused([](auto* set) { set->mutable_offences(0)->clear_effective_to(); }),
              FailsWith(code, "two rows of 279(1) apply on one day"));
  EXPECT_THAT(refused([](auto* set) { *set->add_recognizances() = set->recognizances(0); }),
              FailsWith(code, "two rows of 810 apply on one day"));
  EXPECT_THAT(
      refused([](auto* set) { set->mutable_offences(2)->set_mark(annotations::v1::LAW_MARK_MEMORY); }),
      FailsWith(code, "is from memory and could refuse"));
  // The fourth row is the first of s. 279.01(1), and the first is of an offence that s. 486.4 does not list.
  for (const auto& [row, day] : {std::pair(3, "2006-02-30"), {3, "2005-11-25"}, {0, "2006-01-02"}}) {
    const int at = row;
    const std::string from = day;
    EXPECT_THAT(refused([&](auto* set) { set->mutable_offences(at)->set_publication_ban_from(from); }),
                FailsWith(code, "publication_ban_from of a row of"))
        << at << " " << from;
  }
  EXPECT_THAT(refused([](auto* set) { set->clear_currency(); }), FailsWith(code, "currency"));
  EXPECT_THAT(refused([](auto* set) { set->mutable_preliminary_rules()->DeleteSubrange(0, 1); }),
              FailsWith(code, "preliminary_rules"));
}

}  // namespace
}  // namespace accord::prosecution
