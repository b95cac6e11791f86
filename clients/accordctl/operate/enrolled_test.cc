#include "clients/accordctl/operate/enrolled.h"

#include <gmock/gmock.h>

namespace accord::ctl {
namespace {

using annotations::v1::ROLE_CAS_WORKER;

constexpr char kName[] = "agencies/cas-york/actors/worker";

TEST(AnEnrolment, OfAPersonWhoExistsShowsTheRolesThatTheyHave) {
  registry::v1::Actor actor;
  actor.add_roles(ROLE_CAS_WORKER);
  EXPECT_EQ(PresentPerson(kName, {"cas_supervisor"}, &actor),
            "agencies/cas-york/actors/worker as cas_worker; roles not changed\n"
            "        to change them: `accordctl actor update agencies/cas-york/actors/worker --set "
            "roles='[\"cas_supervisor\"]'`\n");
  EXPECT_EQ(PresentPerson(kName, {"cas_worker"}, &actor), "agencies/cas-york/actors/worker as cas_worker\n");
  actor.set_state(registry::v1::ACTOR_STATE_DISABLED);
  EXPECT_THAT(PresentPerson(kName, {"cas_worker"}, &actor),
              ::testing::HasSubstr("as cas_worker, disabled\n"));
}

TEST(AnEnrolment, OfAPersonWhoMayNotBeReadSaysSo) {
  EXPECT_EQ(PresentPerson(kName, {"cas_worker"}, nullptr),
            "agencies/cas-york/actors/worker; its roles were not changed, and are not yours to read\n");
}

}  // namespace
}  // namespace accord::ctl
