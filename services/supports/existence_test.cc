// Nobody learns from an answer whom an agency supports, not even who works there.
#include "common/testing/twins.h"
#include "services/supports/testing/fixture.h"

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
  // Somebody of the agency who works in other cases alone.
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {item.name(), disclosure.name(), sent.name()},
                                   {{"vs-york", AGENCY_KIND_VICTIM_SERVICES, "colleague", ROLE_VS_WORKER}}}),
            10);
  // Whoever received a referral, after the survivor has withdrawn the consent.
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {item.name(), consent.name(), disclosure.name(), sent.name()},
                                   {{"vs-durham", AGENCY_KIND_VICTIM_SERVICES, "receiver", ROLE_VS_WORKER}}}),
            10);
}

}  // namespace
}  // namespace accord::supports
