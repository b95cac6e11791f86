#include <gmock/gmock.h>

#include "accord/registry/v1/people_service.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::RefusedBy;
using ::testing::HasSubstr;

class HandoverCommand : public AgainstAGateway {
 protected:
  HandoverCommand() {
    registry::v1::ListColleaguesResponse people;
    for (const char* id : {"member", "supervisor"}) people.add_colleagues()->set_actor(id);
    gateway_.Answer("/accord.registry.v1.PeopleService/ListColleagues", people);
  }
};

TEST_F(HandoverCommand, RefusesAPersonWhoIsNotThereAndSaysWhoIsNear) {
  const Said from = Run("handover --from membr --to supervisor --dry-run");
  EXPECT_THAT(from.status, RefusedBy(rules::kPersonUnknown));
  EXPECT_THAT(std::string(from.status.message()), HasSubstr("did you mean member?"));
  EXPECT_EQ(from.out, "") << "it would read as if nobody had work";
  const Said to = Run("handover --from member --to nobody --dry-run");
  EXPECT_THAT(to.status, RefusedBy(rules::kPersonUnknown));
  EXPECT_THAT(std::string(to.status.message()),
              HasSubstr("--to: none of your colleagues is called `nobody`"));
}

TEST_F(HandoverCommand, OfWhoHasLeftAndHasNoWorkSaysBoth) {
  const Said said = Run("handover --from zachary-who-left --to supervisor --dry-run");
  EXPECT_TRUE(said.status.ok()) << said.status;
  EXPECT_THAT(said.out, HasSubstr("nobody has to take anything over"));
  EXPECT_THAT(said.err, HasSubstr("none of your colleagues is called `zachary-who-left`"));
}

TEST_F(HandoverCommand, SaysThatAColleagueHasNoWork) {
  const Said said = Run("handover --from member --to supervisor --dry-run");
  EXPECT_TRUE(said.status.ok()) << said.status;
  EXPECT_THAT(said.out, HasSubstr("nobody has to take anything over"));
}

}  // namespace
}  // namespace accord::ctl
