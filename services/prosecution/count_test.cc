#include "common/aggregates/office_counts.h"
#include "common/storage/records/counts.h"
#include "common/storage/testing/steps.h"
#include "common/testing/postgres.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class ProsecutionCount : public ProsecutionFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  ProsecutionCount()
      : ProsecutionFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                    : "") {}

  absl::StatusOr<v1::CountProsecutionsResponse> Count(const Caller& who) {
    return Call<v1::CountProsecutionsResponse>(who, v1::CountProsecutionsRequest());
  }
  v1::CountProsecutionsResponse Counted() {
    auto counted = Count(office_);
    EXPECT_OK(counted);
    return counted.value_or(v1::CountProsecutionsResponse());
  }
  std::map<std::string, std::string> Cells() {
    std::map<std::string, std::string> cells;
    const auto counted = Counted();
    for (const auto& cell : counted.counts()) {
      cells[cell.label()] = cell.suppressed() ? "suppressed" : absl::StrCat(cell.count());
    }
    return cells;
  }
  // This sets the clock to noon of this day, and does whatever falls due by then.
  void SweepOn(const std::string& day) {
    On(day);
    Sweep();
  }
  // This gives the name of another accused in a case of its own.
  std::string Another() { return Charged(Assigned(absl::StrCat("26-", ++cases_))).name(); }
  void HearBail(const std::string& name) {
    v1::Accused accused = Read(name, counsel_);
    EXPECT_EQ(Advance(&accused, "hear_bail", "2026-02-01", counsel_), "");
  }

 private:
  int cases_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Databases, ProsecutionCount, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(ProsecutionCount, IsOfNothingBeforeTheFirstTimeAndForNobodyElse) {
  Another();
  EXPECT_FALSE(Counted().has_as_of());
  EXPECT_THAT(Cells(), IsEmpty());
  EXPECT_THAT(Count(counsel_), RefusedBy(rules::kAgencyKindNotPermitted));
}

TEST_P(ProsecutionCount, SuppressesASmallCellWithWhatItFollowsFrom) {
  for (int i = 0; i < 7; ++i) {
    const std::string name = Another();
    if (i < 2) HearBail(name);
  }
  SweepOn("2026-12-01");
  // Two cells alone would tell the five by subtraction.
  EXPECT_THAT(Cells(),
              UnorderedElementsAre(Pair("stage/charged", "suppressed"), Pair("stage/bail", "suppressed"),
                                   Pair("region/central-east", "7"), Pair("restitution/none", "7")));
}

TEST_P(ProsecutionCount, IsTheSameAroundOneStepUntilThePeriodEnds) {
  std::vector<std::string> names;
  for (int i = 0; i < 12; ++i) names.push_back(Another());
  SweepOn("2026-12-01");
  EXPECT_EQ(Cells()["stage/charged"], "12");
  EXPECT_EQ(FromProto(Counted().as_of()), in_process_.clock().Now());
  const std::string before = Counted().SerializeAsString();
  Another();
  EXPECT_EQ(Counted().SerializeAsString(), before) << "one accused more";
  names.resize(6);
  for (const std::string& name : names) {
    HearBail(name);
    EXPECT_EQ(Counted().SerializeAsString(), before) << "one accused who moves on";
  }
  SweepOn("2026-12-31");
  EXPECT_EQ(Counted().SerializeAsString(), before);
  SweepOn("2027-01-01");
  EXPECT_EQ(Cells()["stage/charged"], "7");
  EXPECT_EQ(Cells()["stage/bail"], "6");
  EXPECT_EQ(Cells()["region/central-east"], "13");
  EXPECT_EQ(FromProto(Counted().as_of()), in_process_.clock().Now());
}

TEST(ProsecutionMigrations, SayInFilesWhatKeepsCounts) {
  std::vector<storage::Migration> steps;
  storage::KeepCounts(110, "accused", {"stage", "region", "restitution"}, &steps);
  KeepOfficeCounts(130, kProsecutionCounts, &steps);
  storage::ExpectSteps(ProsecutionMigrations(), steps);
}

}  // namespace
}  // namespace accord::prosecution
