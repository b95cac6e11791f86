// These tests show from which day on an order is available, for whom, and for how long.
#include "services/supports/orders/order_law.h"

#include <gmock/gmock.h>

#include <string>

#include "common/base/error.h"
#include "common/testing/service_fixture.h"

namespace accord::supports {
namespace {

class OrderLawTest : public ::testing::Test {
 protected:
  std::string Applicant(v1::OrderApplicant applicant, const std::string& day) {
    v1::OrderApplicantRule row;
    return RuleOf(CheckApplicantByLaw(rules_, applicant, day, &row));
  }
  std::string End(const std::string& made_on, const std::string& expires_on) {
    return RuleOf(CheckOrderEndByLaw(rules_, made_on, expires_on));
  }
  v1::RuleSet rules_ = testing::SourceMessage<v1::RuleSet>("services/supports/data/rules.textproto");
};

TEST_F(OrderLawTest, GivesNoOrderBeforeTheFirstOfMay2018) {
  // The days are those of the founding document and of Royal Assent, and the eve of the proclaimed day.
  for (const char* day : {"2017-02-23", "2017-05-30", "2018-04-30"}) {
    EXPECT_EQ(RuleOf(CheckOrderLawInForce(rules_, day)), "NOT_IN_FORCE") << day;
  }
  EXPECT_EQ(RuleOf(CheckOrderLawInForce(rules_, "2018-05-01")), "");
}

TEST_F(OrderLawTest, LetsSomebodyWhoCaresByCustomAskFromTheThirdOfJune2021) {
  EXPECT_EQ(Applicant(v1::ORDER_APPLICANT_CUSTOMARY_CARE, "2021-06-02"), "NOT_IN_FORCE");
  EXPECT_EQ(Applicant(v1::ORDER_APPLICANT_CUSTOMARY_CARE, "2021-06-03"), "");
  EXPECT_EQ(Applicant(v1::ORDER_APPLICANT_VICTIM, "2018-04-30"), "NOT_IN_FORCE");
  EXPECT_EQ(Applicant(v1::ORDER_APPLICANT_VICTIM, "2018-05-01"), "");
}

TEST_F(OrderLawTest, GivesThreeYearsFromTheDayMadeAndCountsLeapDays) {
  EXPECT_EQ(End("2021-09-29", "2024-09-29"), "");
  EXPECT_EQ(End("2021-09-29", "2024-09-30"), "ORDER_TOO_LONG");
  EXPECT_EQ(End("2020-02-29", "2023-02-28"), "");
  EXPECT_EQ(End("2020-02-29", "2023-03-01"), "ORDER_TOO_LONG");
  EXPECT_EQ(End("2021-03-01", "2024-03-01"), "");
  EXPECT_EQ(End("2021-02-28", "2024-02-28"), "");
  EXPECT_EQ(End("2021-02-28", "2024-02-29"), "ORDER_TOO_LONG");
  EXPECT_EQ(End("2018-04-30", "2018-05-02"), "NOT_IN_FORCE");
}

TEST_F(OrderLawTest, IsReadFromRowsThatSayWhereTheyComeFrom) {
  EXPECT_OK(CheckOrderLawRows(rules_));
  const auto refused = [&](auto change) {
    v1::RuleSet changed = rules_;
    change(&changed);
    return !CheckOrderLawRows(changed).ok();
  };
  EXPECT_TRUE(refused([](auto* set) { set->mutable_order_laws(0)->clear_source(); }));
  EXPECT_TRUE(refused([](auto* set) { set->mutable_order_laws(0)->clear_mark(); }));
  EXPECT_TRUE(refused([](auto* set) { set->mutable_order_laws(0)->clear_longest_months(); }));
  EXPECT_TRUE(refused([](auto* set) { set->mutable_order_laws(0)->set_effective_to("2018-05-01"); }));
  EXPECT_TRUE(refused([](auto* set) { set->mutable_order_applicants(0)->set_effective_from("2018-02-30"); }));
  EXPECT_TRUE(refused([](auto* set) { set->mutable_order_applicants(0)->clear_applicant(); }));
  EXPECT_TRUE(refused([](auto* set) { set->mutable_order_policy()->clear_daily_misses_of_person(); }));
  EXPECT_TRUE(refused([](auto* set) { set->clear_currency(); }));
}

}  // namespace
}  // namespace accord::supports
