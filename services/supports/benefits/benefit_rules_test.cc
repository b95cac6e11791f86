// These tests show the dated rules of benefits as they were delivered, and the windows that they give.
#include "services/supports/benefits/benefit_rules.h"

#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

const v1::RuleSet& Delivered() {
  static const auto* rules =
      new v1::RuleSet(testing::SourceMessage<v1::RuleSet>("services/supports/data/rules.textproto"));
  return *rules;
}

TEST(BenefitRules, ApplyByTheDayOfTheEventAndNeverBeforeTheyAreKnownToHaveApplied) {
  const auto version = [](v1::BenefitCode code, const std::string& day) {
    const v1::BenefitRule* rule = BenefitRuleOn(Delivered(), code, day);
    return rule == nullptr ? "" : rule->version();
  };
  EXPECT_EQ(version(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, "2017-02-22"), "");
  EXPECT_EQ(version(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, "2017-02-23"), "vqrp-2017");
  EXPECT_EQ(version(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, "2019-09-30"), "vqrp-2017");
  EXPECT_EQ(version(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, "2019-10-01"), "vqrp-plus-2019");
  // These rows are only shown, because it is unknown when they applied.
  EXPECT_EQ(version(v1::BENEFIT_CODE_EMERGENCY, "2008-01-01"), "");
}

// As in every row of law, the day on which a row ends is the first one that is not its own.
TEST(BenefitRules, EndOnTheFirstDayOnWhichTheyNoLongerApply) {
  v1::RuleSet rules;
  v1::BenefitRule* rule = rules.add_benefits();
  rule->set_code(v1::BENEFIT_CODE_TATTOO_REMOVAL);
  rule->set_effective_from("2017-02-23");
  rule->set_effective_to("2019-10-01");
  EXPECT_NE(BenefitRuleOn(rules, v1::BENEFIT_CODE_TATTOO_REMOVAL, "2019-09-30"), nullptr);
  EXPECT_EQ(BenefitRuleOn(rules, v1::BENEFIT_CODE_TATTOO_REMOVAL, "2019-10-01"), nullptr);
  int founding = 0;
  for (const v1::BenefitRule& row : Delivered().benefits()) {
    if (row.version() != "vqrp-2017") continue;
    ++founding;
    EXPECT_EQ(row.effective_to(), "2019-10-01") << "no day lies between it and the next version";
  }
  EXPECT_GT(founding, 0);
}

// Section 16 of the known facts says that what was not found stays unknown, and is not zero.
TEST(BenefitRules, OfTheFoundingDocumentHaveNoLimitNoWindowAndNobodyWhoDecided) {
  int seen = 0;
  for (const v1::BenefitRule& rule : Delivered().benefits()) {
    EXPECT_NE(rule.source(), "") << rule.ShortDebugString();
    EXPECT_NE(rule.version(), "") << rule.ShortDebugString();
    if (rule.version() != "vqrp-2017") continue;
    ++seen;
    EXPECT_FALSE(rule.has_limit_cents()) << rule.ShortDebugString();
    EXPECT_FALSE(rule.has_window()) << rule.ShortDebugString();
    EXPECT_FALSE(rule.has_decision_business_days()) << rule.ShortDebugString();
    EXPECT_EQ(rule.decision_level(), v1::DECISION_LEVEL_UNSPECIFIED) << rule.ShortDebugString();
    EXPECT_EQ(rule.payee_kind(), v1::PAYEE_KIND_PROVIDER) << rule.ShortDebugString();
    EXPECT_EQ(rule.draws_on(), v1::BENEFIT_FUND_VQRP_HT) << rule.ShortDebugString();
  }
  EXPECT_EQ(seen, 3);
}

TEST(BenefitRules, CountAWindowInDaysOrInMonthsAndKnowNoneWithoutAUnit) {
  v1::BenefitRule rule;
  const absl::CivilDay event(2026, 8, 31);
  EXPECT_FALSE(LastDayToClaim(rule, event).has_value());
  rule.set_window(14);
  EXPECT_FALSE(LastDayToClaim(rule, event).has_value()) << "nobody knows whether business days are meant";
  rule.set_window_unit(v1::WINDOW_UNIT_DAYS);
  EXPECT_EQ(LastDayToClaim(rule, event), absl::CivilDay(2026, 9, 14));
  rule.set_window(6);
  rule.set_window_unit(v1::WINDOW_UNIT_MONTHS);
  EXPECT_EQ(LastDayToClaim(rule, event), absl::CivilDay(2027, 2, 28));
}

class Benefits : public BenefitFixture {};

TEST_F(Benefits, AreToldWithWhatIsKnownOfThemToWhoeverClaimsDecidesOrPays) {
  for (const Caller& who : {worker_, manager_, program_, payer_, office_}) {
    const auto told = Must(Call<v1::ListBenefitsResponse>(who, v1::ListBenefitsRequest()));
    EXPECT_EQ(told.benefits_size(), Delivered().benefits_size()) << who.actor;
  }
}

}  // namespace
}  // namespace accord::supports
