#include <map>

#include "services/training/completions/completion_counts.h"
#include "services/training/completions/completion_store.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Imports : public TrainingFixture {};

constexpr char kHeader[] = "learner,course,completed_on,learner_agency\n";

TEST_F(Imports, ARosterComesInWholeOrNotAtAll) {
  Approved(NewCourse("git"));
  const std::string file =
      absl::StrCat(kHeader, "p1,git,2024-02-29,ps-york\r\n", "\"p2\",git,2024-03-01,ps-york\n");
  v1::Import import, second;
  ASSERT_EQ(OpenImport(file, &import), "");
  EXPECT_EQ(OpenImport(file, &second), "IMPORT_OPEN");
  const auto half = static_cast<int64_t>(file.find("\"p2\""));
  ASSERT_EQ(file[half - 1], '\n');
  EXPECT_EQ(Append(&import, 0, file.substr(0, half)), "");
  // Nobody sees completions that are not committed.
  EXPECT_THAT(Completions(lead_), IsEmpty());
  EXPECT_EQ(Finish(&import, true), "IMPORT_INCOMPLETE");
  EXPECT_EQ(Append(&import, half + 1, file.substr(half)), "OFFSET_MISMATCH");
  // The client sends the first half again after an interruption.
  EXPECT_EQ(Append(&import, 0, file.substr(0, half)), "");
  EXPECT_EQ(import.accepted(), 1);
  EXPECT_EQ(Append(&import, half, file.substr(half)), "");
  EXPECT_EQ(import.accepted(), 2);
  EXPECT_EQ(Finish(&import, true), "");
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2024-02-29", "ps-york p2 2024-03-01"));
  EXPECT_THAT(Completions(admin_), SizeIs(2));
  EXPECT_EQ(Append(&import, 0, file), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Finish(&import, true), "STATE_NOT_PERMITTED");
  // The same roster is imported again, and all of its lines are known.
  ASSERT_EQ(OpenImport(file, &second), "");
  EXPECT_EQ(Append(&second, 0, file), "");
  EXPECT_EQ(second.known(), 2);
  EXPECT_EQ(second.accepted(), 0);
  EXPECT_EQ(Finish(&second, true), "");
  EXPECT_THAT(Completions(lead_), SizeIs(2));
}

TEST_F(Imports, AnImportThatIsDroppedTakesNoCompletionAlongThatWasEarned) {
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  const std::string file =
      absl::StrCat(kHeader, "p1,git,2026-11-24,ps-york\n", "p2,git,2026-11-24,ps-york\n");
  v1::Import dropped, kept;
  ASSERT_EQ(OpenImport(file, &dropped), "");
  ASSERT_EQ(Append(&dropped, 0, file), "");
  Completed(offering, "p1");
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2026-11-24"));
  ASSERT_EQ(Finish(&dropped, false), "");
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2026-11-24"));
  // A committed import counts its own lines once.
  ASSERT_EQ(OpenImport(file, &kept), "");
  ASSERT_EQ(Append(&kept, 0, file), "");
  Completed(offering, "p2");
  ASSERT_EQ(Finish(&kept, true), "");
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2026-11-24", "ps-york p2 2026-11-24"));
  const auto tallies =
      in_process_.database().Read([](storage::Transaction& tx) { return CountCompletions(tx, "pc-opc"); });
  ASSERT_OK(tallies);
  ASSERT_THAT(*tallies, SizeIs(1));
  EXPECT_EQ(tallies->front().count, 2);
}

TEST_F(Imports, WhoeverAsksForOneCourseIsAnsweredItsCompletionsAlone) {
  Approved(NewCourse("git"));
  Approved(NewCourse("law"));
  const std::string file = absl::StrCat(kHeader, "p1,git,2024-02-29,ps-york\n", "p1,law,2024-03-01,ps-york\n",
                                        "p2,git,2024-03-02,ps-york\n", "p3,git,2024-03-03,ps-durham\n");
  v1::Import import;
  ASSERT_EQ(OpenImport(file, &import), "");
  ASSERT_EQ(Append(&import, 0, file), "");
  ASSERT_EQ(Finish(&import, true), "");
  const std::string git = "agencies/pc-opc/courses/git", law = "agencies/pc-opc/courses/law";
  EXPECT_THAT(Completions(lead_), SizeIs(3));
  EXPECT_THAT(Completions(lead_, git), ElementsAre("ps-york p1 2024-02-29", "ps-york p2 2024-03-02"));
  EXPECT_THAT(Completions(lead_, law), ElementsAre("ps-york p1 2024-03-01"));
  EXPECT_THAT(Completions(Learner("p1"), git), ElementsAre("ps-york p1 2024-02-29"));
  EXPECT_THAT(Completions(admin_, git), SizeIs(3));
  // A course of this id, but of another agency, is another course.
  EXPECT_THAT(Completions(lead_, "agencies/mol/courses/git"), IsEmpty());
  EXPECT_THAT(Completions(admin_, "agencies/mol/courses/git"), IsEmpty());
}

