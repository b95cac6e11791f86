#include <map>

#include "absl/strings/str_cat.h"
#include "common/pki/signing_request.h"
#include "common/testing/every_list.h"
#include "services/registry/quotas.h"
#include "services/registry/registry_store.h"
#include "services/registry/roles.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

TEST(Roles, EachFitsAtLeastOneKindAndSigningRolesOnlyTheirOwn) {
  for (int role = 1; Role_IsValid(role); ++role) {
    int fits = 0;
    for (int kind = 1; AgencyKind_IsValid(kind); ++kind) {
      fits += RoleFitsKind(static_cast<Role>(role), static_cast<AgencyKind>(kind));
    }
    EXPECT_GT(fits, 0) << role;
  }
  EXPECT_TRUE(RoleFitsKind(ROLE_CAS_DIRECTOR, AGENCY_KIND_CHILDREN_AID_SOCIETY));
  EXPECT_FALSE(RoleFitsKind(ROLE_CAS_DIRECTOR, AGENCY_KIND_POLICE_SERVICE));
  EXPECT_FALSE(RoleFitsKind(ROLE_POLICE_CHIEF, AGENCY_KIND_CHILDREN_AID_SOCIETY));
}

TEST_F(Registry, AnAgencyIsEnrolledAndItsCertificateRevoked) {
  const v1::System system = Must(CreateSystem(office_, "cas-york"));
  v1::Certificate certificate = Must(Issue(system));
  EXPECT_EQ(certificate.state(), v1::CERTIFICATE_STATE_ACTIVE);
  certificate = *(Verb<v1::Certificate, v1::RevokeCertificateRequest>(society_, certificate));
  EXPECT_EQ(certificate.state(), v1::CERTIFICATE_STATE_REVOKED);
  EXPECT_THAT((Verb<v1::Certificate, v1::RevokeCertificateRequest>(society_, certificate)),
              RefusedBy(rules::kCertificateAlreadyRevoked));
}

TEST_F(Registry, AnAgencyEndsAfterItBegins) {
  v1::CreateAgencyRequest create;
  create.set_agency_id("cas-new");
  create.mutable_agency()->set_display_name("New");
  create.mutable_agency()->set_kind(AGENCY_KIND_CHILDREN_AID_SOCIETY);
  create.mutable_agency()->set_valid_from("2026-02-01");
  create.mutable_agency()->set_valid_to("2026-02-01");
  const absl::Status refused = Call<v1::Agency>(office_, create).status();
  EXPECT_THAT(refused, RefusedBy(rules::kDatesOutOfOrder));
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("agency.valid_to"));
  create.mutable_agency()->set_valid_to("2026-02-02");
  const auto created = Call<v1::Agency>(office_, create);
  ASSERT_OK(created);
  v1::UpdateAgencyRequest update;
  *update.mutable_agency() = *created;
  update.mutable_agency()->set_valid_from("2026-02-02");
  update.mutable_update_mask()->add_paths("valid_from");
  EXPECT_THAT(Call<v1::Agency>(office_, update), RefusedBy(rules::kDatesOutOfOrder));
}

TEST_F(Registry, NoAgencyHasTheNameThatStandsForTheServicesThemselves) {
  v1::CreateAgencyRequest create;
  create.set_agency_id("platform");
  create.mutable_agency()->set_display_name("Platform");
  create.mutable_agency()->set_kind(AGENCY_KIND_CHILDREN_AID_SOCIETY);
  const absl::Status refused = Call<v1::Agency>(office_, create).status();
  EXPECT_THAT(refused, RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("agency_id"));
}

