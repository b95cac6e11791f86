// These tests show that nobody learns from an answer whom an agency supports, not even colleagues who
// work there.
#include "common/testing/twins.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

using annotations::v1::AGENCY_KIND_VICTIM_SERVICES;
using annotations::v1::ROLE_VS_MANAGER;
using annotations::v1::ROLE_VS_WORKER;

class SupportExistence : public SupportsFixture {};

TEST_F(SupportExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = Given(item, ToRefer());
  const v1::SupportReferral sent = Sent(consent);
  v1::CreateSupportDisclosureRequest told;
  told.set_parent(item.name());
  told.mutable_support_disclosure()->set_basis(v1::DISCLOSURE_BASIS_IMMINENT_HARM);
  told.mutable_support_disclosure()->set_authority_ref("s. 1");
  told.mutable_support_disclosure()->set_what("where");
  told.mutable_support_disclosure()->set_to_whom("police");
  told.mutable_support_disclosure()->set_disclosed_on("2026-11-24");
  const auto disclosure = Must(Call<v1::SupportDisclosure>(worker_, told));
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {item.name(), consent.name(), disclosure.name(), sent.name()},
                                   {{"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "stranger", ROLE_VS_WORKER},
                                    {"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "chief", ROLE_VS_MANAGER}}}),
            40);
  // The caller is of the agency, but works only in other cases.
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {item.name(), disclosure.name(), sent.name()},
                                   {{"vs-york", AGENCY_KIND_VICTIM_SERVICES, "colleague", ROLE_VS_WORKER}}}),
            10);
  // The caller has received a referral, and the survivor has withdrawn the consent.
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {item.name(), consent.name(), disclosure.name(), sent.name()},
                                   {{"vs-durham", AGENCY_KIND_VICTIM_SERVICES, "receiver", ROLE_VS_WORKER}}}),
            10);
}

class BenefitExistence : public BenefitFixture {};

TEST_F(BenefitExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  const v1::FundLine line = Line(100000);
  v1::Consent consent = Given(Reported(), ToClaim());
  const v1::BenefitClaim open = Claimed(consent, NewClaim(v1::BENEFIT_CODE_PHONE, 100));
  const v1::BenefitPayment payment =
      Due(Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 100)), 100, 100, "invoice 1");
  const std::vector<std::string> hidden = {open.name(), payment.claim(), payment.name(), line.name()};
  EXPECT_GT(testing::CompareTwins(
                &in_process_,
                {"accord.supports.v1",
                 hidden,
                 {{"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "stranger", ROLE_VS_WORKER},
                  {"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "chief", ROLE_VS_MANAGER},
                  {"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "program", annotations::v1::ROLE_OVS_PROGRAM},
                  {"min-mol", annotations::v1::AGENCY_KIND_MINISTRY, "payer",
                   annotations::v1::ROLE_FINANCE_OFFICER}}}),
            60);
  // The caller is of the agency, but works only in other cases.
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {open.name(), payment.claim()},
                                   {{"vs-york", AGENCY_KIND_VICTIM_SERVICES, "colleague", ROLE_VS_WORKER}}}),
            10);
  // The caller is of the program, and the survivor has withdrawn the consent.
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  EXPECT_GT(testing::CompareTwins(&in_process_, {"accord.supports.v1",
                                                 {open.name(), payment.claim()},
                                                 {{"vs-ovs", AGENCY_KIND_VICTIM_SERVICES, "program",
                                                   annotations::v1::ROLE_OVS_PROGRAM}}}),
            10);
}

}  // namespace
}  // namespace accord::supports
