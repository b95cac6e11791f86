#include "clients/accordctl/core/instant.h"

#include <gmock/gmock.h>

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string FaultOfInstant(const std::string& text) {
  return std::string(InstantOf(text, "--until").status().message());
}

TEST(Instants, WithoutZoneAreOntarios) {
  EXPECT_EQ(InstantOf("2026-11-24T22:00", "").value_or(""), "2026-11-25T03:00:00Z");
  EXPECT_EQ(InstantOf("2026-07-24 22:00", "").value_or(""), "2026-07-25T02:00:00Z");
  EXPECT_EQ(InstantOf("2026-11-24T22:00:00-05:00", "").value_or(""), "2026-11-25T03:00:00Z");
}

TEST(Instants, AreTakenWithSecondsOrWithoutAndWithAZoneOrWithout) {
  for (const char* same : {"2026-11-24T22:00:00", "2026-11-24 22:00:00", "2026-11-24T22:00-05:00",
                           "2026-11-24 22:00-05:00", "2026-11-25T03:00Z", "2026-11-25 03:00:00Z"}) {
    EXPECT_EQ(InstantOf(same, "").value_or(""), "2026-11-25T03:00:00Z") << same;
  }
  for (const char* none : {"20260-11-24T22:00", "2026-11-24", "2026-11-24T24:30", "2026-13-01T00:00",
                           "infinite-future", "", "2026"}) {
    EXPECT_THAT(FaultOfInstant(none), HasSubstr("--until: write 2026-11-24T22:00")) << none;
  }
}

// Tables print the end of a day so.
TEST(Instants, MayBeTheMidnightThatEndsADay) {
  for (const char* same : {"2026-11-29T24:00", "2026-11-29 24:00", "2026-11-29T24:00:00",
                           "2026-11-29T24:00-05:00", "2026-11-29 24:00 EST", "2026-11-30T00:00 HNE",
                           "2026-11-30 01:00 EDT", "2026-11-30T00:00", "2026-11-30T05:00Z"}) {
    EXPECT_EQ(InstantOf(same, "").value_or(""), "2026-11-30T05:00:00Z") << same;
  }
  EXPECT_EQ(InstantOf("2026-12-31T24:00", "").value_or(""), "2027-01-01T05:00:00Z");
  // On that day the clocks are changed: it has 25 hours.
  EXPECT_EQ(InstantOf("2026-11-01T24:00", "").value_or(""), "2026-11-02T05:00:00Z");
  for (const char* none : {"2026-11-29T24:01", "2026-11-29T24:00:01", "2026-11-29T24:00:00.5"}) {
    EXPECT_FALSE(InstantOf(none, "").ok()) << none;
  }
}

TEST(Instants, ThatAreNoneSayWhatIsWrong) {
  EXPECT_THAT(FaultOfInstant("2026-13-01T00:00"),
              HasSubstr("; given was `2026-13-01T00:00`, and there is no such day"));
  EXPECT_THAT(FaultOfInstant("2026-02-30T00:00"), HasSubstr("there is no such day"));
  EXPECT_THAT(FaultOfInstant("2026-11-29T25:00"), HasSubstr("there is no such time of day"));
  EXPECT_THAT(FaultOfInstant("2026-11-29T22:60"), HasSubstr("there is no such time of day"));
  EXPECT_THAT(FaultOfInstant("2026-11-29"), HasSubstr("the time of day is missing"));
  EXPECT_THAT(FaultOfInstant("2026-11-29 at ten"), HasSubstr("no time of day follows the day"));
  EXPECT_THAT(FaultOfInstant("2026-11-29T22:00 PST"), HasSubstr("is no zone"));
  EXPECT_THAT(FaultOfInstant("tomorrow"), HasSubstr("`tomorrow`, and that begins with no day"));
}

TEST(Instants, OfTheHourThatComesTwiceOrNeverWantTheirZone) {
  EXPECT_THAT(FaultOfInstant("2026-11-01T01:30"),
              AllOf(HasSubstr("--until: "), HasSubstr("comes twice"),
                    HasSubstr("2026-11-01T01:30:00-04:00 or 2026-11-01T01:30:00-05:00")));
  EXPECT_THAT(FaultOfInstant("2026-03-08T02:30"), HasSubstr("comes never"));
  EXPECT_EQ(InstantOf("2026-11-01T01:30:00-04:00", "").value_or(""), "2026-11-01T05:30:00Z");
  EXPECT_EQ(InstantOf("2026-11-01T01:30:00-05:00", "").value_or(""), "2026-11-01T06:30:00Z");
  EXPECT_THAT(FaultOfInstant("tomorrow"), HasSubstr("--until: write 2026-11-24T22:00"));
}

}  // namespace
}  // namespace accord::ctl
