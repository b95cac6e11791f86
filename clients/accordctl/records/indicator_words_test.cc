#include "clients/accordctl/records/indicator_words.h"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "accord/protocols/v1/resources.pb.h"
#include "accord/training/v1/course_service.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCreateReferral[] = "/accord.protocols.v1.ReferralService/CreateReferral";
constexpr char kLists[] = "/accord.training.v1.CourseService/ListIndicatorLists";

class AMisspeltIndicator : public AgainstAGateway {
 protected:
  AMisspeltIndicator() {
    training::v1::ListIndicatorListsResponse lists;
    auto* list = lists.add_indicator_lists();
    for (const char* code : {"hotel-keys", "documents-held", "unexplained-phone"}) {
      list->add_indicators()->set_code(code);
    }
    gateway_.Answer(kLists, lists);
    protocols::v1::Referral referral;
    referral.set_name("agencies/ps-york/referrals/01m8a5dx");
    gateway_.Answer(kCreateReferral, referral);
  }
  Said Send(const std::string& indicators, const std::string& more = "") {
    const std::string file = path("referral.yaml");
    std::ofstream(file) << "to_agency: cas-york\nindicators:\n" << indicators;
    return Run("referral create --again -f " + file + more);
  }
};

TEST_F(AMisspeltIndicator, IsRefusedWithItsLineAndTheNearestKnownOnes) {
  const Said said = Send("- documents-held\n- hotel_kyes\n- unexplaned phone\n");
  EXPECT_EQ(RuleOf(said.status), "FIELD_INVALID");
  CommandSession session;
  EXPECT_THAT(session.Told(said.status),
              AllOf(HasSubstr("referral.yaml:4:"), HasSubstr("did you mean hotel-keys?"),
                    HasSubstr("referral.yaml:5:"), HasSubstr("did you mean unexplained-phone?"),
                    HasSubstr("--as-typed"), Not(HasSubstr("referral.yaml:3:"))));
  EXPECT_EQ(gateway_.acted(kCreateReferral), 0);
}

TEST_F(AMisspeltIndicator, IsTakenAsTypedWhereThatIsMeant) {
  EXPECT_TRUE(Send("- hotel_kyes\n", " --as-typed").status.ok());
  EXPECT_EQ(gateway_.acted(kCreateReferral), 1);
}

TEST_F(AMisspeltIndicator, IsNoneThatIsKnownInAnotherSpellingOrIsTheReportersOwn) {
  EXPECT_TRUE(Send("- Hotel keys\n- hotel_keys\n- an older man waits for her after school\n").status.ok());
  EXPECT_TRUE(Send("- debt\n").status.ok());
}

TEST_F(AMisspeltIndicator, HoldsUpNoReferralWhereTheListsCannotBeRead) {
  gateway_.RefuseWith(kLists, absl::PermissionDeniedError("not now"));
  EXPECT_TRUE(Send("- hotel_kyes\n").status.ok());
}

}  // namespace
}  // namespace accord::ctl
