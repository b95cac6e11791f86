// This shows who may give roles to whom, and who hears of it.
#include "services/registry/placements.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

class RoleGrants : public Registry {
 protected:
  // What is told is in the order of its times.
  void Later() { in_process_.clock().Advance(absl::Seconds(1)); }
  std::string Give(const Caller& caller, const std::string& name, const std::vector<Role>& roles,
                   const std::string& etag = "") {
    v1::GetActorRequest get;
    get.set_name(name);
    const auto actor = Call<v1::Actor>(office_, get);
    v1::UpdateActorRequest request;
    request.mutable_actor()->set_name(name);
    request.mutable_actor()->set_etag(etag.empty() && actor.ok() ? actor->etag() : etag);
    for (Role role : roles) request.mutable_actor()->add_roles(role);
    request.mutable_update_mask()->add_paths("roles");
    Later();
    return testing::RuleOrError(Call<v1::Actor>(caller, request).status());
  }
  std::string Create(const Caller& caller, const std::string& agency, const std::string& id,
                     const std::vector<Role>& roles) {
    v1::CreateActorRequest request;
    request.set_parent("agencies/" + agency);
    request.set_actor_id(id);
    for (Role role : roles) request.mutable_actor()->add_roles(role);
    Later();
    return testing::RuleOrError(Call<v1::Actor>(caller, request).status());
  }
  std::vector<v1::RoleGrant> Grants(const std::string& agency, AgencyKind kind) {
    const Caller officer = {
        agency, kind, "console", "privacy", {ROLE_PRIVACY_OFFICER}, PURPOSE_PRIVACY_REVIEW};
    const auto page = Must(Call<v1::ListRoleGrantsResponse>(officer, v1::ListRoleGrantsRequest()));
    return {page.role_grants().begin(), page.role_grants().end()};
  }
  const Caller police_ = Admin("ps-york", AGENCY_KIND_POLICE_SERVICE);
};

TEST_F(RoleGrants, NobodyChangesTheOwn) {
  ASSERT_EQ(Create(office_, "ps-york", "admin", {ROLE_PLATFORM_ADMIN}), "");
  EXPECT_EQ(Give(police_, "agencies/ps-york/actors/admin", {ROLE_PLATFORM_ADMIN, ROLE_POLICE_CHIEF}),
            "OWN_ROLES");
  EXPECT_EQ(Give(police_, "agencies/ps-york/actors/admin", {ROLE_POLICE_CHIEF, ROLE_POLICE_INTEL}),
            "OWN_ROLES");
  EXPECT_EQ(Give(police_, "agencies/ps-york/actors/admin", {ROLE_PLATFORM_ADMIN, ROLE_LEARNER}), "OWN_ROLES");
  // The office's administrator may not either, whose own record is that of another agency's namesake.
  EXPECT_EQ(Give(office_, "agencies/co-pahtco/actors/admin", {ROLE_OFFICE_DIRECTOR}), "OWN_ROLES");
  EXPECT_EQ(Give(office_, "agencies/ps-york/actors/admin", {ROLE_PLATFORM_ADMIN, ROLE_LEARNER}), "");
}

TEST_F(RoleGrants, AdministrationAndContentDoNotMeetInOnePerson) {
  for (Role content : {ROLE_POLICE_MEMBER, ROLE_POLICE_CHIEF, ROLE_POLICE_INTEL, ROLE_PRIVACY_OFFICER}) {
    EXPECT_EQ(Create(office_, "ps-york", "both", {ROLE_PLATFORM_ADMIN, content}), "ROLES_DO_NOT_MEET");
    EXPECT_EQ(Create(police_, "ps-york", "both", {content, ROLE_PLATFORM_ADMIN}), "ROLES_DO_NOT_MEET");
  }
  EXPECT_EQ(Create(office_, "pc-opc", "both", {ROLE_TRAINING_ADMIN, ROLE_PLATFORM_ADMIN}),
            "ROLES_DO_NOT_MEET");
  EXPECT_EQ(Create(office_, "co-pahtco", "both", {ROLE_OFFICE_STAFF, ROLE_PLATFORM_ADMIN}),
            "ROLES_DO_NOT_MEET");
  ASSERT_EQ(Create(police_, "ps-york", "member", {ROLE_POLICE_MEMBER}), "");
  EXPECT_EQ(Give(police_, "agencies/ps-york/actors/member", {ROLE_POLICE_MEMBER, ROLE_PLATFORM_ADMIN}),
            "ROLES_DO_NOT_MEET");
  EXPECT_EQ(Give(police_, "agencies/ps-york/actors/member", {ROLE_PLATFORM_ADMIN}), "");
  EXPECT_EQ(Create(office_, "ps-york", "several", {ROLE_POLICE_MEMBER, ROLE_POLICE_SUPERVISOR, ROLE_LEARNER}),
            "");
}

