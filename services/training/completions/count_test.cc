#include "common/aggregates/office_counts.h"
#include "common/storage/testing/steps.h"
#include "common/testing/postgres.h"
#include "services/training/completions/completion_store.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class TrainingCount : public TrainingFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  TrainingCount()
      : TrainingFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                 : "") {}

  v1::CountTrainingResponse Counted(const Caller& who) {
    const auto counted = Call<v1::CountTrainingResponse>(who, v1::CountTrainingRequest());
    EXPECT_OK(counted);
    return counted.value_or(v1::CountTrainingResponse());
  }
  // Cells are keyed by course and agency.
  std::map<std::string, std::string> Cells(const Caller& who) {
    std::map<std::string, std::string> cells;
    const auto counted = Counted(who);
    for (const auto& cell : counted.counts()) {
      cells[absl::StrCat(cell.course(), " ", cell.agency())] =
          cell.suppressed() ? "suppressed" : absl::StrCat(cell.count());
    }
    return cells;
  }
  void SweepOn(const std::string& day) {
    On(day);
    Sweep();
  }
  // This adds this many learners of an agency who have completed a course, from this number on.
  void Complete(const std::string& owner, const std::string& course, const std::string& agency, int learners,
                int first = 0) {
    const absl::Status added = in_process_.database().Transact([&](storage::Transaction& tx) {
      absl::Status status;
      for (int i = first; i < first + learners; ++i) {
        status.Update(AddCompletion(tx, {owner, course, agency, absl::StrCat("p", i), "2026-11-20"}));
      }
      return status;
    });
    EXPECT_OK(added);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, TrainingCount, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(TrainingCount, IsOfNothingForTheOfficeBeforeTheFirstTime) {
  Complete("pc-opc", "git", "ps-york", 6);
  EXPECT_FALSE(Counted(office_).has_as_of());
  EXPECT_THAT(Cells(office_), IsEmpty());
  EXPECT_FALSE(Counted(admin_).has_as_of());
  EXPECT_THAT(Cells(admin_), ElementsAre(Pair("agencies/pc-opc/courses/git ps-york", "6")));
}

TEST_P(TrainingCount, SuppressesASmallCellWithWhatItFollowsFrom) {
  Complete("pc-opc", "git", "ps-york", 2);
  Complete("pc-opc", "git", "ps-durham", 30);
  // This name sorts between the rows of another course.
  Complete("pc-opc", "git-2", "ps-york", 7);
  Complete("min-mol", "awareness", "ps-york", 8);
  SweepOn("2026-12-01");
  EXPECT_THAT(Cells(office_),
              UnorderedElementsAre(Pair("agencies/pc-opc/courses/git ps-york", "suppressed"),
                                   Pair("agencies/pc-opc/courses/git ps-durham", "suppressed"),
                                   Pair("agencies/pc-opc/courses/git-2 ps-york", "7"),
                                   Pair("agencies/min-mol/courses/awareness ps-york", "8")));
}

TEST_P(TrainingCount, IsTheSameForTheOfficeAroundOneCompletionUntilThePeriodEnds) {
  Complete("pc-opc", "git", "ps-york", 6);
  SweepOn("2026-12-01");
  const std::string cell = "agencies/pc-opc/courses/git ps-york";
  EXPECT_EQ(FromProto(Counted(office_).as_of()), in_process_.clock().Now());
  const std::string before = Counted(office_).SerializeAsString();
  Complete("pc-opc", "git", "ps-york", 1, 6);
  EXPECT_EQ(Counted(office_).SerializeAsString(), before);
  EXPECT_EQ(Cells(admin_)[cell], "7") << "who lists them one by one counts as of now";
  SweepOn("2026-12-31");
  EXPECT_EQ(Counted(office_).SerializeAsString(), before);
  SweepOn("2027-01-01");
  EXPECT_EQ(Cells(office_)[cell], "7");
  EXPECT_EQ(FromProto(Counted(office_).as_of()), in_process_.clock().Now());
}

TEST(TrainingMigrations, SayInFilesWhatKeepsCounts) {
  std::vector<storage::Migration> steps;
  KeepOfficeCounts(120, kTrainingCounts, &steps);
  storage::ExpectSteps(TrainingMigrations(), steps);
}

}  // namespace
}  // namespace accord::training
