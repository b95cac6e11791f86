// This shows whom an agency's people can name, who comes back, and how another agency is reached.
#include <string>
#include <vector>

#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

class People : public Registry {
 protected:
  Caller Worker(const std::string& agency, AgencyKind kind, Role role) {
    return {agency, kind, "cms", "somebody", {role}, PURPOSE_UNSPECIFIED};
  }
  std::vector<v1::Colleague> Colleagues(const Caller& caller, Role role = ROLE_UNSPECIFIED,
                                        int page_size = 0) {
    v1::ListColleaguesRequest request;
    request.set_role(role);
    request.set_page_size(page_size);
    std::vector<v1::Colleague> all;
    do {
      const auto page = Must(Call<v1::ListColleaguesResponse>(caller, request));
      all.insert(all.end(), page.colleagues().begin(), page.colleagues().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return all;
  }
  std::vector<std::string> Ids(const Caller& caller, Role role = ROLE_UNSPECIFIED, int page_size = 0) {
    std::vector<std::string> ids;
    for (const auto& each : Colleagues(caller, role, page_size)) ids.push_back(each.actor());
    return ids;
  }
  absl::StatusOr<v1::Actor> Name(const Caller& caller, const std::string& actor, const std::string& name) {
    v1::SetActorDisplayNameRequest request;
    request.set_name(actor);
    request.set_display_name(name);
    return Call<v1::Actor>(caller, request);
  }
  v1::Agency Agency(const std::string& id) {
    v1::GetAgencyRequest request;
    request.set_name("agencies/" + id);
    return Must(Call<v1::Agency>(office_, request));
  }
  absl::StatusOr<v1::Agency> SetDesk(const Caller& caller, const std::string& id, Role role,
                                     const std::string& reach) {
    v1::SetAgencyDutyContactsRequest request;
    request.set_name("agencies/" + id);
    request.set_etag(Agency(id).etag());
    auto* contact = request.add_duty_contacts();
    contact->set_role(role);
    contact->set_reach(reach);
    return Call<v1::Agency>(caller, request);
  }
  std::vector<std::string> Desks(const v1::ListDutyContactsRequest& asked) {
    v1::ListDutyContactsRequest request = asked;
    std::vector<std::string> desks;
    do {
      const auto page = Must(Call<v1::ListDutyContactsResponse>(worker_, request));
      for (const auto& each : page.duty_contacts()) {
        desks.push_back(absl::StrCat(each.agency(), " ", RoleName(each.role()), " ", each.reach()));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return desks;
  }

  const Caller worker_ = Worker("cas-york", AGENCY_KIND_CHILDREN_AID_SOCIETY, ROLE_CAS_WORKER);
  const Caller member_ = Worker("ps-york", AGENCY_KIND_POLICE_SERVICE, ROLE_POLICE_MEMBER);
  const Caller police_ = Admin("ps-york", AGENCY_KIND_POLICE_SERVICE);
};

TEST_F(People, AWorkerFindsTheOwnColleaguesByRoleAndNobodyElses) {
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "a-worker"));
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_SUPERVISOR, "b-supervisor"));
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "c-worker"));
  ASSERT_OK(CreateActor(office_, "ps-york", ROLE_POLICE_MEMBER, "member"));
  EXPECT_THAT(Ids(worker_), ::testing::ElementsAre("a-worker", "b-supervisor", "c-worker"));
  EXPECT_THAT(Ids(worker_, ROLE_CAS_WORKER), ::testing::ElementsAre("a-worker", "c-worker"));
  EXPECT_THAT(Ids(worker_, ROLE_CAS_SUPERVISOR, 1), ::testing::ElementsAre("b-supervisor"))
      << "pages before it have nobody";
  EXPECT_THAT(Ids(member_), ::testing::ElementsAre("member"));
  const Caller staff = Worker("co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, ROLE_OFFICE_STAFF);
  EXPECT_THAT(Ids(staff), ::testing::ElementsAre("admin")) << "the office reads its own people here";
}

TEST_F(People, ANameIsReadByColleaguesAlone) {
  const v1::Actor actor = Must(CreateActor(society_, "cas-york", ROLE_CAS_WORKER));
  EXPECT_EQ(Colleagues(worker_).at(0).display_name(), "");
  ASSERT_OK(Name(society_, actor.name(), "J. Roy"));
  EXPECT_EQ(Colleagues(worker_).at(0).display_name(), "J. Roy");
  ASSERT_OK(Name(office_, actor.name(), "J. Roy-Singh"));
  EXPECT_EQ(Colleagues(worker_).at(0).display_name(), "J. Roy-Singh");
  v1::GetActorRequest get;
  get.set_name(actor.name());
  const v1::Actor read = Must(Call<v1::Actor>(office_, get));
  EXPECT_EQ(read.SerializeAsString().find("Roy"), std::string::npos);
  EXPECT_EQ(read.etag(), actor.etag()) << "what the person may do has not changed";
  EXPECT_THAT(Name(police_, actor.name(), "Somebody"), RefusedBy(rules::kNotFound));
  EXPECT_EQ(StoredWithoutKey().find("Roy-Singh"), std::string::npos) << "sealed where it is kept";
  ASSERT_OK(Name(society_, actor.name(), ""));
  EXPECT_EQ(Colleagues(worker_).at(0).display_name(), "");
}

