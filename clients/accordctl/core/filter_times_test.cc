#include "clients/accordctl/core/filter_times.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/referral_service.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kListReferrals[] = "/accord.protocols.v1.ReferralService/ListReferrals";

class FilterTimes : public AgainstAGateway {
 protected:
  // This gives the filter that the gateway was sent.
  std::string Sent(const std::string& filter) {
    const Said said = RunWords({"referral", "list", "--filter", filter});
    EXPECT_TRUE(said.status.ok()) << said.status;
    protocols::v1::ListReferralsRequest request;
    EXPECT_TRUE(request.ParseFromString(gateway_.sent(kListReferrals)));
    return request.filter();
  }
};

TEST_F(FilterTimes, AreTakenAsTablesPrintThem) {
  const std::string sent = Sent("acknowledge_due < 2026-12-01T05:00:00Z AND urgency = h12");
  EXPECT_EQ(sent, "acknowledge_due < 2026-12-01T05:00:00Z AND urgency = h12") << "as it was written";
  for (const char* same : {"2026-11-30 24:00", "2026-12-01 00:00", "2026-12-01T00:00", "2026-11-30 24:00 EST",
                           "2026-12-01 00:00 HNE", "2026-12-01 01:00 EDT", "2026-12-01 00:00-05:00"}) {
    EXPECT_EQ(Sent(std::string("urgency = h12 AND NOT acknowledge_due < \"") + same + "\""),
              "urgency = \"h12\" AND NOT acknowledge_due < \"2026-12-01T05:00:00Z\"")
        << same;
  }
}

TEST_F(FilterTimes, ThatAreNoneAreRefusedByTheirFieldBeforeAnythingIsSent) {
  for (const char* none : {"2026-13-01T00:00", "2026-11-01T01:30", "tomorrow"}) {
    const Said said = RunWords({"referral", "list", "--filter", std::string("acknowledge_due < ") + none});
    EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << none;
    EXPECT_THAT(std::string(said.status.message()),
                AllOf(HasSubstr("--filter acknowledge_due: "), HasSubstr("-05:00")));
  }
  EXPECT_THAT(gateway_.asked(), IsEmpty());
}

}  // namespace
}  // namespace accord::ctl
