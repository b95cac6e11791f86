// These tests call through the gateway with a calendar of training that runs fast. What the office is shown
// of completions reveals neither a small cell nor one person's step.
#include "accord/training/v1/completion_service.pb.h"
#include "common/base/ids.h"
#include "tests/e2e/courses.h"
#include "tests/e2e/field.h"

namespace accord::e2e {
namespace {

namespace tr = accord::training::v1;

const Person kCountingRegistrar{"pc-opc", "registrar", "training"};
const Person kCountingStaff{"co-pahtco", "staff", "training"};
constexpr char kHeader[] = "learner,course,completed_on,learner_agency\n";

class FieldCounts : public Field {
 protected:
  FieldCounts() : Field(*fast) {}
  static void SetUpTestSuite() {
    const std::vector<FieldWorld::Admitted> people = {{"pc-opc", "registrar", {ROLE_TRAINING_ADMIN}},
                                                      {"co-pahtco", "staff", {ROLE_OFFICE_STAFF}}};
    fast = new FieldWorld(people);
    fast->Hasten("training");
  }
  static void TearDownTestSuite() { delete std::exchange(fast, nullptr); }

  void CreateCourse(const std::string& id) {
    Must<tr::Course>(kCountingRegistrar, "training.v1.CourseService/CreateCourse", NewCourse(id));
  }
  // The registrar imports this roster.
  void Import(const std::string& file) {
    tr::CreateImportRequest create;
    create.set_parent("agencies/pc-opc");
    create.mutable_import()->set_format(tr::IMPORT_FORMAT_CSV);
    create.mutable_import()->set_file_name("roster");
    create.mutable_import()->set_sha256(Hex(Sha256(file)));
    create.mutable_import()->set_size(static_cast<int64_t>(file.size()));
    auto import = Must<tr::Import>(kCountingRegistrar, "training.v1.CompletionService/CreateImport", create);
    tr::AppendImportRequest append;
    append.set_name(import.name());
    append.set_data(file);
    import = Must<tr::Import>(kCountingRegistrar, "training.v1.CompletionService/AppendImport", append);
    tr::FinishImportRequest finish;
    finish.set_commit(true);
    EXPECT_EQ(Move(kCountingRegistrar, "training.v1.CompletionService/FinishImport", &import, finish), "");
  }
  tr::CountTrainingResponse Counted() {
    return Must<tr::CountTrainingResponse>(kCountingStaff, "training.v1.CompletionService/CountTraining",
                                           tr::CountTrainingRequest());
  }
  // This gives what the office is told once the present period is over.
  tr::CountTrainingResponse CountedNext() {
    const auto before = Counted();
    auto counts = before;
    EXPECT_TRUE(Eventually(
        [&] {
          counts = Counted();
          return counts.as_of().seconds() != before.as_of().seconds();
        },
        absl::Minutes(1)));
    return counts;
  }

  static FieldWorld* fast;
};
FieldWorld* FieldCounts::fast = nullptr;

TEST_F(FieldCounts, ASmallCellFollowsFromNoTotal) {
  const std::vector<std::string> agencies = {"ps-york",   "ps-peel",    "ps-durham",
                                             "ps-halton", "ps-toronto", "ps-hamilton"};
  // This follows from {1,1,1,1,1,20}, from {4,4,4,4,4,90}, and from one count alone beside a large one.
  const std::map<std::string, std::vector<int>> courses = {{"small-cells-a", {1, 1, 1, 1, 1, 20}},
                                                           {"small-cells-b", {4, 4, 4, 4, 4, 90}},
                                                           {"small-cells-c", {2, 30}}};
  std::string file = kHeader;
  for (const auto& [course, cells] : courses) {
    CreateCourse(course);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (int learner = 0; learner < cells[i]; ++learner) {
        absl::StrAppend(&file, "p", learner, ",", course, ",", Days(-3), ",", agencies[i], "\n");
      }
    }
  }
  Import(file);
  const auto counts = CountedNext();
  for (const auto& [course, cells] : courses) {
    std::size_t told = 0;
    for (const auto& cell : counts.counts()) {
      if (cell.course() != "agencies/pc-opc/courses/" + course) continue;
      EXPECT_TRUE(cell.suppressed()) << cell.ShortDebugString();
      ++told;
    }
    EXPECT_EQ(told, cells.size());
  }
}

TEST_F(FieldCounts, TwoAnswersAroundOneCompletionSayTheSame) {
  CreateCourse("one-more");
  std::string file = kHeader;
  for (int i = 0; i < 6; ++i) absl::StrAppend(&file, "p", i, ",one-more,", Days(-3), ",ps-york\n");
  Import(file);
  tr::CountTrainingResponse before = CountedNext(), after;
  // A period may end meanwhile.
  for (int attempt = 0; attempt < 10; ++attempt) {
    before = Counted();
    Import(absl::StrCat(kHeader, "late-", attempt, ",one-more,", Days(-3), ",ps-york\n"));
    after = Counted();
    if (before.as_of().seconds() == after.as_of().seconds()) break;
  }
  EXPECT_EQ(before.ShortDebugString(), after.ShortDebugString());
  int64_t shown = 0;
  const auto next = CountedNext();
  for (const auto& cell : next.counts()) {
    if (cell.course() == "agencies/pc-opc/courses/one-more") shown = cell.count();
  }
  EXPECT_GE(shown, 7) << "the period's end holds it";
}

}  // namespace
}  // namespace accord::e2e