TEST_F(People, WhoIsDisabledIsNoColleagueAndComesBackWithTheSameRoles) {
  v1::Actor actor = Must(CreateActor(society_, "cas-york", ROLE_CAS_WORKER));
  EXPECT_THAT((Verb<v1::Actor, v1::EnableActorRequest>(society_, actor)),
              RefusedBy(rules::kStateNotPermitted));
  actor = Must(Verb<v1::Actor, v1::DisableActorRequest>(society_, actor));
  EXPECT_THAT(Ids(worker_), ::testing::IsEmpty());
  EXPECT_THAT((Verb<v1::Actor, v1::EnableActorRequest>(police_, actor)), RefusedBy(rules::kNotFound));
  in_process_.clock().Advance(absl::Seconds(1));
  actor = Must(Verb<v1::Actor, v1::EnableActorRequest>(society_, actor));
  EXPECT_EQ(actor.state(), v1::ACTOR_STATE_ACTIVE);
  EXPECT_THAT(Ids(worker_, ROLE_CAS_WORKER), ::testing::ElementsAre("w1"));
  const Caller officer = {"cas-york", AGENCY_KIND_CHILDREN_AID_SOCIETY, "console",
                          "privacy",  {ROLE_PRIVACY_OFFICER},           PURPOSE_PRIVACY_REVIEW};
  const auto told = Must(Call<v1::ListRoleGrantsResponse>(officer, v1::ListRoleGrantsRequest()));
  ASSERT_EQ(told.role_grants_size(), 3);
  EXPECT_THAT(told.role_grants(2).added(), ::testing::ElementsAre(ROLE_CAS_WORKER));
}

TEST_F(People, GatewaysHearOfWhoIsEnabledAgain) {
  v1::Actor actor = Must(CreateActor(society_, "cas-york", ROLE_CAS_WORKER));
  actor = Must(Verb<v1::Actor, v1::DisableActorRequest>(society_, actor));
  const v1::PolicyUpdate before = Must(policy_.Since("", 0));
  ASSERT_OK((Verb<v1::Actor, v1::EnableActorRequest>(society_, actor)));
  const v1::PolicyUpdate told = Must(policy_.Since(before.epoch(), before.version()));
  ASSERT_EQ(told.actors_size(), 1);
  EXPECT_TRUE(told.actors(0).active());
}

TEST_F(People, AnAgencySetsItsDesksAndEveryAgencyFindsThemByRole) {
  ASSERT_OK(SetDesk(police_, "ps-york", ROLE_POLICE_SUPERVISOR, "905-555-0100"));
  ASSERT_OK(SetDesk(office_, "cas-york", ROLE_CAS_SUPERVISOR, "905-555-0199"));
  const std::string police = "ps-york police_supervisor 905-555-0100";
  const std::string society = "cas-york cas_supervisor 905-555-0199";
  v1::ListDutyContactsRequest request;
  EXPECT_THAT(Desks(request), ::testing::ElementsAre(society, police));
  request.set_page_size(1);
  EXPECT_THAT(Desks(request), ::testing::ElementsAre(society, police)) << "one agency a page";
  request.set_role(ROLE_POLICE_SUPERVISOR);
  EXPECT_THAT(Desks(request), ::testing::ElementsAre(police));
  request.Clear();
  request.set_kind(AGENCY_KIND_CHILDREN_AID_SOCIETY);
  EXPECT_THAT(Desks(request), ::testing::ElementsAre(society));
  request.set_agency("ps-york");
  EXPECT_THAT(Desks(request), ::testing::IsEmpty());
  request.Clear();
  request.set_agency("ps-yor");
  EXPECT_THAT(Desks(request), ::testing::IsEmpty()) << "an id is no beginning of one";
}

TEST_F(People, ADeskIsSetByItsAgencyForARoleThatIsThere) {
  EXPECT_THAT(SetDesk(society_, "ps-york", ROLE_POLICE_SUPERVISOR, "x"), RefusedBy(rules::kNotFound));
  EXPECT_THAT(SetDesk(police_, "ps-york", ROLE_CAS_SUPERVISOR, "x"), RefusedBy(rules::kRoleNotOfThisKind));
  EXPECT_THAT(SetDesk(police_, "ps-york", ROLE_POLICE_SUPERVISOR, ""), RefusedBy(rules::kFieldInvalid));
  v1::SetAgencyDutyContactsRequest none;
  none.set_name("agencies/ps-york");
  none.set_etag("v0");
  EXPECT_THAT(Call<v1::Agency>(police_, none), RefusedBy(rules::kEtagMismatch));
  ASSERT_OK(SetDesk(police_, "ps-york", ROLE_POLICE_SUPERVISOR, "x"));
  none.set_etag(Agency("ps-york").etag());
  EXPECT_EQ(Must(Call<v1::Agency>(police_, none)).duty_contacts_size(), 0);
}

// The office admits agencies; how they are reached is not set by the way.
TEST_F(People, AnAgencyIsAdmittedWithoutDesks) {
  v1::CreateAgencyRequest create;
  create.set_agency_id("cas-new");
  create.mutable_agency()->set_display_name("New");
  create.mutable_agency()->set_kind(AGENCY_KIND_CHILDREN_AID_SOCIETY);
  create.mutable_agency()->add_duty_contacts()->set_reach("x");
  EXPECT_EQ(Must(Call<v1::Agency>(office_, create)).duty_contacts_size(), 0);
}

}  // namespace
}  // namespace accord::registry