TEST_F(Registry, GatewaysLearnWhoTookThePlaceOfAnAgency) {
  v1::GetAgencyRequest get;
  get.set_name("agencies/ps-orangeville");
  v1::UpdateAgencyRequest update;
  *update.mutable_agency() = Must(Call<v1::Agency>(office_, get));
  EXPECT_EQ(update.agency().successor(), "ps-opp");
  update.mutable_update_mask()->add_paths("successor");
  update.mutable_agency()->set_successor("ps-orangeville");
  const absl::Status itself = Call<v1::Agency>(office_, update).status();
  EXPECT_THAT(itself, RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(std::string(itself.message()), ::testing::HasSubstr("agency.successor"));
  const v1::PolicyUpdate before = *policy_.Since("", 0);
  update.mutable_agency()->set_successor("ps-peel");
  EXPECT_EQ(Must(Call<v1::Agency>(office_, update)).successor(), "ps-peel");
  const v1::PolicyUpdate told = *policy_.Since(before.epoch(), before.version());
  ASSERT_EQ(told.agencies_size(), 1);
  EXPECT_EQ(told.agencies(0).successor(), "ps-peel");
}

TEST_F(Registry, AnAuthorityThatHasExpiredIssuesNothing) {
  const v1::System system = Must(CreateSystem(office_, "cas-york"));
  EXPECT_OK(Issue(system));
  in_process_.clock().Set(absl::UnixEpoch() + absl::Hours(24) * pki::kMaxAuthorityDays - absl::Hours(24));
  EXPECT_EQ(FromProto(Must(Issue(system)).not_after()),
            absl::UnixEpoch() + absl::Hours(24) * pki::kMaxAuthorityDays)
      << "it ends with its authority";
  in_process_.clock().Set(absl::UnixEpoch() + absl::Hours(24) * pki::kMaxAuthorityDays);
  const absl::Status late = Issue(system).status();
  EXPECT_THAT(late, RefusedBy(rules::kAuthorityExpired));
  EXPECT_TRUE(absl::IsFailedPrecondition(late));
  in_process_.clock().Set(absl::UnixEpoch() - absl::Hours(48));
  EXPECT_THAT(Issue(system), RefusedBy(rules::kAuthorityNotYetValid));
}

TEST_F(Registry, AnAgencyRegistersAsManyAsItMay) {
  host::v1::RegistryConfig config;
  config.set_max_systems_of_agency(1);
  config.set_max_actors_of_agency(2);
  config.set_max_certificates_of_agency(1);
  testing::InProcess other(storage::WithCore(RegistryMigrations()));
  RegistryStore store(&other.page_tokens());
  RegistryService registry(&other.database(), &store, &authority_, Quotas(config));
  PolicyService policy(&other.database(), &store);
  registry.Register(&other.handlers());
  policy.Register(&other.handlers());
  ASSERT_OK(other.Seal());
  ASSERT_OK(registry.Bootstrap(RealAgencies(), first_, pem_, other.clock().Now()));
  const auto call = [&](auto request) {
    request.set_request_id(RequestId());
    return testing::RuleOrError(other.ReplyTo(office_, request).status());
  };
  const auto system = [&](const std::string& agency, const std::string& id) {
    v1::CreateSystemRequest request;
    request.set_parent("agencies/" + agency);
    request.set_system_id(id);
    request.mutable_system()->set_display_name("x");
    return call(request);
  };
  const auto actor = [&](const std::string& id) {
    v1::CreateActorRequest request;
    request.set_parent("agencies/cas-york");
    request.set_actor_id(id);
    request.mutable_actor()->add_roles(ROLE_CAS_WORKER);
    return call(request);
  };
  const auto certificate = [&] {
    v1::IssueCertificateRequest request;
    request.set_parent("agencies/cas-york/systems/one");
    request.set_csr_pem(pki::SigningRequest(pki::NewTlsKey()));
    return call(request);
  };
  EXPECT_EQ(system("cas-york", "one"), "");
  EXPECT_EQ(system("cas-york", "two"), "SYSTEMS_TOO_MANY");
  EXPECT_EQ(system("cas-durham", "one"), "") << "another agency pays nothing for it";
  EXPECT_EQ(actor("w1"), "");
  EXPECT_EQ(actor("w2"), "");
  EXPECT_EQ(actor("w3"), "ACTORS_TOO_MANY");
  EXPECT_EQ(certificate(), "");
  EXPECT_EQ(certificate(), "CERTIFICATES_TOO_MANY");
}

TEST_F(Registry, SmallThingsStaySmall) {
  v1::CreateActorRequest actor;
  actor.set_parent("agencies/cas-york");
  actor.set_actor_id("w1");
  for (int i = 0; i < 33; ++i) actor.mutable_actor()->add_roles(ROLE_CAS_WORKER);
  EXPECT_THAT(Call<v1::Actor>(society_, actor), RefusedBy(rules::kFieldInvalid));
  v1::CreateSystemRequest system;
  system.set_parent("agencies/cas-york");
  system.set_system_id("cms");
  system.mutable_system()->set_display_name(std::string(201, 'x'));
  EXPECT_THAT(Call<v1::System>(society_, system), RefusedBy(rules::kFieldInvalid));
}

TEST_F(Registry, AnAdministratorManagesItsOwnAgencyOnly) {
  EXPECT_OK(CreateSystem(society_, "cas-york"));
  EXPECT_THAT(CreateSystem(society_, "cas-durham"), RefusedBy(rules::kNotFound));
  EXPECT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER));
  EXPECT_THAT(CreateActor(office_, "ps-york", ROLE_CAS_WORKER), RefusedBy(rules::kRoleNotOfThisKind));
  v1::GetActorRequest request;
  request.set_name("agencies/cas-york/actors/w1");
  EXPECT_OK(Call<v1::Actor>(society_, request));
  EXPECT_THAT(Call<v1::Actor>(Admin("ps-york", AGENCY_KIND_POLICE_SERVICE), request),
              RefusedBy(rules::kNotFound));
}

TEST_F(Registry, SuspendedSystemsAndAgenciesOfAnotherTimeGetNoCertificate) {
  v1::System system = Must(CreateSystem(office_, "cas-york"));
  system = *(Verb<v1::System, v1::SuspendSystemRequest>(office_, system));
  EXPECT_THAT(Issue(system), RefusedBy(rules::kSystemNotActive));
  in_process_.clock().Set(absl::FromCivil(absl::CivilDay(2018, 6, 1), OntarioZone()));
  EXPECT_THAT(Issue(Must(CreateSystem(office_, "cas-i-dnaag"))), RefusedBy(rules::kAgencyNotCurrent));
}

