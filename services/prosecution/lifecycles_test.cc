// These tests walk all stages, and hold random people against a model of them that is written down a
// second time.
#include "services/prosecution/lifecycles.h"

#include <map>
#include <random>

#include "common/access/names.h"
#include "common/testing/golden.h"
#include "common/testing/seed.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

std::string Name(int stage) { return ShortName(v1::Stage_descriptor(), stage); }

// This is docs/domain.md 4.3, written down by hand.
const std::map<std::string, std::map<std::string, std::string>> kModel = {
    {"charged", {{"hear_bail", "bail"}, {"indict_directly", "committed"}, {"conclude", "concluded"}}},
    {"bail",
     {{"take_in", "intake"},
      {"indict_directly", "committed"},
      {"plead_guilty", "verdict"},
      {"conclude", "concluded"}}},
    {"intake",
     {{"hold_pretrial", "pretrial"},
      {"indict_directly", "committed"},
      {"plead_guilty", "verdict"},
      {"conclude", "concluded"}}},
    {"pretrial",
     {{"elect", "election"},
      {"indict_directly", "committed"},
      {"plead_guilty", "verdict"},
      {"conclude", "concluded"}}},
    {"election",
     {{"order_preliminary", "preliminary"},
      {"schedule_trial", "trial_scheduled"},
      {"indict_directly", "committed"},
      {"plead_guilty", "verdict"},
      {"conclude", "concluded"}}},
    {"preliminary",
     {{"commit", "committed"},
      {"indict_directly", "committed"},
      {"plead_guilty", "verdict"},
      {"conclude", "concluded"}}},
    {"committed",
     {{"schedule_trial", "trial_scheduled"}, {"plead_guilty", "verdict"}, {"conclude", "concluded"}}},
    {"trial_scheduled", {{"begin_trial", "trial"}, {"plead_guilty", "verdict"}, {"conclude", "concluded"}}},
    {"trial",
     {{"reserve", "under_reserve"},
      {"give_verdict", "verdict"},
      {"plead_guilty", "verdict"},
      {"conclude", "concluded"}}},
    {"under_reserve", {{"give_verdict", "verdict"}, {"conclude", "concluded"}}},
    {"verdict", {{"begin_sentencing", "sentencing"}, {"conclude", "concluded"}}},
    {"sentencing", {{"conclude", "concluded"}}},
    {"concluded", {{"appeal", "appeal"}}},
    {"appeal", {{"decide_appeal", "concluded"}, {"order_retrial", "retrial"}}},
    {"retrial", {{"schedule_trial", "trial_scheduled"}, {"conclude", "concluded"}}},
};

TEST(Stages, EveryEventInEveryStageIsAsTheDomainSays) {
  int walked = 0;
  for (int stage = 1; v1::Stage_IsValid(stage); ++stage) {
    for (const std::string& event : StageLifecycle().Events()) {
      const auto& from = kModel.at(Name(stage));
      const auto next = StageLifecycle().Next(stage, event);
      const auto expected = from.find(event);
      if (expected == from.end()) {
        EXPECT_THAT(next, RefusedBy("STATE_NOT_PERMITTED")) << Name(stage) << " " << event;
      } else {
        ASSERT_OK(next) << Name(stage) << " " << event;
        EXPECT_EQ(Name(*next), expected->second);
      }
      ++walked;
    }
  }
  EXPECT_EQ(walked, 15 * static_cast<int>(StageLifecycle().Events().size()));
}

TEST(Lifecycles, EveryEventInEveryStateIsAsWritten) {
  testing::ExpectGolden("services/prosecution/lifecycles.golden",
                        {StageLifecycle().Table(), SentenceLifecycle().Table(), AidLifecycle().Table(),
                         DuplicateLifecycle().Table()});
}

class StageModel : public ProsecutionFixture {};

TEST_F(StageModel, RandomPeopleMoveAnAccusedOnlyAsTheTableAllows) {
  const unsigned seed = testing::SeedOr(20261124);
  std::mt19937 random(seed);
  std::vector<std::string> events;
  for (const auto& event : StageLifecycle().Events()) events.push_back(event);
  const std::vector<std::pair<Caller, std::string>> people = {{counsel_, ""},
                                                              {coordinator_, ""},
                                                              {colleague_, "NOT_FOUND"},
                                                              {team_, "NOT_FOUND"},
                                                              {clerk_, "ROLE_NOT_PERMITTED"},
                                                              {elsewhere_, "NOT_FOUND"},
                                                              {police_, "AGENCY_KIND_NOT_PERMITTED"}};
  int moved = 0;
  std::set<std::string> reached;
  for (int life = 0; life < 60; ++life) {
    v1::Case item = Assigned(absl::StrCat("m-", life));
    const bool considered = random() % 2 == 0;
    if (considered) {
      ASSERT_EQ(Consider(&item, "v1"), "");
    }
    v1::Accused accused = Charged(item);
    std::string stage = "charged";
    bool disposed = false;
    for (int step = 0; step < 60; ++step) {
      // Half of the steps could succeed, since otherwise nobody gets far.
      const bool sensible = random() % 2 == 0;
      const auto& [who, refusal] = people[random() % (sensible ? 2 : people.size())];
      const auto& possible = kModel.at(stage);
      const std::string event =
          sensible ? std::next(possible.begin(), static_cast<int>(random() % possible.size()))->first
                   : events[random() % events.size()];
      const v1::Accused before = accused;
      const auto next = kModel.at(stage).find(event);
      std::string expected = refusal;
      if (expected.empty() && next == kModel.at(stage).end()) expected = "STATE_NOT_PERMITTED";
      if (expected.empty() && event == "begin_trial" && !considered) expected = "AID_NOT_CONSIDERED";
      if (expected.empty() && event == "conclude" && !disposed) expected = "COUNTS_OPEN";
      ASSERT_EQ(Advance(&accused, event, "2026-11-24", who), expected)
          << "seed " << seed << " life " << life << " step " << step << ": " << who.actor << " " << event
          << " in " << stage;
      if (expected.empty()) {
        stage = next->second;
        reached.insert(stage);
        ++moved;
        if (event == "order_retrial") disposed = false;
      } else {
        ASSERT_EQ(Read(before.name(), coordinator_).etag(), before.etag()) << "seed " << seed;
      }
      ASSERT_EQ(Name(accused.stage()), stage);
      if (!disposed && random() % 25 == 0) {
        ASSERT_EQ(Dispose(&accused, 0, v1::DISPOSITION_WITHDRAWN, "2026-11-24"), "");
        disposed = true;
      }
    }
  }
  EXPECT_GT(moved, 100) << "seed " << seed;
  EXPECT_GE(reached.size(), 13u) << "seed " << seed;
}

}  // namespace
}  // namespace accord::prosecution
