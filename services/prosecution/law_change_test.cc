// These tests show that the office corrects a date of the law without a release, and that nothing that time
// does goes by the correction before.
#include "common/base/file.h"
#include "common/testing/change_watch.h"
#include "common/testing/legislature.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class LawChanged : public ProsecutionFixture {
 protected:
  v1::Accused ChargedWith(const std::string& from, const std::string& ref = "accused-one-1") {
    v1::CreateAccusedRequest request = NewAccused(case_);
    request.mutable_accused()->set_accused_ref(ref);
    auto* count = request.mutable_accused()->mutable_counts(0);
    count->set_section("279.02(1)");
    count->set_offence_from(from);
    count->set_offence_to(from);
    count->set_mode(v1::COUNT_MODE_SUMMARY);
    return Must(Call<v1::Accused>(counsel_, request));
  }
  // This gives a rule set by which the offence became hybrid on this day, instead of 2019-09-19.
  static v1::RuleSet HybridFrom(const std::string& day) {
    v1::RuleSet set = RealRules().set();
    int corrected = 0;
    for (auto& row : *set.mutable_offences()) {
      if (row.section() != "279.02(1)") continue;
      ++corrected;
      if (row.effective_to().empty()) {
        row.set_effective_from(day);
      } else {
        row.set_effective_to(day);
      }
    }
    EXPECT_EQ(corrected, 2);
    return set;
  }
  static v1::RuleSet WithCeiling(int months) {
    v1::RuleSet set = RealRules().set();
    for (auto& row : *set.mutable_ceilings()) {
      if (row.forum() == v1::FORUM_OCJ && !row.after_preliminary_inquiry()) row.set_months(months);
    }
    return set;
  }

  testing::Legislature office_of_law_{&in_process_, &services_.law()};
  v1::Case case_ = Assigned();
};

TEST_F(LawChanged, ACorrectedDateCountsWithoutARelease) {
  const v1::Accused before = ChargedWith("2019-09-19");
  EXPECT_THAT(before.counts(0).law_notes(), IsEmpty());
  const std::string delivered = RealRules().digest();
  EXPECT_EQ(before.counts(0).rule_set(), delivered);

  const host::v1::LawChange proposed = office_of_law_.Proposed(HybridFrom("2019-09-20"));
  EXPECT_EQ(ChargedWith("2019-09-19", "accused-two-1").counts(0).rule_set(), delivered)
      << "one person alone changes nothing";
  const host::v1::LawChange enacted = office_of_law_.Approved(proposed);
  ASSERT_OK(services_.law().Look());

  const v1::Accused after = ChargedWith("2019-09-19", "accused-three-1");
  ASSERT_THAT(after.counts(0).law_notes(), SizeIs(1));
  EXPECT_THAT(after.counts(0).law_notes(0), HasSubstr("s. 44(d)(iii)"));
  EXPECT_EQ(after.counts(0).rule_set(), enacted.digest());
  EXPECT_EQ(after.clock().rule_set(), enacted.digest());
  EXPECT_THAT(ChargedWith("2019-09-20", "accused-four-1").counts(0).law_notes(), IsEmpty());
  // What was decided before names the rule set by which it was decided.
  const v1::Accused read = Read(before.name(), counsel_);
  EXPECT_EQ(read.counts(0).rule_set(), delivered);
  EXPECT_EQ(read.clock().rule_set(), enacted.digest()) << "the clock is computed now";
}

TEST_F(LawChanged, TheCoordinatorIsToldOfACeilingOnlyOnceItWasTriedAndApproved) {
  for (const char* ref :
       {"accused-one-1", "accused-two-1", "accused-three-1", "accused-four-1", "accused-five-1"}) {
    v1::CreateAccusedRequest request = NewAccused(case_);
    request.mutable_accused()->set_accused_ref(ref);
    ASSERT_OK(Call<v1::Accused>(counsel_, request));
  }
  Sweep();
  ASSERT_THAT(Alerts(), IsEmpty()) << "eighteen months are far";
  const host::v1::LawChange proposed = office_of_law_.Proposed(WithCeiling(14));
  std::map<std::string, int> effects;
  for (const auto& effect : proposed.trial().effects()) {
    EXPECT_EQ(effect.kind(), "accused");
    effects[effect.what()] = effect.at_least();
  }
  EXPECT_EQ(effects, (std::map<std::string, int>{{"alerts", 5}, {"ceiling", 5}}));
  Sweep();
  EXPECT_THAT(Alerts(), IsEmpty()) << "a dry run tells nobody";
  office_of_law_.Approved(proposed);
  // The pass takes up the rules that are in force, and looks at what was not due by the law before.
  Sweep();
  EXPECT_THAT(Alerts(), SizeIs(5));
  Sweep();
  EXPECT_THAT(Alerts(), SizeIs(5)) << "each is told once";
}