TEST_F(Registry, TheLastAdministratorStays) {
  v1::GetActorRequest request;
  request.set_name("agencies/co-pahtco/actors/admin");
  const v1::Actor admin = Must(Call<v1::Actor>(office_, request));
  EXPECT_THAT((Verb<v1::Actor, v1::DisableActorRequest>(office_, admin)),
              RefusedBy(rules::kLastAdministrator));
  ASSERT_OK(CreateActor(office_, "co-pahtco", ROLE_PLATFORM_ADMIN));
  EXPECT_OK((Verb<v1::Actor, v1::DisableActorRequest>(office_, admin)));
}

TEST_F(Registry, ASecondBootstrapChangesNothing) {
  const auto before = policy_.Since("", 0)->version();
  EXPECT_OK(registry_.Bootstrap(RealAgencies(), first_, pem_, in_process_.clock().Now()));
  EXPECT_EQ(policy_.Since("", 0)->version(), before);
}

TEST_F(Registry, PolicyIsWholeAtFirstAndThenOnlyWhatChanged) {
  const v1::PolicyUpdate whole = *policy_.Since("", 0);
  EXPECT_TRUE(whole.reset());
  EXPECT_EQ(whole.agencies_size(), static_cast<int>(RealAgencies().size()));
  EXPECT_EQ(whole.certificates_size(), 1);
  const v1::System system = Must(CreateSystem(office_, "cas-york"));
  const v1::Certificate certificate = Must(Issue(system));
  ASSERT_OK((Verb<v1::Certificate, v1::RevokeCertificateRequest>(office_, certificate)));
  const v1::PolicyUpdate change = *policy_.Since(whole.epoch(), whole.version());
  EXPECT_FALSE(change.reset());
  EXPECT_EQ(change.agencies_size(), 0);
  ASSERT_EQ(change.certificates_size(), 1);
  EXPECT_FALSE(change.certificates(0).active());
  EXPECT_EQ(change.certificates(0).fingerprint().size(), 32u);
  EXPECT_TRUE(policy_.Since("another epoch", whole.version())->reset());
  EXPECT_TRUE(policy_.Since(whole.epoch(), change.version() + 1)->reset()) << "of a state that was lost";
}

TEST_F(Registry, APolicyThatWasToldStepByStepHasTheDigestOfTheWhole) {
  std::map<std::string, std::string> entries;
  v1::PolicyUpdate told;
  for (int step = 0; step < 5; ++step) {
    told = *policy_.Since(told.epoch(), told.version());
    ForEachEntry(told, [&](const auto& entry) { entries[PolicyKey(entry)] = entry.SerializeAsString(); });
    PolicyDigest digest;
    for (const auto& [key, entry] : entries) digest.Add(PolicyDigest::HashOf(key, entry));
    EXPECT_EQ(told.digest(), digest.Bytes());
    EXPECT_EQ(told.newest_version(), told.version());
    ASSERT_OK(CreateActor(office_, "co-pahtco", ROLE_OFFICE_STAFF, absl::StrCat("w", step)));
  }
  EXPECT_EQ(policy_.Since("", 0)->digest(), policy_.Since(told.epoch(), told.version())->digest());
}

TEST_F(Registry, APersonWhomARestoreKeepsClosedDoesNotStopThePolicy) {
  const auto actor = CreateActor(society_, "cas-york", ROLE_CAS_WORKER);
  ASSERT_OK(actor);
  const auto before = policy_.Since("", 0);
  ASSERT_OK(before);
  // This is a change that had no position yet when the copy was made, of a person whom the replay has closed.
  const absl::Status closed = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    const auto renamed = tx.Exec(
        "update resource set kind = 'closed/actor' where kind = 'actor' and name = :p1", actor->name());
    ACCORD_RETURN_IF_ERROR(renamed.status());
    return storage::StoreEvent(tx,
                               {.kind = "actor",
                                .name = actor->name(),
                                .owner = "cas-york",
                                .version = 1,
                                .at = in_process_.clock().Now()},
                               "a-request");
  });
  ASSERT_OK(closed);
  const auto after = policy_.Since(before->epoch(), before->version());
  ASSERT_OK(after);
  EXPECT_TRUE(after->reset()) << "who is gone is told by telling who is there";
  EXPECT_EQ(after->actors_size(), before->actors_size() - 1) << "everybody else is told";
  for (const auto& each : after->actors()) EXPECT_NE(each.actor(), "w1");
}

TEST_F(Registry, EveryAgencyMaySeeEveryAgencyByKind) {
  v1::ListAgenciesRequest request;
  request.set_kind(AGENCY_KIND_CROWN);
  request.set_page_size(7);
  int count = 0;
  do {
    const auto page = Must(Call<v1::ListAgenciesResponse>(society_, request));
    count += page.agencies_size();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(count, 24);
}

TEST_F(Registry, EveryListEndsItsPagesBeforeTheyAreTooLarge) {
  EXPECT_GT(accord::testing::ReadEveryList(&in_process_, "accord.registry.v1"), 1);
}

}  // namespace
}  // namespace accord::registry
