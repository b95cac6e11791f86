#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/testing/every_list.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

TEST(AgenciesCsv, EveryRealAgencyLoadsAndUnknownDaysStayEmpty) {
  std::map<AgencyKind, int> kinds;
  int dated = 0;
  for (const auto& agency : RealAgencies()) {
    ++kinds[agency.kind()];
    dated += !agency.valid_from().empty();
  }
  EXPECT_EQ(kinds[AGENCY_KIND_CHILDREN_AID_SOCIETY], 52);
  EXPECT_EQ(kinds[AGENCY_KIND_POLICE_SERVICE], 69);
  EXPECT_EQ(kinds[AGENCY_KIND_COORDINATION_OFFICE], 1);
  EXPECT_EQ(dated, 6);
}

TEST(AgenciesCsv, FirstAndLastDaysAreThoseThatASourcePrintsAndNoOthers) {
  std::map<std::string, std::string> days, months;
  for (const auto& agency : RealAgencies()) {
    const std::string life = absl::StrCat(agency.valid_from(), "..", agency.valid_to());
    if (life != "..") days[agency.name()] = life;
    const std::string about = absl::StrCat(agency.about_from(), "..", agency.about_to());
    if (about != "..") months[agency.name()] = about;
    // A month without a day is kept as such, and never made the first of the month.
    if (absl::StrContains(agency.notes(), "left empty")) {
      EXPECT_EQ(life, "..") << agency.name();
      EXPECT_NE(about, "..") << agency.name();
    }
  }
  const std::map<std::string, std::string> expected_months = {{"agencies/cas-i-abinoojii", "2006-07.."},
                                                              {"agencies/cas-i-niijaan", "2021-04.."},
                                                              {"agencies/cas-i-ogwadeni", "2018-01.."},
                                                              {"agencies/ps-shelburne", "..2021"}};
  EXPECT_EQ(months, expected_months);
  const std::map<std::string, std::string> expected = {
      {"agencies/cas-i-akwesasne", "2011-09-06.."},     {"agencies/cas-i-dnaag", "2019-02-28.."},
      {"agencies/cas-i-kina", "2015-04-01.."},          {"agencies/cas-i-kunuwanimano", "2015-05-01.."},
      {"agencies/cas-i-nogdawindamin", "2017-04-01.."}, {"agencies/ps-amherstburg", "..2019-01-01"},
      {"agencies/ps-dryden", "..2022-02-25"},           {"agencies/ps-espanola", "..2018-10-12"},
      {"agencies/ps-midland", "..2018-02-09"},          {"agencies/ps-orangeville", "..2020-10-02"},
      {"agencies/ps-stirling-rawdon", "..2017-10-13"},  {"agencies/ps-wingham", "..2019-02-22"},
      {"agencies/vs-hotline", "2019-05-29.."},
  };
  EXPECT_EQ(days, expected);
}

TEST(AgenciesCsv, EachAgencyExistsFromItsFirstDayToItsLast) {
  struct Row {
    const char* agency;
    const char* day;
    bool exists;
  };
  const std::vector<Row> rows = {
      {"cas-i-akwesasne", "2011-09-05", false},
      {"cas-i-akwesasne", "2011-09-06", true},
      {"cas-i-kina", "2015-03-31", false},
      {"cas-i-kina", "2015-04-01", true},
      {"cas-i-kunuwanimano", "2015-04-30", false},
      {"cas-i-kunuwanimano", "2015-05-01", true},
      {"cas-i-nogdawindamin", "2017-03-31", false},
      {"cas-i-nogdawindamin", "2017-04-01", true},
      {"cas-i-dnaag", "2019-02-27", false},
      {"cas-i-dnaag", "2019-02-28", true},
      {"vs-hotline", "2019-05-28", false},
      {"vs-hotline", "2019-05-29", true},
      {"ps-stirling-rawdon", "2017-10-12", true},
      {"ps-stirling-rawdon", "2017-10-13", false},
      {"ps-midland", "2018-02-08", true},
      {"ps-midland", "2018-02-09", false},
      {"ps-espanola", "2018-10-11", true},
      {"ps-espanola", "2018-10-12", false},
      {"ps-amherstburg", "2018-12-31", true},
      {"ps-amherstburg", "2019-01-01", false},
      {"ps-wingham", "2019-02-21", true},
      {"ps-wingham", "2019-02-22", false},
      {"ps-orangeville", "2020-10-01", true},
      {"ps-orangeville", "2020-10-02", false},
      {"ps-dryden", "2022-02-24", true},
      {"ps-dryden", "2022-02-25", false},
      // Of these only a month or a year is known, which bounds nothing.
      {"cas-i-ogwadeni", "2017-02-23", true},
      {"ps-shelburne", "2026-01-01", true},
  };
  std::map<std::string, v1::Agency> agencies;
  for (const auto& agency : RealAgencies()) agencies[PartOf(agency.name(), 1)] = agency;
  for (const Row& row : rows) {
    ASSERT_TRUE(agencies.contains(row.agency)) << row.agency;
    EXPECT_EQ(ExistsOn(agencies[row.agency], *ParseDay(row.day)), row.exists) << row.agency << " " << row.day;
  }
}

TEST(AgenciesCsv, AFaultNamesItsRecord) {
  const std::string header = "id,name,kind,region,indigenous,notes,valid_from,valid_to\n";
  for (const std::string bad :
       {"a,A,circus,x,false,,,\n", "a,A,crown,x,maybe,,,\n", "a,A,crown,x,false,,2017-02-30,\n",
        "a,A,crown,x,false,,2017-02-28,2017-02-28\n", "a,A,crown\n", "a,\"A,crown,x,false,,,\n",
        ",A,crown,x,false,,,\n"}) {
    EXPECT_THAT(ParseAgencies(header + bad).status().ToString(), ::testing::HasSubstr("record 2")) << bad;
  }
  const std::string wider = "id,name,kind,region,indigenous,notes,valid_from,valid_to,about_from,about_to\n";
  EXPECT_OK(ParseAgencies(wider + "a,A,crown,x,false,,,,2018,2021-04\n"));
  for (const std::string bad :
       {"a,A,crown,x,false,,,,2018-13,\n", "a,A,crown,x,false,,,,,2018-1\n", "a,A,crown,x,false,,,\n",
        "a,A,crown,x,false,,2018-01-02,,2018-01,\n", "a,A,crown,x,false,,,,2018-01-02,\n"}) {
    EXPECT_THAT(ParseAgencies(wider + bad).status().ToString(), ::testing::HasSubstr("record 2")) << bad;
  }
  EXPECT_THAT(ParseAgencies("id,name\n").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "the header is not"));
}

TEST(Roles, EachFitsAtLeastOneKindAndSigningRolesOnlyTheirOwn) {
  for (int role = 1; Role_IsValid(role); ++role) {
    int fits = 0;
    for (int kind = 1; AgencyKind_IsValid(kind); ++kind) {
      fits += RoleFits(static_cast<Role>(role), static_cast<AgencyKind>(kind));
    }
    EXPECT_GT(fits, 0) << role;
  }
  EXPECT_TRUE(RoleFits(ROLE_CAS_DIRECTOR, AGENCY_KIND_CHILDREN_AID_SOCIETY));
  EXPECT_FALSE(RoleFits(ROLE_CAS_DIRECTOR, AGENCY_KIND_POLICE_SERVICE));
  EXPECT_FALSE(RoleFits(ROLE_POLICE_CHIEF, AGENCY_KIND_CHILDREN_AID_SOCIETY));
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
  // A change that had no position yet when the copy was made, of a person whom the replay has closed.
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
