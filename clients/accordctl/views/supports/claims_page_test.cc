// These tests are about what a reader of paid claims is shown: a number, that a number is withheld, or that
// nobody was paid.
#include "clients/accordctl/views/supports/claims_page.h"

#include <gmock/gmock.h>

#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/page.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

namespace sup = supports::v1;
using ::testing::HasSubstr;
using ::testing::Not;

sup::CountBenefitsResponse Counted() {
  sup::CountBenefitsResponse counted;
  *counted.mutable_as_of() = ToProto(EndOfDay(*ParseDay("2026-11-30")));
  const auto add = [&](sup::BenefitCode benefit, const char* year, int64_t count) {
    auto* cell = counted.add_counts();
    cell->set_benefit(benefit);
    cell->set_fiscal_year(year);
    cell->set_suppressed(count == 0);
    if (count > 0) cell->set_count(count);
  };
  add(sup::BENEFIT_CODE_TATTOO_REMOVAL, "2026-27", 12);
  add(sup::BENEFIT_CODE_TATTOO_REMOVAL, "2027-28", 0);
  add(sup::BENEFIT_CODE_PHONE, "2027-28", 9);
  return counted;
}

TEST(ClaimsPage, TellsANumberFromOneThatIsWithheldAndFromNone) {
  const std::string page = ClaimsPage(Counted());
  EXPECT_THAT(page, HasSubstr("<tr><th scope=\"row\">tattoo removal</th><td>12</td><td>withheld</td></tr>"));
  EXPECT_THAT(page, HasSubstr("<tr><th scope=\"row\">phone</th><td>0</td><td>9</td></tr>"));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
  EXPECT_THAT(page, Not(HasSubstr("[[")));
}

TEST(ClaimsPage, SaysThatNothingWasCountedOrThatThereIsNone) {
  EXPECT_THAT(ClaimsPage({}), HasSubstr("Nothing has been counted yet."));
  EXPECT_THAT(ClaimsPage({}), HasSubstr("No paid claim is counted."));
  EXPECT_THAT(ClaimsPage({}), Not(HasSubstr("<table")));
}

TEST(ClaimsPage, SpeaksFrench) {
  const Speaking french(Language::kFrench);
  const std::string page = ClaimsPage(Counted());
  EXPECT_THAT(page, HasSubstr("<html lang=\"fr"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">détatouage</th><td>12</td><td>non communiqué</td>"));
}

TEST(ClaimsPage, CallsEveryBenefitByAWordInBothLanguages) {
  const auto* codes = sup::BenefitCode_descriptor();
  for (int i = 1; i < codes->value_count(); ++i) {
    const auto code = static_cast<sup::BenefitCode>(codes->value(i)->number());
    const std::string english = BenefitText(code);
    EXPECT_TRUE(HasText(english)) << english;
    const Speaking french(Language::kFrench);
    EXPECT_NE(BenefitText(code), english);
  }
}

}  // namespace
}  // namespace accord::ctl