TEST_F(LawChanged, TheCoordinatorIsToldAnewOfACeilingThatOtherLawMovedAndOfTheTeamsAlone) {
  v1::CreateCaseRequest request = NewCase("26-2002");
  request.mutable_case_()->set_team_flag(false);
  v1::Case plain = Must(Call<v1::Case>(counsel_, request));
  ASSERT_EQ(Assign(&plain, counsel_), "");
  ASSERT_OK(Call<v1::Accused>(counsel_, NewAccused(plain)));
  const v1::Accused accused = Charged(case_);
  On("2027-01-16");
  Sweep();
  ASSERT_THAT(Alerts(), SizeIs(1)) << "180 days before the eighteen months are over";
  office_of_law_.Enacted(WithCeiling(24));
  Sweep();
  EXPECT_THAT(Alerts(), SizeIs(1)) << "nothing is near any more";
  EXPECT_TRUE(Read(accused.name(), counsel_).alerted_days().empty());
  On("2027-12-31");
  Sweep();
  ASSERT_THAT(Alerts(), SizeIs(2)) << "of the ceiling of now, and not of the other case";
  for (const auto& alert : Alerts()) EXPECT_EQ(alert.accused(), accused.name());
}

TEST_F(LawChanged, ARuleSetThatTheServiceCannotGoByIsRefused) {
  const auto refused = [&](const v1::RuleSet& set) {
    host::v1::ProposeLawChangeRequest request;
    std::string text;
    EXPECT_TRUE(google::protobuf::TextFormat::PrintToString(set, &text));
    request.set_rule_set(text);
    request.set_reason("a test");
    return RuleOfRequest(office_, request);
  };
  v1::RuleSet overlapping = RealRules().set();
  for (auto& row : *overlapping.mutable_offences()) {
    if (row.section() == "279.02(1)") row.clear_effective_to();
  }
  EXPECT_EQ(refused(overlapping), "LAW_NOT_SOUND");
  v1::RuleSet from_memory = RealRules().set();
  from_memory.mutable_offences(2)->set_mark(annotations::v1::LAW_MARK_MEMORY);
  EXPECT_EQ(refused(from_memory), "LAW_NOT_SOUND") << "what is from memory refuses nothing";
  EXPECT_EQ(refused(RealRules().set()), "LAW_UNCHANGED");
  v1::RuleSet opening = RealRules().set();
  opening.set_team_agency("cr-ottawa");
  EXPECT_EQ(refused(opening), "LAW_SETTING_FIXED") << "nobody is let into the team's cases by the law";
}

TEST_F(LawChanged, IsToldByTheFeedToTheOfficeAlone) {
  const std::string office = testing::PositionNow(&in_process_, office_);
  const std::string crown = testing::PositionNow(&in_process_, counsel_);
  const host::v1::LawChange proposed = office_of_law_.Proposed(WithCeiling(14));
  const auto told = testing::WatchChanges(&in_process_, office_, office);
  ASSERT_FALSE(told.changes.empty());
  EXPECT_EQ(told.changes[0].verb(), "ProposeLawChange");
  for (const host::v1::Change& change : told.changes) {
    EXPECT_EQ(change.kind(), "law_change");
    EXPECT_EQ(change.name(), proposed.name());
  }
  EXPECT_THAT(testing::WatchChanges(&in_process_, counsel_, crown).names(), IsEmpty());
}

TEST_F(LawChanged, TheCommentsOfTheDeliveredFileAreTakenAsTheyAre) {
  host::v1::ProposeLawChangeRequest request;
  request.set_rule_set(absl::StrCat(
      Must(ReadFile(testing::SourceFile("services/prosecution/data/rules.textproto"))), "\nalert_days: 7\n"));
  request.set_reason("a test");
  const auto proposed = Must(Call<host::v1::LawChange>(office_, request));
  EXPECT_EQ(proposed.rule_set(), request.rule_set());
}

}  // namespace
}  // namespace accord::prosecution
