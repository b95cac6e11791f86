#include "clients/accordctl/operate/enrolled_person.h"

#include <gmock/gmock.h>

#include <string>

#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using annotations::v1::ROLE_CAS_WORKER;

constexpr char kName[] = "agencies/cas-york/actors/worker";

TEST(AnEnrolment, OfAPersonWhoExistsShowsTheRolesThatTheyHave) {
  registry::v1::Actor actor;
  actor.add_roles(ROLE_CAS_WORKER);
  EXPECT_EQ(EnrolledPersonText(kName, {"cas_supervisor"}, &actor),
            "agencies/cas-york/actors/worker as cas_worker; roles not changed\n"
            "        to change them: `accordctl actor update agencies/cas-york/actors/worker --set "
            "roles='[\"cas_supervisor\"]'`\n");
  EXPECT_EQ(EnrolledPersonText(kName, {"cas_worker"}, &actor),
            "agencies/cas-york/actors/worker as cas_worker\n");
  actor.set_state(registry::v1::ACTOR_STATE_DISABLED);
  EXPECT_THAT(EnrolledPersonText(kName, {"cas_worker"}, &actor),
              ::testing::HasSubstr("as cas_worker, disabled\n"));
}

TEST(AnEnrolment, TakesAPersonWithRolesInEitherSpelling) {
  const auto person = ParseEnrolledPerson("worker=cas_worker,ROLE_CAS_SUPERVISOR");
  ASSERT_OK(person);
  EXPECT_EQ(person->id, "worker");
  EXPECT_THAT(person->roles, ::testing::ElementsAre("cas_worker", "cas_supervisor"));
}

TEST(AnEnrolment, OfAPersonWhoseRoleThereIsNotIsRefusedWithTheNearest) {
  for (const char* text : {"worker", "=cas_worker"}) {
    EXPECT_THAT(std::string(ParseEnrolledPerson(text).status().message()),
                ::testing::HasSubstr("write a person as ACTOR=ROLE,ROLE"))
        << text;
  }
  for (const char* text : {"worker=", "worker=cas_worker,"}) {
    EXPECT_THAT(std::string(ParseEnrolledPerson(text).status().message()),
                ::testing::HasSubstr("there is no role ``"))
        << text;
  }
  EXPECT_THAT(std::string(ParseEnrolledPerson("worker=cas_workr").status().message()),
              ::testing::HasSubstr("did you mean cas_worker"));
}

using EnrollCommand = AgainstAGateway;

TEST_F(EnrollCommand, OfASecondSystemIntoTheFolderOfTheFirstSaysWhatToDo) {
  gateway_.RefuseWith("/accord.registry.v1.RegistryAdminService/IssueCertificate",
                      Refuse(rules::kCertificateKeyUsed, "Make a new key."));
  const absl::Status refused = Run("agency enroll ps-york --system two --out " + path("york")).status;
  EXPECT_THAT(refused, testing::RefusedBy(rules::kCertificateKeyUsed));
  EXPECT_THAT(std::string(refused.message()),
              ::testing::AllOf(::testing::HasSubstr(path("york/client.key")), ::testing::HasSubstr("--out")));
}

TEST(AnEnrolment, OfAPersonWhoMayNotBeReadSaysSo) {
  EXPECT_EQ(EnrolledPersonText(kName, {"cas_worker"}, nullptr),
            "agencies/cas-york/actors/worker; its roles were not changed, and are not yours to read\n");
}

}  // namespace
}  // namespace accord::ctl
