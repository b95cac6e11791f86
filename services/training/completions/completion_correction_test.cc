// These tests show that a wrong completion of a roster is corrected with a reason, and that the old entry
// is kept.
#include <algorithm>

#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kColumns[] = "learner,course,completed_on,learner_agency\n";

class CompletionCorrections : public TrainingFixture {
 protected:
  void ImportRoster(const std::string& lines, bool commit = true) {
    const std::string file = kColumns + lines;
    v1::Import import;
    ASSERT_EQ(OpenImport(file, &import), "");
    ASSERT_EQ(Append(&import, 0, file), "");
    if (!commit) return;
    ASSERT_EQ(Finish(&import, true), "");
  }
  static v1::CorrectCompletionRequest Wrong(const std::string& learner, const std::string& day) {
    v1::CorrectCompletionRequest request;
    request.set_parent("agencies/pc-opc");
    auto* correction = request.mutable_completion_correction();
    correction->set_course("agencies/pc-opc/courses/git");
    correction->set_learner_agency("ps-york");
    correction->set_learner(learner);
    correction->set_completed_on(day);
    correction->set_reason("the sheet of another class");
    return request;
  }
  std::string ToDay(v1::CorrectCompletionRequest request, const std::string& day) {
    request.mutable_completion_correction()->set_correct_completed_on(day);
    return Rule(Call<v1::CompletionCorrection>(admin_, request));
  }
  std::string ToLearner(v1::CorrectCompletionRequest request, const std::string& learner,
                        const Caller& caller) {
    request.mutable_completion_correction()->set_correct_learner(learner);
    return Rule(Call<v1::CompletionCorrection>(caller, request));
  }

  const v1::Course course_ = Approved(NewCourse("git"));
};

TEST_F(CompletionCorrections, ADayAndALearnerAreCorrectedAndTheWrongOnesKept) {
  ImportRoster("p1,git,2024-02-29,ps-york\np2,git,2024-03-01,ps-york\n");
  ASSERT_EQ(ToDay(Wrong("p1", "2024-02-29"), "2024-02-28"), "");
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2024-02-28", "ps-york p2 2024-03-01"));
  ASSERT_EQ(ToLearner(Wrong("p2", "2024-03-01"), "p3", admin_), "");
  EXPECT_THAT(Completions(Learner("p2")), IsEmpty());
  EXPECT_THAT(Completions(Learner("p3")), ElementsAre("ps-york p3 2024-03-01"));
  // A wrong correction is corrected again.
  ASSERT_EQ(ToDay(Wrong("p1", "2024-02-28"), "2024-02-27"), "");
  EXPECT_THAT(Completions(Learner("p1")), ElementsAre("ps-york p1 2024-02-27"));
  const auto list =
      Must(Call<v1::ListCompletionCorrectionsResponse>(admin_, v1::ListCompletionCorrectionsRequest()));
  ASSERT_EQ(list.completion_corrections_size(), 3);
  const auto& all = list.completion_corrections();
  // Corrections of the same moment stand in any order.
  const auto first = std::find_if(all.begin(), all.end(), [](const v1::CompletionCorrection& each) {
    return each.completed_on() == "2024-02-29";
  });
  ASSERT_TRUE(first != all.end());
  EXPECT_EQ(first->correct_completed_on(), "2024-02-28");
  EXPECT_EQ(first->corrected_by(), admin_.actor);
  EXPECT_EQ(first->reason(), "the sheet of another class");
  const auto others =
      Must(Call<v1::ListCompletionCorrectionsResponse>(ministry_, v1::ListCompletionCorrectionsRequest()));
  EXPECT_EQ(others.completion_corrections_size(), 0);
}

TEST_F(CompletionCorrections, WhatAnEnrolmentGaveAndWhatIsNotCommittedStand) {
  Completed(Open(course_, 10), "p1");
  EXPECT_EQ(ToDay(Wrong("p1", "2026-11-24"), "2026-11-23"), "COMPLETION_UNKNOWN");
  ImportRoster("p2,git,2024-03-01,ps-york\n", false);
  EXPECT_EQ(ToDay(Wrong("p2", "2024-03-01"), "2024-03-02"), "COMPLETION_UNKNOWN");
  EXPECT_EQ(ToDay(Wrong("p9", "2024-03-01"), "2024-03-02"), "COMPLETION_UNKNOWN");
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2026-11-24"));
}

TEST_F(CompletionCorrections, ItIsOfTheOwnerAndOfNobodysOwnRecord) {
  ImportRoster("p1,git,2024-02-29,ps-york\np2,git,2024-02-29,ps-york\nclerk,git,2024-02-29,pc-opc\n");
  const v1::CorrectCompletionRequest wrong = Wrong("p1", "2024-02-29");
  EXPECT_EQ(ToLearner(wrong, "p2", admin_), "ALREADY_RECORDED");
  EXPECT_EQ(ToLearner(wrong, "p1", admin_), "FIELD_INVALID") << "nothing is corrected by it";
  EXPECT_EQ(ToDay(wrong, "2026-11-25"), "EVENT_IN_FUTURE");
  EXPECT_EQ(ToLearner(wrong, "p3", ministry_), "NOT_FOUND");
  v1::CorrectCompletionRequest elsewhere = wrong;
  elsewhere.set_parent("agencies/min-mol");
  EXPECT_EQ(ToLearner(elsewhere, "p3", ministry_), "NOT_FOUND") << "of another agency's course";
  EXPECT_EQ(ToLearner(wrong, "p3", trainer_), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(ToLearner(wrong, "p3", lead_), "AGENCY_KIND_NOT_PERMITTED");
  v1::CorrectCompletionRequest own = Wrong("clerk", "2024-02-29");
  own.mutable_completion_correction()->set_learner_agency("pc-opc");
  EXPECT_EQ(ToLearner(own, admin_.actor, admin_), "OWN_RECORD");
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2024-02-29", "ps-york p2 2024-02-29"));
}

}  // namespace
}  // namespace accord::training
