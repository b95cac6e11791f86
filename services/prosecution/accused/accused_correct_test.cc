// These tests show that mistakes in a prosecution are mended: the charge, a day in court, a stage, and the
// number of an information.
#include "common/testing/walk.h"
#include "services/prosecution/lifecycles.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

class AccusedCorrections : public ProsecutionFixture {
 protected:
  std::string CorrectCharge(v1::Accused* accused, const std::string& day) {
    v1::CorrectAccusedRequest request;
    request.set_charge_date(day);
    request.set_reason("misread");
    return Move(counsel_, accused, request);
  }
  std::string CorrectCounts(v1::Accused* accused, const v1::Accused& wanted) {
    v1::CorrectAccusedRequest request;
    *request.mutable_counts() = wanted.counts();
    request.set_reason("misread");
    return Move(counsel_, accused, request);
  }
  std::string Appear(v1::Accused* accused, const std::string& on, const std::string& purpose) {
    v1::RecordAccusedAppearanceRequest request;
    request.mutable_appearance()->set_on(on);
    request.mutable_appearance()->set_purpose(purpose);
    return Move(counsel_, accused, request);
  }
  std::string Undo(v1::Accused* accused, const Caller& caller) {
    v1::UndoAccusedStageRequest request;
    request.set_reason("another accused");
    return Move(caller, accused, request);
  }
  std::string CorrectNumber(v1::Case* item, const std::string& number, const Caller& caller) {
    v1::CorrectCaseRequest request;
    request.set_information_number(number);
    request.set_reason("misread");
    return Move(caller, item, request);
  }
  // This stores an accused as if he or she had come to this stage, with a disposition of the only count.
  v1::Accused Stored(int stage) {
    v1::Accused accused = NewAccused(case_).accused();
    accused.set_name(absl::StrCat(case_.name(), "/accused/stored", ++stored_));
    PutAt(static_cast<v1::Stage>(stage), &accused);
    accused.mutable_counts(0)->set_preliminary_eligible(true);
    accused.mutable_counts(0)->set_disposition(v1::DISPOSITION_WITHDRAWN);
    accused.mutable_counts(0)->set_disposed_on("2026-02-01");
    testing::Store(&in_process_, "accused", &accused, {"cr-york", "", {"cr-york", "cr-phtpt"}, {}});
    return Read(accused.name(), counsel_);
  }
  // This gives the parts of the accused that a correction may not change.
  static std::string Apart(v1::Accused accused) {
    accused.clear_etag();
    accused.clear_update_time();
    accused.clear_corrections();
    return accused.SerializeAsString();
  }

  v1::Case case_ = Assigned();
  int stored_ = 0;
};

TEST_F(AccusedCorrections, AWrongDayOfTheChargeIsCorrectedAndTheClockReckonedAnew) {
  v1::Accused accused = Charged(case_);
  const std::string ceiling = accused.clock().conservative().ceiling();
  EXPECT_EQ(CorrectCharge(&accused, "2026-11-25"), "EVENT_IN_FUTURE");
  EXPECT_EQ(CorrectCharge(&accused, "2026-01-09"), "DATES_OUT_OF_ORDER") << "the offence lasted to the 10th";
  ASSERT_EQ(CorrectCharge(&accused, "2026-01-12"), "");
  EXPECT_EQ(accused.clock().start(), "2026-01-12");
  EXPECT_LT(accused.clock().conservative().ceiling(), ceiling);
  EXPECT_EQ(accused.stages(0).on(), "2026-01-12");
  EXPECT_EQ(accused.forums(0).on(), "2026-01-12");
  ASSERT_EQ(accused.corrections_size(), 1);
  EXPECT_THAT(accused.corrections(0).fields(), ::testing::ElementsAre("charge_date"));
  EXPECT_EQ(accused.corrections(0).ceiling_before(), ceiling);
  EXPECT_EQ(accused.corrections(0).by(), counsel_.actor);
  EXPECT_EQ(accused.corrections(0).reason(), "misread");
  EXPECT_EQ(Read(accused.name(), clerk_).corrections(0).reason(), "");
  ASSERT_EQ(Appear(&accused, "2026-02-01", "first appearance"), "");
  EXPECT_EQ(CorrectCharge(&accused, "2026-02-02"), "DATES_OUT_OF_ORDER")
      << "nobody appears before the charge";
}

