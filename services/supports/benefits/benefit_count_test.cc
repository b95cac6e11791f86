// These tests show how the office sees paid claims: by benefit and fiscal year, for those who agreed to
// be counted.
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class BenefitCounts : public BenefitFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  BenefitCounts()
      : BenefitFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                : "") {}

  void PaidFor(v1::BenefitCode benefit, bool counted) {
    const v1::SupportCase item = Reported();
    if (counted) Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
    v1::BenefitClaim claim = Eligible(Given(item, ToClaim()), NewClaim(benefit, 100));
    v1::BenefitPayment payment = Due(claim, 100, 100, absl::StrCat("invoice ", ++invoices_));
    EXPECT_EQ(Pay(payer_, &payment), "");
  }
  std::map<std::string, std::string> CountedOn(const std::string& day, const Caller& who) {
    On(day);
    Sweep();
    std::map<std::string, std::string> cells;
    const auto counted = Must(Call<v1::CountBenefitsResponse>(who, v1::CountBenefitsRequest()));
    for (const auto& cell : counted.counts()) {
      cells[absl::StrCat(ShortName(v1::BenefitCode_descriptor(), cell.benefit()), " ", cell.fiscal_year())] =
          cell.suppressed() ? "suppressed" : absl::StrCat(cell.count());
    }
    return cells;
  }
  int invoices_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Databases, BenefitCounts, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(BenefitCounts, AreOfThoseAloneWhoAgreedToBeCountedAndWerePaidFor) {
  for (int i = 0; i < 6; ++i) PaidFor(v1::BENEFIT_CODE_SAFETY, true);
  for (int i = 0; i < 5; ++i) PaidFor(v1::BENEFIT_CODE_SAFETY, false);
  Claimed(NewClaim(v1::BENEFIT_CODE_PHONE, 100));
  EXPECT_THAT(CountedOn("2026-12-01", office_), UnorderedElementsAre(Pair("safety 2026-27", "6")));
  // A year later nobody's agreement to be counted stands any more.
  EXPECT_THAT(CountedOn("2027-12-01", program_), IsEmpty());
}

// T28 requires that a small cell is hidden together with those from which it could be computed, and that a
// large one is shown.
TEST_P(BenefitCounts, HideASmallCellWithWhatItFollowsFrom) {
  for (int i = 0; i < 7; ++i) PaidFor(v1::BENEFIT_CODE_SAFETY, true);
  for (int i = 0; i < 5; ++i) PaidFor(v1::BENEFIT_CODE_DENTAL, true);
  for (int i = 0; i < 4; ++i) PaidFor(v1::BENEFIT_CODE_PHONE, true);
  EXPECT_THAT(CountedOn("2026-12-01", office_),
              UnorderedElementsAre(Pair("safety 2026-27", "7"), Pair("dental 2026-27", "suppressed"),
                                   Pair("phone 2026-27", "suppressed")));
}

// For T28, six claims of one survivor make a small cell, as one claim does.
TEST_P(BenefitCounts, HideACellOfFewSurvivorsHoweverManyTheirClaimsAre) {
  const v1::SupportCase item = Reported();
  Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
  for (int i = 0; i < 6; ++i) {
    v1::BenefitClaim claim = Eligible(Given(item, ToClaim()),
                                      NewClaim(v1::BENEFIT_CODE_SAFETY, 100, absl::StrCat("2026-11-1", i)));
    v1::BenefitPayment payment = Due(claim, 100, 100, absl::StrCat("invoice ", ++invoices_));
    ASSERT_EQ(Pay(payer_, &payment), "");
  }
  EXPECT_THAT(CountedOn("2026-12-01", office_), UnorderedElementsAre(Pair("safety 2026-27", "suppressed")));
}

TEST_P(BenefitCounts, AreNotOfAClaimOfWhichAllCameBack) {
  for (int i = 0; i < 5; ++i) PaidFor(v1::BENEFIT_CODE_SAFETY, true);
  for (const int64_t back : {99, 100}) {
    const v1::SupportCase item = Reported();
    Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
    v1::BenefitPayment payment = Due(Eligible(Given(item, ToClaim()), NewClaim(v1::BENEFIT_CODE_SAFETY, 100)),
                                     100, 100, absl::StrCat("invoice ", ++invoices_));
    ASSERT_EQ(Pay(payer_, &payment), "");
    v1::ReverseBenefitPaymentRequest reverse;
    reverse.set_name(payment.name());
    reverse.set_amount_cents(back);
    reverse.set_reason("it came back");
    auto row = Must(Call<v1::BenefitPayment>(payer_, reverse));
    ASSERT_EQ(Move(controller_, &row, v1::ConfirmBenefitReversalRequest()), "");
  }
  EXPECT_THAT(CountedOn("2026-12-01", office_), UnorderedElementsAre(Pair("safety 2026-27", "6")));
}

TEST_P(BenefitCounts, StandByTheFiscalYearOfThePayment) {
  for (int i = 0; i < 5; ++i) PaidFor(v1::BENEFIT_CODE_SAFETY, true);
  On("2027-04-01");
  for (int i = 0; i < 5; ++i) {
    const v1::SupportCase item = Reported();
    Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
    v1::BenefitClaim claim =
        Eligible(Given(item, ToClaim()), NewClaim(v1::BENEFIT_CODE_SAFETY, 100, "2027-03-20"));
    v1::BenefitPayment payment = Due(claim, 100, 100, absl::StrCat("invoice ", ++invoices_));
    EXPECT_EQ(Pay(payer_, &payment), "");
  }
  EXPECT_THAT(CountedOn("2027-05-01", office_),
              UnorderedElementsAre(Pair("safety 2026-27", "5"), Pair("safety 2027-28", "5")));
}

TEST_P(BenefitCounts, AreForTheOfficeAndTheProgramAlone) {
  EXPECT_THAT(CountedOn("2026-12-01", program_), IsEmpty());
  EXPECT_THAT(Call<v1::CountBenefitsResponse>(worker_, v1::CountBenefitsRequest()),
              RefusedBy(rules::kRoleNotPermitted));
}

}  // namespace
}  // namespace accord::supports
