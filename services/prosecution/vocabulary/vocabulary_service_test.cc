// These tests show that what callers type is listed, that what is listed is accepted, and that no event
// happens without what it is said to need.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "common/access/names.h"
#include "services/prosecution/lifecycles.h"
#include "services/prosecution/testing/fixture.h"
#include "services/prosecution/vocabulary/stage_events.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class ProsecutionVocabulary : public ProsecutionFixture {
 protected:
  std::vector<v1::StageEvent> Events(v1::Stage stage = v1::STAGE_UNSPECIFIED) {
    v1::ListStageEventsRequest request;
    request.set_stage(stage);
    request.set_page_size(4);
    std::vector<v1::StageEvent> events;
    do {
      const auto page = Must(Call<v1::ListStageEventsResponse>(clerk_, request));
      events.insert(events.end(), page.stage_events().begin(), page.stage_events().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return events;
  }
  static std::string WordOf(const v1::StageEvent& event) {
    return ShortName(v1::AccusedEvent_descriptor(), event.event());
  }
  // This gives the rules by which an event is said to be refused.
  std::vector<std::string> RefusedByOf(const std::string& word) {
    for (const v1::StageEvent& each : Events()) {
      if (WordOf(each) == word) return {each.refused_by().begin(), each.refused_by().end()};
    }
    return {"no such event"};
  }
};

TEST_F(ProsecutionVocabulary, HasEveryEventOfTheStageTableAndNoOther) {
  std::set<std::string> words;
  for (const v1::StageEvent& each : Events()) {
    EXPECT_TRUE(words.insert(WordOf(each)).second) << WordOf(each);
    EXPECT_GT(each.from_size(), 0) << WordOf(each);
    EXPECT_EQ(each.needs().empty(), each.refused_by().empty()) << WordOf(each);
    for (const int from : each.from()) {
      EXPECT_EQ(Must(StageLifecycle().Next(from, WordOf(each))), each.to()) << WordOf(each);
    }
  }
  EXPECT_EQ(words, StageLifecycle().Events());
}

TEST_F(ProsecutionVocabulary, HasTheEventsOfOneStage) {
  std::vector<std::string> words;
  for (const v1::StageEvent& each : Events(v1::STAGE_BAIL)) words.push_back(WordOf(each));
  EXPECT_THAT(words, ElementsAre("take_in", "indict_directly", "plead_guilty", "conclude"));
}

TEST_F(ProsecutionVocabulary, ATrialThatBeginsNeedsWhatIsSaidOfIt) {
  // The first victim is under 18, and is therefore vulnerable.
  v1::Case item = Assigned();
  v1::Accused accused = Charged(item);
  for (const char* event : {"hear_bail", "take_in", "hold_pretrial", "elect", "schedule_trial"}) {
    ASSERT_EQ(Advance(&accused, event, "2026-06-01", counsel_), "") << event;
  }
  EXPECT_THAT(RefusedByOf("begin_trial"),
              ElementsAre(Advance(&accused, "begin_trial", "2026-06-01", counsel_)));
  ASSERT_EQ(Consider(&item, "v1"), "");
  EXPECT_EQ(Advance(&accused, "begin_trial", "2026-06-01", counsel_), "");
}

TEST_F(ProsecutionVocabulary, AConclusionNeedsWhatIsSaidOfIt) {
  const v1::Case item = Assigned();
  v1::Accused accused = Charged(item);
  std::vector<std::string> refusals = {Advance(&accused, "conclude", "2026-06-01", counsel_)};
  ASSERT_EQ(Advance(&accused, "hear_bail", "2026-06-01", counsel_), "");
  ASSERT_EQ(Advance(&accused, "plead_guilty", "2026-06-01", counsel_), "");
  ASSERT_EQ(Dispose(&accused, 0, v1::DISPOSITION_GUILTY_PLEA, "2026-06-01"), "");
  refusals.push_back(Advance(&accused, "conclude", "2026-06-01", counsel_));
  v1::Accused acquitted = Charged(item);
  ASSERT_EQ(Dispose(&acquitted, 0, v1::DISPOSITION_ACQUITTED, "2026-06-01"), "");
  refusals.push_back(Advance(&acquitted, "conclude", "2026-06-01", counsel_));
  EXPECT_EQ(RefusedByOf("conclude"), refusals);
}

TEST_F(ProsecutionVocabulary, ADirectIndictmentNeedsWhatIsSaidOfIt) {
  v1::Accused accused = Charged(Assigned());
  // The accused came before the present court on the day of the charge.
  EXPECT_THAT(RefusedByOf("indict_directly"),
              ElementsAre(Advance(&accused, "indict_directly", accused.charge_date(), counsel_)));
  EXPECT_EQ(Advance(&accused, "indict_directly", "2026-06-01", counsel_), "");
}

TEST_F(ProsecutionVocabulary, APreliminaryInquiryNeedsWhatIsSaidOfIt) {
  const v1::Case item = Assigned();
  v1::CreateAccusedRequest request = NewAccused(item);
  // The offence carries at most ten years, and since 2019 there is no inquiry into such an offence.
  request.mutable_accused()->mutable_counts(0)->set_section("286.2(1)");
  v1::Accused accused;
  ASSERT_EQ(Rule(Call<v1::Accused>(counsel_, request), &accused), "");
  for (const char* event : {"hear_bail", "take_in", "hold_pretrial", "elect"}) {
    ASSERT_EQ(Advance(&accused, event, "2026-06-01", counsel_), "") << event;
  }
  EXPECT_THAT(RefusedByOf("order_preliminary"),
              ElementsAre(Advance(&accused, "order_preliminary", "2026-06-01", counsel_)));
}

TEST_F(ProsecutionVocabulary, HasTheCourtRegionsAndACaseTakesNoOther) {
  const auto page = Must(Call<v1::ListCourtRegionsResponse>(office_, v1::ListCourtRegionsRequest()));
  std::vector<std::string> codes;
  for (const v1::CourtRegion& region : page.court_regions()) {
    codes.push_back(region.code());
    EXPECT_NE(region.title(), "") << region.code();
    EXPECT_GT(region.agencies_size(), 0) << region.code();
  }
  EXPECT_THAT(codes,
              UnorderedElementsAre("central-east", "central-west", "east", "north", "toronto", "west"));
  EXPECT_NE(page.note(), "");
  v1::CreateCaseRequest request = NewCase();
  request.mutable_case_()->set_court_region("no-such-region");
  EXPECT_EQ(Rule(Call<v1::Case>(counsel_, request)), "REGION_UNKNOWN");
}

TEST_F(ProsecutionVocabulary, HasTheSectionsOfPeaceBondsAndADatedRowForEachLengthOfTime) {
  v1::ListRecognizanceRulesRequest request;
  request.set_page_size(3);
  std::vector<std::string> sections;
  do {
    const auto page = Must(Call<v1::ListRecognizanceRulesResponse>(police_, request));
    for (const auto& each : page.recognizance_rules()) sections.push_back(each.section());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(sections, ElementsAre("810", "810.01", "810.01", "810.02", "810.03", "810.1", "810.2"));
}

}  // namespace
}  // namespace accord::prosecution
