#include "clients/accordctl/records/completed_request.h"

#include <gmock/gmock.h>

#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/testing/against_a_gateway.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kReferrals[] = "/accord.protocols.v1.ReferralService/ListReferrals";

using AReadMask = AgainstAGateway;
using AListOfOneRecord = AgainstAGateway;
using ARecord = AgainstAGateway;

TEST_F(ARecord, ThatIsNotFoundIsNamedAsItWasTypedWithWhatListsThem) {
  gateway_.RefuseWith("/accord.protocols.v1.ReferralService/GetReferral", absl::NotFoundError("Not there."));
  const Said said = Run("referral get nosuch");
  EXPECT_TRUE(absl::IsNotFound(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()),
              HasSubstr("Not there; given was `nosuch`; `accordctl referral list` lists them"));
  EXPECT_EQ(Run("referral get nosuch -o json").status.message(),
            Run("referral get nosuch0 -o json").status.message());
}

TEST_F(AListOfOneRecord, WithoutItSaysTheOptionAndWhatListsThem) {
  const Said said = Run("accused list");
  EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()),
              AllOf(HasSubstr("say of which one: --case agencies/AGENCY_ID/cases/CASE_ID, or the last part"),
                    HasSubstr("`accordctl case list` lists them")));
  EXPECT_THAT(gateway_.asked(), IsEmpty());
}

TEST_F(AReadMask, WithAWordThatIsNoFieldIsRefusedBeforeAnythingIsSent) {
  const Said said = Run("referral list --read-mask state,urgncy");
  EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()),
              AllOf(HasSubstr("--read-mask urgncy: there is no such field in Referral"),
                    HasSubstr("did you mean urgency?"), HasSubstr("`accordctl explain referral` tells all")));
  EXPECT_THAT(gateway_.asked(), IsEmpty());
}

TEST_F(AReadMask, OfAFieldWithinAListSaysThatTheListIsShownWhole) {
  const Said said = Run("referral list --read-mask flags.cleared");
  EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()), HasSubstr("show flags whole or not at all"));
}

TEST_F(AReadMask, OfFieldsIsSentInEitherSpelling) {
  for (const char* mask : {"urgency,acknowledge_due", "acknowledgeDue"}) {
    const Said said = Run(std::string("referral list --read-mask ") + mask);
    EXPECT_TRUE(said.status.ok()) << said.status;
  }
  EXPECT_THAT(gateway_.asked(), Contains(kReferrals).Times(2));
}

TEST(AReadMaskOfEveryList, TakesEveryFieldOfItsRecordsAndNoOtherWord) {
  int masks = 0;
  for (const Command& command : Commands()) {
    if (command.request()->FindFieldByName("read_mask") == nullptr) continue;
    ++masks;
    const FieldDescriptor* listed = ListedField(command.response());
    ASSERT_NE(listed, nullptr) << command.method.path;
    for (int i = 0; i < listed->message_type()->field_count(); ++i) {
      const std::string field = listed->message_type()->field(i)->name();
      EXPECT_TRUE(CheckReadMask(command, {{"read_mask", field}}).ok()) << command.method.path << " " << field;
    }
    const absl::Status refused = CheckReadMask(command, {{"readMask", "name,nmae"}});
    EXPECT_THAT(std::string(refused.message()),
                AllOf(HasSubstr("--read-mask nmae: "), HasSubstr("`accordctl explain ")))
        << command.method.path;
  }
  EXPECT_GT(masks, 10);
}

}  // namespace
}  // namespace accord::ctl