TEST_F(AccusedCorrections, CountsAreCorrectedButForThoseThatAreOver) {
  v1::Accused accused = Charged(case_);
  EXPECT_EQ(CorrectCounts(&accused, v1::Accused()), "FIELD_INVALID") << "nothing is corrected by it";
  v1::Accused wanted = accused;
  wanted.mutable_counts(0)->set_section("286.3(1)");
  ASSERT_EQ(CorrectCounts(&accused, wanted), "");
  EXPECT_EQ(accused.counts(0).section(), "286.3(1)");
  ASSERT_EQ(Dispose(&accused, 0, v1::DISPOSITION_WITHDRAWN, "2026-03-01"), "");
  wanted = accused;
  wanted.mutable_counts(0)->set_section("279.01(1)");
  EXPECT_EQ(CorrectCounts(&accused, wanted), "ALREADY_DISPOSED");
  wanted = accused;
  *wanted.add_counts() = NewAccused(case_).accused().counts(0);
  ASSERT_EQ(CorrectCounts(&accused, wanted), "");
  ASSERT_EQ(accused.counts_size(), 2);
  EXPECT_EQ(accused.counts(0).disposition(), v1::DISPOSITION_WITHDRAWN);
  EXPECT_EQ(accused.counts(1).disposition(), v1::DISPOSITION_UNSPECIFIED);
  wanted.mutable_counts(1)->set_victim("v9");
  EXPECT_EQ(CorrectCounts(&accused, wanted), "VICTIM_UNKNOWN");
  ASSERT_EQ(Dispose(&accused, 1, v1::DISPOSITION_WITHDRAWN, "2026-03-01"), "");
  ASSERT_EQ(Advance(&accused, "conclude", "2026-03-02", counsel_), "");
  wanted = accused;
  *wanted.add_counts() = NewAccused(case_).accused().counts(0);
  EXPECT_EQ(CorrectCounts(&accused, wanted), "COUNTS_OPEN");
}

TEST_F(AccusedCorrections, ADayInCourtIsCorrectedAndAClerkTakesNoPurposeAway) {
  v1::Accused accused = Charged(case_);
  ASSERT_EQ(Appear(&accused, "2026-02-01", "what was said of the victim"), "");
  v1::CorrectAccusedAppearanceRequest request;
  request.mutable_appearance()->set_on("2026-02-02");
  request.mutable_appearance()->set_next_on("2026-12-01");
  request.set_reason("the court sat a day later");
  request.set_position(1);
  EXPECT_EQ(Move(clerk_, &accused, request), "APPEARANCE_UNKNOWN");
  request.set_position(0);
  request.mutable_appearance()->set_on("2026-01-14");
  EXPECT_EQ(Move(clerk_, &accused, request), "DATES_OUT_OF_ORDER");
  request.mutable_appearance()->set_on("2026-02-02");
  ASSERT_EQ(Move(clerk_, &accused, request), "");
  EXPECT_EQ(accused.appearances(0).purpose(), "") << "which a clerk does not read";
  accused = Read(accused.name(), counsel_);
  ASSERT_EQ(accused.appearances_size(), 1);
  EXPECT_EQ(accused.appearances(0).on(), "2026-02-02");
  EXPECT_EQ(accused.appearances(0).next_on(), "2026-12-01");
  EXPECT_EQ(accused.appearances(0).purpose(), "what was said of the victim");
  EXPECT_EQ(Move(colleague_, &accused, request), "NOT_FOUND");
  EXPECT_EQ(Move(elsewhere_, &accused, request), "NOT_FOUND");
}

TEST_F(AccusedCorrections, EachStageThatIsDeclaredIsUndoneWithAllThatItBrought) {
  ASSERT_EQ(Consider(&case_, "v1"), "");
  int undone = 0;
  for (const Transition& step : StageLifecycle().Transitions()) {
    const std::string where = absl::StrCat(step.event, " at stage ", step.from);
    const v1::Accused before = Stored(step.from);
    v1::Accused accused = before;
    ASSERT_EQ(Advance(&accused, step.event, "2026-11-20", counsel_), "") << where;
    ASSERT_EQ(accused.stage(), step.to) << where;
    EXPECT_EQ(Undo(&accused, clerk_), "ROLE_NOT_PERMITTED") << where;
    EXPECT_EQ(Undo(&accused, colleague_), "NOT_FOUND") << where;
    ASSERT_TRUE(step.undoable) << where;
    ASSERT_EQ(Undo(&accused, counsel_), "") << where;
    EXPECT_EQ(Apart(accused), Apart(before)) << where;
    ASSERT_EQ(accused.corrections_size(), 1) << where;
    EXPECT_EQ(accused.corrections(0).stage_before(), step.to) << where;
    // There was nothing before the undoing except what is there again.
    EXPECT_THAT(Undo(&accused, counsel_), ::testing::AnyOf("STEP_ACTED_ON", "STATE_NOT_PERMITTED")) << where;
    ++undone;
  }
  EXPECT_GT(undone, 40);
}

TEST_F(AccusedCorrections, AStageThatSomebodyActedOnStandsAndAnAlertIsNobody) {
  v1::Accused accused = Charged(case_);
  EXPECT_EQ(Undo(&accused, counsel_), "STATE_NOT_PERMITTED") << "a charge is no step";
  ASSERT_EQ(Advance(&accused, "hear_bail", "2026-02-01", counsel_), "");
  ASSERT_EQ(Appear(&accused, "2026-02-02", "bail"), "");
  EXPECT_EQ(Undo(&accused, counsel_), "STEP_ACTED_ON");
  ASSERT_EQ(Advance(&accused, "take_in", "2026-02-03", counsel_), "");
  On("2027-02-01");
  Sweep();
  ASSERT_FALSE(Alerts().empty());
  accused = Read(accused.name(), counsel_);
  ASSERT_EQ(Undo(&accused, coordinator_), "");
  EXPECT_EQ(accused.stage(), v1::STAGE_BAIL);
}