TEST_F(Imports, EveryWrongLineIsNamedAndNothingIsTaken) {
  Approved(NewCourse("git"));
  const std::string file =
      absl::StrCat(kHeader, "p1,git,2024-02-29,ps-york\n", "p2,git,2023-02-29,ps-york\n",
                   "p3,nursing,2024-01-01,ps-york\n", "p\xFF,git,2024-01-01,ps-york\n", "p4,git,2024-01-01\n",
                   "p1,git,2024-02-29,ps-york\n", "p5,git,2027-01-01,ps-york\n",
                   "\"p6,git,2024-01-01,ps-york\n", "P7,git,2024-01-01,ps-york\n");
  v1::Import import;
  ASSERT_EQ(OpenImport(file, &import), "");
  ASSERT_EQ(Append(&import, 0, file), "");
  EXPECT_EQ(import.errors(), 8);
  EXPECT_THAT(Errors(import),
              ElementsAre("3 DATE_INVALID", "4 COURSE_UNKNOWN", "5 ENCODING", "6 COLUMN_COUNT",
                          "7 LINE_REPEATED", "8 EVENT_IN_FUTURE", "9 QUOTES_UNBALANCED", "10 VALUE_INVALID"));
  EXPECT_EQ(Finish(&import, true), "IMPORT_HAS_ERRORS");
  EXPECT_EQ(Finish(&import, false), "");
  EXPECT_THAT(Completions(lead_), IsEmpty());
  for (const auto& [header, rule] :
       std::map<std::string, std::string>{{"learner,course,completed_on\n", "COLUMN_MISSING"},
                                          {"learner,course,completed_on,agency\n", "COLUMN_UNKNOWN"},
                                          {"learner,course,learner,learner_agency\n", "COLUMN_REPEATED"}}) {
    ASSERT_EQ(OpenImport(header, &import), "");
    EXPECT_EQ(Append(&import, 0, header), rule);
    EXPECT_EQ(Finish(&import, false), "");
  }
}

TEST_F(Imports, StatementsOfLearningSystemsAreRead) {
  Approved(NewCourse("git"));
  const std::string good =
      R"({"actor":{"account":{"homePage":"https://lms.example/agencies/ps-york","name":"p1"}},)"
      R"("verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"https://lms.example/courses/git"},)"
      R"("timestamp":"2024-03-01T03:30:00Z"})";
  const std::string file = absl::StrCat(
      good, "\n", R"({"verb":{"id":"http://adlnet.gov/expapi/verbs/failed"}})", "\n", "not json\n");
  v1::Import import;
  ASSERT_EQ(OpenImport(file, &import, v1::IMPORT_FORMAT_XAPI), "");
  ASSERT_EQ(Append(&import, 0, file), "");
  EXPECT_THAT(Errors(import), ElementsAre("2 VERB_UNKNOWN", "3 STATEMENT_INVALID"));
  EXPECT_EQ(Finish(&import, false), "");
  ASSERT_EQ(OpenImport(good + "\n", &import, v1::IMPORT_FORMAT_XAPI), "");
  ASSERT_EQ(Append(&import, 0, good + "\n"), "");
  EXPECT_EQ(Finish(&import, true), "");
  // The completion has the day in Ontario.
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2024-02-29"));
}

TEST_F(Imports, CompletionsAreReadByAnIndexWithoutASort) {
  for (const CompletionQuery& query :
       {CompletionQuery{"ps-york", "p1", "", "", std::nullopt, 50},
        CompletionQuery{"ps-york", "", "", "", std::nullopt, 50},
        CompletionQuery{"ps-york", "", "pc-opc", "git", std::nullopt, 50},
        CompletionQuery{"ps-york", "p1", "pc-opc", "git", std::nullopt, 50},
        CompletionQuery{"", "", "pc-opc", "", CompletionRow{"pc-opc", "git", "a", "b", "c", 0}, 50}}) {
    std::vector<storage::Value> params;
    const std::string sql = "explain query plan " + CompletionSql(query, &params);
    const auto plan = in_process_.database().Read([&](storage::Transaction& tx) {
      return tx.QueryValues<int64_t, int64_t, int64_t, std::string>(sql, params);
    });
    ASSERT_OK(plan);
    std::string text;
    for (const auto& line : *plan) absl::StrAppend(&text, std::get<3>(line), "\n");
    EXPECT_THAT(text, ::testing::HasSubstr("SEARCH completion USING "));
    EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("TEMP B-TREE")));
  }
}

}  // namespace
}  // namespace accord::training
