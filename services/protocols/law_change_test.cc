// These tests show that the office puts clocks and times of retention in force without a release, and that
// time goes by them only after two people have agreed and a dry run was made.
#include "common/testing/legislature.h"
#include "services/protocols/testing/oversight_fixture.h"

namespace accord::protocols {
namespace {

class LawChangedHere : public Oversight {
 protected:
  static v1::RuleSet RealSet() { return RealReferenceData().rules.set(); }
  static v1::RuleSet WithRetention(int months) {
    v1::RuleSet set = RealSet();
    auto* rule = set.add_retention();
    rule->set_kind("referral");
    rule->set_months(months);
    rule->set_source("a test");
    return set;
  }

  testing::Legislature office_of_law_{&in_process_, &services_.law()};
};

TEST_F(LawChangedHere, AClockIsSetByTheLawOfTheSendingAndSaysWhichThatIs) {
  const v1::Referral before = Sent();
  EXPECT_EQ(before.rule_set(), RealReferenceData().rules.digest());
  v1::RuleSet set = RealSet();
  for (auto& row : *set.mutable_clocks()) {
    if (row.clock() == v1::CLOCK_KIND_ACKNOWLEDGE && row.urgency() == v1::URGENCY_H12) row.set_minutes(60);
  }
  const host::v1::LawChange enacted = office_of_law_.Enacted(set);
  const v1::Referral after = Sent();
  EXPECT_EQ(after.rule_set(), enacted.digest());
  EXPECT_EQ(FromProto(after.acknowledge_due()), in_process_.clock().Now() + absl::Hours(1));
  const v1::Referral read = ReadReferral(before.name(), worker_);
  EXPECT_EQ(read.rule_set(), before.rule_set());
  EXPECT_EQ(FromProto(read.acknowledge_due()), FromProto(before.acknowledge_due()))
      << "it stands as it was set";
}

TEST_F(LawChangedHere, NothingIsPurgedByARetentionThatIsOnlyProposed) {
  const v1::Referral sent = Sent();
  v1::RejectReferralRequest reject;
  reject.set_reason("another agency's");
  ASSERT_OK(Do(police_supervisor_, sent, reject));
  in_process_.clock().Advance(absl::Hours(24 * 62));
  const host::v1::LawChange proposed = office_of_law_.Proposed(WithRetention(1));
  SweepAll();
  EXPECT_EQ(UnreadReferral(sent.name(), worker_), "");
  office_of_law_.Approved(proposed);
  SweepAll();
  EXPECT_EQ(UnreadReferral(sent.name(), worker_), "NOT_FOUND");
}

TEST_F(LawChangedHere, WhatIsFromMemoryRefusesNothing) {
  v1::RuleSet set = RealSet();
  set.mutable_grounds(0)->set_mark(annotations::v1::LAW_MARK_MEMORY);
  EXPECT_TRUE(absl::IsInvalidArgument(Rules::From(set).status()));
  set = RealSet();
  set.mutable_youth_records(0)->set_mark(annotations::v1::LAW_MARK_MEMORY);
  EXPECT_TRUE(absl::IsInvalidArgument(Rules::From(set).status()));
  set = RealSet();
  set.mutable_clocks(0)->set_mark(annotations::v1::LAW_MARK_MEMORY);
  EXPECT_OK(Rules::From(set)) << "a clock refuses nobody";
}

}  // namespace
}  // namespace accord::protocols