TEST_F(AccusedCorrections, ACorrectedNumberFreesTheWrongOne) {
  const v1::Accused accused = Charged(case_);
  v1::Case other = Assigned("26-2002");
  EXPECT_EQ(CorrectNumber(&case_, "26-2002", counsel_), "INFORMATION_TAKEN");
  EXPECT_EQ(CorrectNumber(&case_, "26-1001", counsel_), "ALREADY_RECORDED");
  EXPECT_EQ(CorrectNumber(&case_, "26-3003", colleague_), "NOT_FOUND");
  ASSERT_EQ(CorrectNumber(&case_, "26-3003", clerk_), "");
  EXPECT_EQ(Read(accused.name(), counsel_).information_number(), "26-3003");
  ASSERT_EQ(case_.corrections_size(), 1);
  EXPECT_EQ(case_.corrections(0).reason(), "") << "which a clerk does not read";
  EXPECT_EQ(CorrectNumber(&other, "26-1001", counsel_), "");
  EXPECT_THAT(Call<v1::Case>(clerk_, NewCase("26-3003")), RefusedBy(rules::kInformationTaken));
}

TEST_F(AccusedCorrections, AReferenceThatNamesSomebodyIsNotTakenByACorrectionEither) {
  v1::Accused accused = Charged(case_);
  v1::CorrectAccusedRequest request;
  request.set_reason("misread");
  request.set_accused_ref("John Roe");
  EXPECT_EQ(Move(counsel_, &accused, request), "REFERENCE_NAMES_PERSON");
  request.set_accused_ref("accused-two-1");
  ASSERT_EQ(Move(counsel_, &accused, request), "");
  EXPECT_EQ(accused.accused_ref(), "accused-two-1");
}

TEST_F(AccusedCorrections, TheUndoingOfAConclusionTakesTheReasonForNoSentenceAway) {
  v1::Accused accused = Charged(case_);
  PleadAndConclude(&accused, absl::CivilDay(2026, 2, 1), "The accused has died.");
  ASSERT_EQ(Undo(&accused, counsel_), "");
  EXPECT_EQ(accused.no_sentence_reason(), "");
  EXPECT_EQ(Advance(&accused, "conclude", "2026-02-03", counsel_), "SENTENCE_MISSING");
}

TEST_F(AccusedCorrections, TheLawIsToldOfTheChargeAsItIsNow) {
  v1::Accused accused = Charged(case_, "2026-06-18");
  ASSERT_EQ(accused.counts(0).law_notes_size(), 1);
  ASSERT_EQ(CorrectCharge(&accused, "2026-06-19"), "");
  EXPECT_EQ(accused.counts(0).law_notes_size(), 1) << "and not once more";
  ASSERT_EQ(CorrectCharge(&accused, "2026-06-17"), "");
  EXPECT_EQ(accused.counts(0).law_notes_size(), 0);
}

TEST_F(AccusedCorrections, AnInquiryThatTheLawLeavesOpenDoesNotBarACorrection) {
  v1::CreateAccusedRequest request = NewAccused(case_);
  auto* count = request.mutable_accused()->mutable_counts(0);
  count->set_section("279.02");
  count->set_offence_from("2012-05-01");
  count->set_offence_to("2012-05-01");
  v1::Accused accused;
  ASSERT_EQ(Rule(Call<v1::Accused>(counsel_, request), &accused), "");
  for (const char* event : {"hear_bail", "take_in", "hold_pretrial", "elect", "order_preliminary"}) {
    ASSERT_EQ(Advance(&accused, event, "2026-03-01", counsel_), "") << event;
  }
  ASSERT_EQ(CorrectCharge(&accused, "2026-01-14"), "");
  v1::Accused wanted = accused;
  // The offence carries at most ten years, and the charge is of a day on which nobody doubts it.
  wanted.mutable_counts(0)->set_section("286.2(1)");
  wanted.mutable_counts(0)->set_offence_from("2025-11-01");
  wanted.mutable_counts(0)->set_offence_to("2025-11-01");
  EXPECT_EQ(CorrectCounts(&accused, wanted), "PRELIMINARY_NOT_AVAILABLE");
}

TEST_F(AccusedCorrections, ARecordIsCorrectedOnlySoOften) {
  v1::Accused accused = Charged(case_);
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(CorrectNumber(&case_, absl::StrCat("26-9-", i), counsel_), "");
    ASSERT_EQ(CorrectCharge(&accused, i % 2 == 0 ? "2026-01-16" : "2026-01-15"), "");
  }
  EXPECT_EQ(CorrectNumber(&case_, "26-one-more", counsel_), "RECORD_FULL");
  EXPECT_EQ(CorrectCharge(&accused, "2026-01-16"), "RECORD_FULL");
}

}  // namespace
}  // namespace accord::prosecution
