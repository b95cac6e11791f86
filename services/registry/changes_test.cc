// This shows who is told what by the one feed of this service.
#include "common/testing/change_watch.h"
#include "common/testing/resource_verbs.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RegistryChanges : public Registry {
 protected:
  std::string Now(const Caller& who) { return testing::PositionNow(&in_process_, who); }
  testing::ToldChanges Watch(const Caller& who, const std::string& from, const std::string& kind) {
    host::v1::WatchChangesRequest request;
    request.add_kinds(kind);
    return testing::WatchChanges(&in_process_, who, from, request);
  }
  const Caller police_ = Admin("ps-york", AGENCY_KIND_POLICE_SERVICE);
};

TEST_F(RegistryChanges, OfASystemAreToldToItsOwnAdministratorsAndTheOffice) {
  const std::string office = Now(office_), society = Now(society_), police = Now(police_);
  const v1::System system = Must(CreateSystem(office_, "cas-york"));
  const auto at_office = Watch(office_, office, "system");
  ASSERT_THAT(at_office.names(), ElementsAre(system.name()));
  EXPECT_EQ(at_office.changes[0].verb(), "CreateSystem");
  EXPECT_EQ(at_office.changes[0].agency(), "co-pahtco");
  EXPECT_EQ(at_office.changes[0].state(), "active");
  EXPECT_THAT(Watch(society_, society, "system").names(), ElementsAre(system.name()));
  EXPECT_THAT(Watch(police_, police, "system").names(), IsEmpty());
}

TEST_F(RegistryChanges, OfRolesAreToldToPrivacyOfficersAlone) {
  Caller officer = society_;
  officer.roles = {ROLE_PRIVACY_OFFICER};
  officer.purpose = PURPOSE_PRIVACY_REVIEW;
  const std::string society = Now(society_);
  ASSERT_OK(CreateActor(office_, "cas-york", ROLE_CAS_WORKER));
  const auto told = Watch(officer, society, "role_grant");
  ASSERT_EQ(told.changes.size(), 1u);
  v1::GetRoleGrantRequest request;
  request.set_name(told.changes[0].name());
  EXPECT_EQ(Must(Call<v1::RoleGrant>(officer, request)).name(), request.name());
  EXPECT_THAT(Watch(officer, society, "actor").names(), IsEmpty()) << "people are the administrators'";
  EXPECT_THAT(Watch(society_, society, "role_grant").names(), IsEmpty());
  EXPECT_EQ(Watch(society_, society, "actor").changes.size(), 1u);
}

TEST_F(RegistryChanges, AreOfEveryKindThatTheTableOfVerbsSays) {
  EXPECT_EQ(testing::HoldFeedKinds(&in_process_, "accord.registry.v1", office_), 6);
}

}  // namespace
}  // namespace accord::registry