// It was stored by a version that let them meet.
TEST_F(RoleGrants, OfWhoHasBothAGatewayLearnsAdministrationAlone) {
  v1::Actor actor;
  actor.set_name("agencies/ps-york/actors/old");
  for (Role role : {ROLE_POLICE_CHIEF, ROLE_PLATFORM_ADMIN, ROLE_LEARNER}) actor.add_roles(role);
  actor.set_state(v1::ACTOR_STATE_ACTIVE);
  const storage::Write write{"ps-york", "admin", "old-request", in_process_.clock().Now()};
  ASSERT_OK(in_process_.database().Transact(
      [&](storage::Transaction& tx) { return store_.actors.Insert(tx, &actor, write, PlacementOf(actor)); }));
  std::vector<int> roles;
  const auto policy = policy_.Since("", 0);
  for (const auto& each : policy->actors()) {
    if (each.actor() == "old") roles.assign(each.roles().begin(), each.roles().end());
  }
  EXPECT_THAT(roles, ::testing::ElementsAre(ROLE_PLATFORM_ADMIN, ROLE_LEARNER));
}

TEST_F(RoleGrants, APrivacyOfficerHearsOfEveryGrant) {
  EXPECT_EQ(Grants("ps-york", AGENCY_KIND_POLICE_SERVICE).size(), 0u);
  ASSERT_EQ(Create(office_, "ps-york", "chief", {ROLE_POLICE_CHIEF}), "");
  ASSERT_EQ(Give(police_, "agencies/ps-york/actors/chief", {ROLE_POLICE_INTEL, ROLE_POLICE_CHIEF}), "");
  ASSERT_EQ(Give(police_, "agencies/ps-york/actors/chief", {ROLE_POLICE_CHIEF, ROLE_POLICE_INTEL}), "");
  ASSERT_EQ(Give(police_, "agencies/ps-york/actors/chief", {ROLE_POLICE_INTEL}), "");
  const auto told = Grants("ps-york", AGENCY_KIND_POLICE_SERVICE);
  ASSERT_EQ(told.size(), 3u) << "the same roles again are nothing to tell";
  EXPECT_THAT(told[0].added(), ::testing::ElementsAre(ROLE_POLICE_CHIEF));
  EXPECT_EQ(told[0].by_agency(), "co-pahtco");
  EXPECT_THAT(told[1].added(), ::testing::ElementsAre(ROLE_POLICE_INTEL));
  EXPECT_EQ(told[1].actor(), "agencies/ps-york/actors/chief");
  EXPECT_EQ(told[1].by(), "admin");
  EXPECT_THAT(told[2].removed(), ::testing::ElementsAre(ROLE_POLICE_CHIEF));
  EXPECT_EQ(Grants("cas-york", AGENCY_KIND_CHILDREN_AID_SOCIETY).size(), 0u);
  // The office hears of all grants, and the first administrator's are among them.
  EXPECT_EQ(Grants("co-pahtco", AGENCY_KIND_COORDINATION_OFFICE).size(), 4u);
  EXPECT_THAT(Call<v1::ListRoleGrantsResponse>(police_, v1::ListRoleGrantsRequest()),
              RefusedBy(rules::kRoleNotPermitted));
}

TEST_F(RoleGrants, APrivacyOfficerHearsOfWhoWasDisabled) {
  ASSERT_EQ(Create(office_, "ps-york", "intel", {ROLE_POLICE_INTEL, ROLE_LEARNER}), "");
  v1::GetActorRequest get;
  get.set_name("agencies/ps-york/actors/intel");
  const auto actor = Call<v1::Actor>(office_, get);
  ASSERT_OK(actor);
  Later();
  ASSERT_OK((Verb<v1::Actor, v1::DisableActorRequest>(police_, *actor)));
  const auto told = Grants("ps-york", AGENCY_KIND_POLICE_SERVICE);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_THAT(told[1].removed(), ::testing::UnorderedElementsAre(ROLE_POLICE_INTEL, ROLE_LEARNER));
  EXPECT_THAT(told[1].added(), ::testing::IsEmpty());
  EXPECT_EQ(told[1].by(), "admin");
  ASSERT_EQ(Give(police_, actor->name(), {ROLE_POLICE_INTEL}), "");
  EXPECT_EQ(Grants("ps-york", AGENCY_KIND_POLICE_SERVICE).size(), 2u) << "nobody loses the same role twice";
}

}  // namespace
}  // namespace accord::registry
