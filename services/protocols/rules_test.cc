#include "services/protocols/rules.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "common/base/clock.h"
#include "common/base/text_proto.h"
#include "common/testing/matchers.h"

namespace accord::protocols {
namespace {

using testing::FailsWith;

v1::RuleSet Real() {
  v1::RuleSet set;
  EXPECT_OK(ReadTextProto(
      std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/services/protocols/data/rules.textproto", &set));
  return set;
}

TEST(Rules, TheLawOfTheDayApplies) {
  const Rules rules = *Rules::From(Real());
  const auto& before = rules.Age(v1::AGE_BAND_16_17, absl::CivilDay(2017, 12, 31));
  EXPECT_FALSE(Eligible(before, false));
  EXPECT_TRUE(Eligible(before, true));
  EXPECT_TRUE(Eligible(rules.Age(v1::AGE_BAND_16_17, absl::CivilDay(2018, 1, 1)), false));
  EXPECT_EQ(rules.GroundOn("child_sex_trafficking", absl::CivilDay(2021, 9, 30)), nullptr);
  EXPECT_NE(rules.GroundOn("child_sex_trafficking", absl::CivilDay(2021, 10, 1)), nullptr);
}

// The CYFSA replaced the CFSA on 2018-04-30, and a rule that outlived the older Act has a row for each.
TEST(Rules, ARowThatOutlivedTheOlderActCitesTheActOfTheDay) {
  const Rules rules = *Rules::From(Real());
  struct Row {
    absl::CivilDay day;
    std::string ground, under_16, youth;
  };
  const std::vector<Row> rows = {
      {absl::CivilDay(2018, 4, 29), "CFSA s. 72", "CFSA s. 72: ", "by amendment of the CFSA"},
      {absl::CivilDay(2018, 4, 30), "CYFSA s. 125", "CYFSA s. 125: ", "CYFSA, which replaced the CFSA"},
  };
  for (const Row& row : rows) {
    for (const char* code : {"sexual_exploitation", "risk_of_sexual_exploitation"}) {
      ASSERT_NE(rules.GroundOn(code, row.day), nullptr) << code << row.day;
      EXPECT_EQ(rules.GroundOn(code, row.day)->source(), row.ground) << code << row.day;
    }
    for (const auto band : {v1::AGE_BAND_UNDER_12, v1::AGE_BAND_12_15}) {
      EXPECT_THAT(rules.Age(band, row.day).source(), ::testing::StartsWith(row.under_16)) << row.day;
      EXPECT_EQ(rules.Age(band, row.day).reporting(), v1::REPORTING_MANDATORY) << row.day;
    }
    const v1::AgeRule& youth = rules.Age(v1::AGE_BAND_16_17, row.day);
    EXPECT_THAT(youth.source(), ::testing::HasSubstr(row.youth)) << row.day;
    EXPECT_EQ(youth.reporting(), v1::REPORTING_PERMITTED) << row.day;
    EXPECT_TRUE(Eligible(youth, false)) << row.day;
  }
}

TEST(Rules, AYouthWhoIsUnderAnOrderIsDoubtfulUntilTheAgeOfProtectionRose) {
  const Rules rules = *Rules::From(Real());
  EXPECT_NE(rules.Age(v1::AGE_BAND_16_17, absl::CivilDay(2017, 12, 31)).doubt_under_order(), "");
  EXPECT_EQ(rules.Age(v1::AGE_BAND_16_17, absl::CivilDay(2018, 1, 1)).doubt_under_order(), "");
  EXPECT_EQ(rules.Age(v1::AGE_BAND_12_15, absl::CivilDay(2017, 12, 31)).doubt_under_order(), "");
}

TEST(Rules, OrdersOfTheYouthCourtEndAccessSinceTheirDay) {
  const Rules rules = *Rules::From(Real());
  const auto order = v1::YOUTH_DISPOSITION_ORDER_S14_OR_S20;
  EXPECT_FALSE(rules.YouthAccessEnd(order, absl::CivilDay(2019, 6, 20)).has_value());
  EXPECT_EQ(rules.YouthAccessEnd(order, absl::CivilDay(2019, 6, 21)).value(), absl::CivilDay(2019, 12, 22));
}

// The periods are those of YCJA s. 119(2), and end with the day of the same number (Interpretation Act,
// s. 28).
TEST(Rules, EachYouthRecordIsSeenForItsMonthsAndThroughTheDayOfTheSameNumber) {
  const Rules rules = *Rules::From(Real());
  struct Row {
    v1::YouthDisposition disposition;
    const char* counted_from;
    const char* last_day;
  };
  const std::vector<Row> rows = {
      {v1::YOUTH_DISPOSITION_EXTRAJUDICIAL_SANCTION, "2024-01-31", "2026-01-31"},
      {v1::YOUTH_DISPOSITION_ACQUITTAL, "2020-02-29", "2020-04-29"},
      {v1::YOUTH_DISPOSITION_ACQUITTAL_APPEALED, "2020-02-29", "2020-05-29"},
      {v1::YOUTH_DISPOSITION_DISMISSAL, "2020-02-29", "2020-04-29"},
      {v1::YOUTH_DISPOSITION_WITHDRAWAL, "2020-02-29", "2020-04-29"},
      {v1::YOUTH_DISPOSITION_REPRIMAND, "2020-02-29", "2020-04-29"},
      {v1::YOUTH_DISPOSITION_STAY, "2020-03-01", "2021-03-01"},
      {v1::YOUTH_DISPOSITION_ORDER_S14_OR_S20, "2019-06-21", "2019-12-21"},
      {v1::YOUTH_DISPOSITION_ABSOLUTE_DISCHARGE, "2020-03-01", "2021-03-01"},
      {v1::YOUTH_DISPOSITION_CONDITIONAL_DISCHARGE, "2020-03-01", "2023-03-01"},
      {v1::YOUTH_DISPOSITION_SUMMARY_CONVICTION, "2020-03-01", "2023-03-01"},
      {v1::YOUTH_DISPOSITION_INDICTABLE_CONVICTION, "2020-03-01", "2025-03-01"},
  };
  EXPECT_EQ(static_cast<int>(rows.size()), Real().youth_records_size());
  for (const Row& row : rows) {
    const auto closed = rules.YouthAccessEnd(row.disposition, *ParseDay(row.counted_from));
    ASSERT_TRUE(closed.has_value()) << row.disposition;
    EXPECT_EQ(FormatDay(*closed - 1), row.last_day) << row.disposition;
  }
}

TEST(Rules, AYouthRecordSaysWhatCanExtendItAndADayThatNobodyCompared) {
  const Rules rules = *Rules::From(Real());
  const auto notes = [&](v1::YouthDisposition disposition, absl::CivilDay day) {
    return rules.YouthRecordNotes(disposition, day);
  };
  EXPECT_THAT(notes(v1::YOUTH_DISPOSITION_STAY, absl::CivilDay(2025, 4, 8)), ::testing::IsEmpty());
  EXPECT_THAT(notes(v1::YOUTH_DISPOSITION_STAY, absl::CivilDay(2025, 4, 9)),
              ::testing::ElementsAre(::testing::HasSubstr("after 2025-04-08")));
  for (const auto convicted :
       {v1::YOUTH_DISPOSITION_SUMMARY_CONVICTION, v1::YOUTH_DISPOSITION_INDICTABLE_CONVICTION}) {
    EXPECT_THAT(notes(convicted, absl::CivilDay(2025, 4, 8)),
                ::testing::ElementsAre(::testing::AllOf(::testing::HasSubstr("further finding of guilt"),
                                                        ::testing::HasSubstr("s. 119(9)"),
                                                        ::testing::HasSubstr("s. 120"))));
  }
  for (const auto acquitted : {v1::YOUTH_DISPOSITION_ACQUITTAL, v1::YOUTH_DISPOSITION_ACQUITTAL_APPEALED}) {
    EXPECT_THAT(notes(acquitted, absl::CivilDay(2025, 4, 8)),
                ::testing::ElementsAre(::testing::HasSubstr("mental disorder")));
  }
}

TEST(Rules, AnInvestigationEndsByTheStandardsOfItsDay) {
  const Rules rules = *Rules::From(Real());
  const auto days = [&](int year, int month, int day) {
    const absl::Time at = absl::FromCivil(absl::CivilSecond(year, month, day, 12, 0, 0), OntarioZone());
    return (*rules.Due(v1::CLOCK_KIND_COMPLETION, v1::URGENCY_H48, at) - at) / absl::Hours(24);
  };
  EXPECT_EQ(days(2016, 6, 2), 30);
  EXPECT_EQ(days(2016, 6, 3), 45);
}

TEST(Rules, NextBusinessDayEndsAtMidnightInOntario) {
  const Rules rules = *Rules::From(Real());
  const absl::Time friday = absl::FromCivil(absl::CivilSecond(2026, 10, 9, 16, 0, 0), OntarioZone());
  // The Monday is Thanksgiving.
  EXPECT_EQ(*rules.Due(v1::CLOCK_KIND_ACKNOWLEDGE, v1::URGENCY_D7, friday),
            absl::FromCivil(absl::CivilSecond(2026, 10, 14, 0, 0, 0), OntarioZone()));
}

TEST(Rules, AProclaimedDayIsNoBusinessDay) {
  v1::RuleSet set = Real();
  set.mutable_calendar()->add_proclaimed_days("2026-10-13");
  const absl::Time friday = absl::FromCivil(absl::CivilSecond(2026, 10, 9, 16, 0, 0), OntarioZone());
  EXPECT_EQ(*Rules::From(set)->Due(v1::CLOCK_KIND_ACKNOWLEDGE, v1::URGENCY_D7, friday),
            absl::FromCivil(absl::CivilSecond(2026, 10, 15, 0, 0, 0), OntarioZone()));
  set.mutable_calendar()->add_proclaimed_days("2026-02-30");
  EXPECT_THAT(Rules::From(set).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "no such proclaimed day"));
}

TEST(Rules, GapsOverlapsAndRowsWithoutSourceAreRefused) {
  v1::RuleSet gap = Real();
  gap.mutable_age_rules()->RemoveLast();
  EXPECT_THAT(Rules::From(gap).status(), FailsWith(absl::StatusCode::kInvalidArgument, "0 age rules on"));
  v1::RuleSet overlap = Real();
  *overlap.add_age_rules() = overlap.age_rules(0);
  EXPECT_THAT(Rules::From(overlap).status(), FailsWith(absl::StatusCode::kInvalidArgument, "2 age rules on"));
  v1::RuleSet twice = Real();
  *twice.add_youth_records() = twice.youth_records(0);
  EXPECT_THAT(Rules::From(twice).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "2 youth records on"));
  v1::RuleSet two_acts = Real();
  two_acts.mutable_grounds(0)->set_effective_to("2018-05-01");
  EXPECT_THAT(Rules::From(two_acts).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "2 rows of a ground on 2018-04-30"));
  v1::RuleSet backwards = Real();
  backwards.mutable_grounds(4)->set_effective_to("2021-10-01");
  EXPECT_THAT(Rules::From(backwards).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "a row ends before it begins"));
  v1::RuleSet unmarked = Real();
  unmarked.mutable_clocks(0)->clear_mark();
  EXPECT_THAT(Rules::From(unmarked).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "names no source or no mark"));
  v1::RuleSet uncompared = Real();
  uncompared.clear_currency();
  EXPECT_THAT(Rules::From(uncompared).status(), FailsWith(absl::StatusCode::kInvalidArgument, "currency"));
  v1::RuleSet unsourced = Real();
  unsourced.mutable_grounds(0)->clear_source();
  EXPECT_THAT(Rules::From(unsourced).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "a row names no source"));
}

}  // namespace
}  // namespace accord::protocols
