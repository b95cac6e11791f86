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
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {item.name(), consent.name(), sent.name()},
                                   {{"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "stranger", ROLE_VS_WORKER},
                                    {"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "chief", ROLE_VS_MANAGER}}}),
            40);
  // Somebody of the agency who works in other cases alone.
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {item.name(), sent.name()},
                                   {{"vs-york", AGENCY_KIND_VICTIM_SERVICES, "colleague", ROLE_VS_WORKER}}}),
            10);
  // Whoever received a referral, after the survivor has withdrawn the consent.
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.supports.v1",
                                   {item.name(), consent.name(), sent.name()},
                                   {{"vs-durham", AGENCY_KIND_VICTIM_SERVICES, "receiver", ROLE_VS_WORKER}}}),
            10);
}

}  // namespace
}  // namespace accord::supports
