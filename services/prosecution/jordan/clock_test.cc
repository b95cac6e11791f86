// These tests hold the clock against the courts, against a calendar that is not ours, and against a
// day-by-day count.
#include "services/prosecution/jordan/clock.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/clock.h"
#include "common/base/months.h"
#include "common/testing/seed.h"
#include "common/testing/temp_dir.h"

namespace accord::jordan {
namespace {

using absl::CivilDay;

constexpr double kDaysAMonth = 365.25 / 12;

Period Found(CivilDay first, CivilDay last, Cause cause = Cause::kDefenceCaused) {
  return {{first, last}, cause, Position::kFoundByCourt};
}

TEST(JordanClock, OverlappingDelaysAreCountedOnce) {
  const Reckoning r = Reckon(
      CivilDay(2024, 1, 1), CivilDay(2026, 1, 1), 18,
      {Found(CivilDay(2024, 3, 1), CivilDay(2024, 3, 11)), Found(CivilDay(2024, 3, 6), CivilDay(2024, 3, 21)),
       Found(CivilDay(2024, 3, 15), CivilDay(2024, 4, 1), Cause::kDiscreteEvent)},
      View::kAsFound);
  EXPECT_EQ(r.defence, 20);
  // What is already defence delay is not subtracted again.
  EXPECT_EQ(r.discrete, 11);
  EXPECT_EQ(r.remaining, r.total - 31);
}

TEST(JordanClock, EachViewCountsItsOwnPositions) {
  std::vector<Period> periods;
  int day = 1;
  for (Position position :
       {Position::kCrownAsserted, Position::kAgreed, Position::kDisputed, Position::kFoundByCourt}) {
    periods.push_back({{CivilDay(2024, 5, day), CivilDay(2024, 5, day + 1)}, Cause::kWaiver, position});
    day += 2;
  }
  const auto defence = [&](View view) {
    return Reckon(CivilDay(2024, 1, 1), CivilDay(2025, 1, 1), 18, periods, view).defence;
  };
  EXPECT_EQ(defence(View::kConservative), 2);
  EXPECT_EQ(defence(View::kCrown), 4);
  EXPECT_EQ(defence(View::kAsFound), 1);
}

TEST(JordanClock, ExactlyAtTheCeilingIsNotAboveIt) {
  const CivilDay start(2024, 8, 31);
  // The last day of February stands for the 31st.
  EXPECT_EQ(Reckon(start, start, 18, {}, View::kCrown).ceiling, CivilDay(2026, 2, 28));
  EXPECT_FALSE(Reckon(start, CivilDay(2026, 2, 28), 18, {}, View::kCrown).net_above);
  EXPECT_TRUE(Reckon(start, CivilDay(2026, 3, 1), 18, {}, View::kCrown).net_above);
}

TEST(JordanClock, WhatLiesOutsideOfTheProsecutionIsNotSubtracted) {
  const Reckoning r = Reckon(CivilDay(2024, 1, 1), CivilDay(2024, 2, 1), 18,
                             {Found(CivilDay(2023, 12, 1), CivilDay(2024, 1, 3)),
                              Found(CivilDay(2024, 1, 30), CivilDay(2024, 3, 1))},
                             View::kAsFound);
  EXPECT_EQ(r.defence, 4);
}

// The day-by-day count looks at every day by itself.
TEST(JordanClock, AgreesWithADayByDayCountOnRandomProsecutions) {
  std::mt19937_64 random(testing::SeedOr(20261124));
  const auto pick = [&](int n) { return static_cast<int>(random() % n); };
  for (int round = 0; round < 2000; ++round) {
    const CivilDay start = CivilDay(2015, 1, 1) + pick(3000), end = start + pick(1500);
    std::vector<Period> periods;
    for (int i = pick(6); i > 0; --i) {
      const CivilDay first = start + (pick(1700) - 100);
      periods.push_back(
          {{first, first + pick(200)}, static_cast<Cause>(pick(3)), static_cast<Position>(pick(4))});
    }
    for (View view : {View::kConservative, View::kCrown, View::kAsFound}) {
      int defence = 0, discrete = 0;
      for (CivilDay day = start; day < end; ++day) {
        bool by_defence = false, by_event = false;
        for (const Period& period : periods) {
          if (!ClockCounts(view, period.position) || day < period.span.first || day >= period.span.second)
            continue;
          (period.cause == Cause::kDiscreteEvent ? by_event : by_defence) = true;
        }
        defence += by_defence;
        discrete += by_event && !by_defence;
      }
      const Reckoning r = Reckon(start, end, 30, periods, view);
      ASSERT_EQ(r.defence, defence) << "round " << round;
      ASSERT_EQ(r.discrete, discrete) << "round " << round;
      ASSERT_EQ(r.remaining, r.total - defence - discrete);
      ASSERT_EQ(r.ceiling, MonthsAfter(start, 30) + defence + discrete);
      ASSERT_EQ(r.remaining_above, end > r.ceiling);
    }
  }
}

// The oracle is dateutil's relativedelta, which other people wrote for other purposes.
TEST(JordanClock, CalendarMonthsAgreeWithDateutilOnAHundredThousandCases) {
  constexpr int kCases = 100'000;
  std::mt19937_64 random(testing::SeedOr(20261124));
  testing::TempDir directory;
  std::vector<std::pair<CivilDay, int>> cases;
  {
    std::ofstream asked(directory.path("asked"));
    for (int i = 0; i < kCases; ++i) {
      // One in four is the end of a month, where arithmetic goes wrong.
      CivilDay day = CivilDay(1990, 1, 1) + static_cast<int>(random() % 25'000);
      if (random() % 4 == 0) day = CivilDay(absl::CivilMonth(day) + 1) - 1;
      cases.emplace_back(day, static_cast<int>(random() % 121) - 24);
      asked << FormatDay(day) << " " << cases.back().second << "\n";
    }
  }
  std::ofstream(directory.path("oracle.py"))
      << "import sys\n"
         "from datetime import date\n"
         "from dateutil.relativedelta import relativedelta\n"
         "for line in sys.stdin:\n"
         "    day, months = line.split()\n"
         "    print(date.fromisoformat(day) + relativedelta(months=int(months)))\n";
  const std::string command = absl::StrCat("/usr/bin/python3 ", directory.path("oracle.py"), " <",
                                           directory.path("asked"), " >", directory.path("answered"));
  ASSERT_EQ(std::system(command.c_str()), 0) << "needs python3-dateutil: ./accord setup";
  std::ifstream answered(directory.path("answered"));
  std::string line;
  int compared = 0;
  for (const auto& [day, months] : cases) {
    ASSERT_TRUE(std::getline(answered, line));
    ASSERT_EQ(FormatDay(MonthsAfter(day, months)), line) << FormatDay(day) << " and " << months << " months";
    ++compared;
  }
  EXPECT_EQ(compared, kCases);
}

struct Decision {
  std::map<std::string, std::string> cells;
  const std::string& operator[](const std::string& name) const { return cells.at(name); }
  double number(const std::string& name) const {
    double value = 0;
    EXPECT_TRUE(absl::SimpleAtod(cells.at(name), &value)) << cells.at("citation") << " " << name;
    return value;
  }
};

std::vector<Decision> Decisions() {
  std::ifstream file(std::string(std::getenv("ACCORD_SOURCE_DIR")) +
                     "/services/prosecution/jordan/decisions.csv");
  std::vector<std::string> names;
  std::vector<Decision> decisions;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> cells = absl::StrSplit(line, ';');
    if (names.empty()) {
      names = cells;
      continue;
    }
    Decision decision;
    // A note may contain semicolons.
    for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i) decision.cells[names[i]] = cells[i];
    decisions.push_back(decision);
  }
  return decisions;
}

// This gives the first and the last day that a published date may mean.
Span Possible(const std::string& text) {
  if (const auto day = ParseDay(text)) return {*day, *day};
  const auto first = ParseDay(text + "-01");
  EXPECT_TRUE(first) << text;
  return {*first, MonthsAfter(*first, 1) - 1};
}

// This gives a published length as a span that begins on `from`.
Span Stretch(const std::string& text, CivilDay from) {
  double amount = 0;
  if (text.find("..") != std::string::npos) {
    const std::pair<std::string, std::string> ends = absl::StrSplit(text, "..");
    return {*ParseDay(ends.first), *ParseDay(ends.second)};
  }
  if (text.empty()) return {from, from};
  EXPECT_TRUE(absl::SimpleAtod(text.substr(0, text.size() - 1), &amount)) << text;
  return {from, from + std::lround(text.back() == 'm' ? amount * kDaysAMonth : amount)};
}

TEST(JordanClock, ReproducesTheCourts) {
  int reproduced = 0, read = 0;
  for (const Decision& decision : Decisions()) {
    ++read;
    const double tolerance = decision.number("tolerance");
    const bool dated = !decision["start"].empty();
    // Where no day is published, the total is taken from the court, and the subtraction is tested.
    const CivilDay assumed(2015, 1, 1);
    const Span starts = dated ? Possible(decision["start"]) : Span{assumed, assumed};
    const CivilDay derived = assumed + std::lround(decision.number("total") * kDaysAMonth);
    const Span ends = dated ? Possible(decision["end"]) : Span{derived, derived};
    const double shortest = (ends.first - starts.second) / kDaysAMonth;
    const double longest = (ends.second - starts.first) / kDaysAMonth;
    const double published = decision.number("total");
    const bool total_fits = published >= shortest - tolerance && published <= longest + tolerance;
    EXPECT_EQ(total_fits, decision["reproduced"] != "no")
        << decision["citation"] << ": " << shortest << " to " << longest;
    if (!total_fits) continue;
    ++reproduced;
    if (decision["net"].empty()) continue;
    // A trial of the published length lies within the days that are possible.
    const CivilDay start = starts.second;
    const CivilDay end = start + std::lround(published * kDaysAMonth);
    const Span defence = Stretch(decision["defence"], start);
    const Span discrete = Stretch(decision["discrete"], std::max(defence.second, start));
    const int ceiling = static_cast<int>(decision.number("ceiling"));
    const Reckoning r = Reckon(
        start, end, ceiling,
        {Found(defence.first, defence.second), Found(discrete.first, discrete.second, Cause::kDiscreteEvent)},
        View::kAsFound);
    EXPECT_NEAR(r.net / kDaysAMonth, decision.number("net"), tolerance) << decision["citation"];
    EXPECT_NEAR(r.remaining / kDaysAMonth, decision.number("remaining"), tolerance) << decision["citation"];
    EXPECT_EQ(r.remaining_above, decision.number("remaining") > ceiling) << decision["citation"];
  }
  std::printf("%d of %d decisions reproduced\n", reproduced, read);
  EXPECT_GE(reproduced, 10);
}

}  // namespace
}  // namespace accord::jordan
