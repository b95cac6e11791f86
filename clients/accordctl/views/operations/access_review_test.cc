// These tests show who is idle by the log, what is decided of whom, and what is printed of it.
#include "clients/accordctl/views/operations/access_review.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

absl::Time Noon(int day) { return absl::FromCivil(absl::CivilSecond(2026, 11, day, 12, 0), OntarioZone()); }

void AddEntry(const std::string& agency, const std::string& actor, absl::Time at,
              audit::v1::ListEntriesResponse* page) {
  audit::v1::AuditRecord* record = page->add_entries()->mutable_record();
  record->set_agency(agency);
  record->set_actor(actor);
  *record->mutable_time() = ToProto(at);
}

// `here` acted on two days, `away` was refused and acted nowhere.
ReviewView ReviewOfTwo() {
  ReviewView view;
  view.review.set_name("agencies/cas-york/accessReviews/q4-2026");
  view.review.set_quarter("2026-Q4");
  view.review.set_state(registry::v1::ACCESS_REVIEW_STATE_OPEN);
  for (const char* actor : {"away", "here"}) {
    auto* person = view.review.add_people();
    person->set_actor(actor);
    person->add_roles(annotations::v1::ROLE_CAS_WORKER);
  }
  audit::v1::ListEntriesResponse page;
  AddEntry("cas-york", "here", Noon(20), &page);
  AddEntry("cas-york", "here", Noon(9), &page);
  AddEntry("ps-york", "away", Noon(21), &page);
  AddEntry("cas-york", "away", Noon(22), &page);
  page.mutable_entries(3)->mutable_record()->set_decision(audit::v1::DECISION_DENY);
  TakeActs(page, "cas-york", &view.acts);
  view.since = "2026-08-29";
  view.log_read = true;
  return view;
}

std::vector<std::string> Decided(const Json& decisions) {
  std::vector<std::string> texts;
  for (const Json& each : decisions) {
    texts.push_back(each.at("actor").get<std::string>() + " " + each.at("decision").get<std::string>() + " " +
                    each.value("last_act", ""));
  }
  return texts;
}

TEST(AccessReview, TakesForAnActWhatThePersonOfThisAgencyDidAndWasNotRefused) {
  const ReviewView view = ReviewOfTwo();
  EXPECT_FALSE(view.acts.contains("away")) << "a namesake of another agency acted, and a refusal is no act";
  EXPECT_EQ(view.acts.at("here"), Noon(20)) << "the last one, in whatever order they come";
  EXPECT_FALSE(AllActed(view));
}

TEST(AccessReview, DecidesOnlyAsAskedAndOnThoseOnWhomNobodyDecided) {
  ReviewView view = ReviewOfTwo();
  EXPECT_THAT(Decided(DecisionsOf(view, false, false)), IsEmpty());
  EXPECT_THAT(Decided(DecisionsOf(view, true, false)), ElementsAre("here keep 2026-11-20"));
  EXPECT_THAT(Decided(DecisionsOf(view, true, true)), ElementsAre("away disable ", "here keep 2026-11-20"));
  view.review.mutable_people(0)->set_decision(registry::v1::ACCESS_DECISION_KEEP);
  EXPECT_THAT(Decided(DecisionsOf(view, true, true)), ElementsAre("here keep 2026-11-20"));
}

TEST(AccessReview, DecidesNothingAboutWhoeverCalls) {
  ReviewView view = ReviewOfTwo();
  view.self = "here";
  EXPECT_THAT(Decided(DecisionsOf(view, true, true)), ElementsAre("away disable "));
  view.self = "away";
  EXPECT_THAT(Decided(DecisionsOf(view, true, true)), ElementsAre("here keep 2026-11-20"));
}

TEST(AccessReview, ShowsWhoIsIdleSinceWhen) {
  EXPECT_THAT(ReviewTable(ReviewOfTwo()),
              AllOf(HasSubstr("none since 2026-08-29"), HasSubstr("2026-11-20"), HasSubstr("cas_worker"),
                    HasSubstr("undecided"), HasSubstr("1 person without an act since 2026-08-29")));
  const Json json = ReviewJson(ReviewOfTwo());
  EXPECT_TRUE(json.at("people").at(0).at("idle").get<bool>());
  EXPECT_FALSE(json.at("people").at(1).at("idle").get<bool>());
}

TEST(AccessReview, CallsNobodyIdleWhereTheLogWasNotRead) {
  ReviewView view = ReviewOfTwo();
  view.acts.clear();
  view.log_read = false;
  EXPECT_THAT(ReviewTable(view), AllOf(HasSubstr("not known here"), Not(HasSubstr("without an act"))));
  EXPECT_FALSE(ReviewJson(view).at("people").at(0).contains("idle"));
}

TEST(AccessReview, SpeaksFrench) {
  const Speaking speaking(Language::kFrench);
  EXPECT_THAT(
      ReviewTable(ReviewOfTwo()),
      AllOf(HasSubstr("DERNIER ACTE"), HasSubstr("aucun depuis le 29 août 2026"), HasSubstr("à décider")));
}

}  // namespace
}  // namespace accord::ctl
