// These tests let the office correct, without a release, how long a restraining order may last.
#include "common/testing/legislature.h"
#include "services/supports/law.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

class LawChangedHere : public OrdersFixture {
 protected:
  static v1::RuleSet RealSet() {
    return testing::SourceMessage<v1::RuleSet>("services/supports/data/rules.textproto");
  }
  static v1::RuleSet LastingAtMost(int months) {
    v1::RuleSet set = RealSet();
    for (auto& law : *set.mutable_order_laws()) law.set_longest_months(months);
    return set;
  }

  testing::Legislature office_of_law_{&in_process_, &services_.law()};
};

TEST_F(LawChangedHere, AnOrderLastsAsLongAsTheLawInForceSaysAndNamesIt) {
  v1::RestrainingOrder order = FiledOn("2026-11-20");
  EXPECT_EQ(order.rule_set(), RulesDigest(RealSet()));
  EXPECT_EQ(Move(worker_, &order, GrantOf("2026-11-20", "2031-11-20")), "ORDER_TOO_LONG");
  const host::v1::LawChange proposed = office_of_law_.Proposed(LastingAtMost(60));
  EXPECT_EQ(Move(worker_, &order, GrantOf("2026-11-20", "2031-11-20")), "ORDER_TOO_LONG");
  const host::v1::LawChange enacted = office_of_law_.Approved(proposed);
  ASSERT_OK(services_.law().Look());
  EXPECT_EQ(Move(worker_, &order, GrantOf("2026-11-20", "2031-11-20")), "");
  EXPECT_EQ(order.rule_set(), enacted.digest());
}

TEST_F(LawChangedHere, WhatTheOrdersOfTodayWouldBeIsToldInMultiplesOfASmallCell) {
  // Each order has a file number of its own.
  for (int i = 0; i < 6; ++i) {
    v1::RestrainingOrder order = FiledOn("2026-11-20");
    v1::GrantRestrainingOrderRequest grant = GrantOf("2026-11-20", "2029-11-20");
    grant.set_court_file_no(absl::StrCat("26-", i));
    ASSERT_EQ(Move(worker_, &order, grant), "");
  }
  const host::v1::LawChange proposed = office_of_law_.Proposed(LastingAtMost(12));
  ASSERT_EQ(proposed.trial().effects_size(), 1);
  EXPECT_EQ(proposed.trial().effects(0).kind(), "restraining_order");
  EXPECT_EQ(proposed.trial().effects(0).what(), "length");
  EXPECT_EQ(proposed.trial().effects(0).at_least(), 5);
}

TEST_F(LawChangedHere, ARuleSetThatTheServiceCannotGoByIsRefused) {
  v1::RuleSet set = RealSet();
  set.clear_paying_agency();
  EXPECT_TRUE(absl::IsInvalidArgument(CheckedRules(set).status()));
  set = RealSet();
  set.mutable_order_applicants(0)->set_mark(annotations::v1::LAW_MARK_MEMORY);
  EXPECT_TRUE(absl::IsInvalidArgument(CheckedRules(set).status())) << "it could refuse an applicant";
  EXPECT_OK(CheckedRules(RealSet()));
}

}  // namespace
}  // namespace accord::supports
