// The log's identity comes from the configuration, and from nothing else.
#include "services/registry/log_identity.h"

#include <functional>
#include <map>
#include <set>
#include <thread>

#include "common/access/method.h"
#include "common/pki/signing_request.h"
#include "common/testing/postgres.h"
#include "services/registry/certificate_record.h"
#include "services/registry/enrolled.h"
#include "services/registry/placements.h"
#include "services/registry/registry_store.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

constexpr char kAgency[] = "agencies/sv-audit", kSystem[] = "agencies/sv-audit/systems/audit",
               kActor[] = "agencies/sv-audit/actors/collector";

std::string NewDsn(const std::string& kind) {
  return kind == "postgres" ? testing::PostgresCluster::Shared().NewDatabase() : "";
}

class TheLogsIdentity : public ::testing::WithParamInterface<std::string>, public Registry {
 protected:
  explicit TheLogsIdentity(const std::string& dsn = NewDsn(GetParam())) : Registry(dsn), dsn_(dsn) {}

  std::string Signed(const std::string& agency = "sv-audit", const std::string& system = "audit",
                     int days = 90) {
    return authority_
        .SignSystem(pki::SigningRequest(pki::NewTlsKey()), agency, system, days, in_process_.clock().Now())
        ->pem;
  }
  // This gives the rule of a refusal, or nothing if it was settled.
  std::string Settle(const std::string& pem) {
    return testing::RuleOrError(identity_.Settle(config_, pem, in_process_.clock().Now()));
  }
  int64_t Version() { return policy_.Since("", 0)->version(); }
  template <class M>
  M Read(Enrolled& kind, const std::string& name) {
    M item;
    const absl::Status read =
        in_process_.database().Read([&](storage::Transaction& tx) { return kind.GetAny(tx, name, &item); });
    EXPECT_OK(read) << name << ": " << read;
    return item;
  }
  v1::Certificate CertificateOfLog(const std::string& pem, const std::string& system = kSystem) {
    return Read<v1::Certificate>(store_.certificates,
                                 CertificateRecordOf(system, *pki::ReadCertificate(pem)).name());
  }

  const std::string dsn_;
  host::v1::LogIdentity config_;
  LogIdentity identity_{&in_process_.database(), &store_, &authority_};
};
INSTANTIATE_TEST_SUITE_P(Databases, TheLogsIdentity, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(TheLogsIdentity, IsWhatGatewaysHearAndTheOfficeSees) {
  const v1::PolicyUpdate before = *policy_.Since("", 0);
  ASSERT_EQ(Settle(Signed()), "");
  const v1::PolicyUpdate told = *policy_.Since(before.epoch(), before.version());
  ASSERT_EQ(told.agencies_size(), 1);
  EXPECT_EQ(told.agencies(0).kind(), AGENCY_KIND_PLATFORM_LOG);
  ASSERT_EQ(told.actors_size(), 1);
  EXPECT_THAT(told.actors(0).roles(), ::testing::ElementsAre(ROLE_PLATFORM_AUDITOR));
  EXPECT_TRUE(told.actors(0).active());
  ASSERT_EQ(told.certificates_size(), 1);
  EXPECT_TRUE(told.certificates(0).active());
  ASSERT_EQ(told.systems_size(), 1);
  EXPECT_TRUE(told.systems(0).active());
  v1::ListCertificatesRequest list;
  list.set_parent(kSystem);
  EXPECT_EQ(Must(Call<v1::ListCertificatesResponse>(office_, list)).certificates_size(), 1);
  EXPECT_EQ(Must(Call<v1::ListCertificatesResponse>(society_, list)).certificates_size(), 0);
}

TEST_P(TheLogsIdentity, ASecondStartChangesNothing) {
  const std::string pem = Signed();
  ASSERT_EQ(Settle(pem), "");
  const int64_t version = Version();
  in_process_.clock().Advance(absl::Hours(1));
  EXPECT_EQ(Settle(pem), "");
  EXPECT_EQ(Version(), version);
}

TEST_P(TheLogsIdentity, NoCallMakesOrChangesAnyOfIt) {
  const std::string pem = Signed();
  ASSERT_EQ(Settle(pem), "");
  const Caller own = Admin("sv-audit", AGENCY_KIND_PLATFORM_LOG);
  std::map<std::string, std::function<std::string(const Caller&)>> calls;
  calls["CreateAgency"] = [&](const Caller&) {
    v1::CreateAgencyRequest request;
    request.set_agency_id("sv-second");
    request.mutable_agency()->set_display_name("Another log");
    request.mutable_agency()->set_kind(AGENCY_KIND_PLATFORM_LOG);
    return RuleOfRequest(office_, request);
  };
  calls["UpdateAgency"] = [&](const Caller&) {
    v1::UpdateAgencyRequest request;
    request.mutable_agency()->set_name(kAgency);
    request.mutable_agency()->set_etag("v1");
    request.mutable_agency()->set_valid_to("2020-01-01");
    request.mutable_update_mask()->add_paths("valid_to");
    return RuleOfRequest(office_, request);
  };
  calls["CreateSystem"] = [&](const Caller& caller) {
    v1::CreateSystemRequest request;
    request.set_parent(kAgency);
    request.set_system_id("second");
    request.mutable_system()->set_display_name("Another");
    return RuleOfRequest(caller, request);
  };
  calls["CreateActor"] = [&](const Caller& caller) {
    v1::CreateActorRequest request;
    request.set_parent(kAgency);
    request.set_actor_id("second");
    request.mutable_actor()->add_roles(ROLE_PLATFORM_AUDITOR);
    return RuleOfRequest(caller, request);
  };
  calls["UpdateActor"] = [&](const Caller& caller) {
    v1::UpdateActorRequest request;
    request.mutable_actor()->set_name(kActor);
    request.mutable_actor()->set_etag("v1");
    request.mutable_actor()->add_roles(ROLE_PLATFORM_ADMIN);
    request.mutable_update_mask()->add_paths("roles");
    return RuleOfRequest(caller, request);
  };
  calls["DisableActor"] = [&](const Caller& caller) {
    v1::DisableActorRequest request;
    request.set_name(kActor);
    request.set_etag("v1");
    return RuleOfRequest(caller, request);
  };
  calls["EnableActor"] = [&](const Caller& caller) {
    v1::EnableActorRequest request;
    request.set_name(kActor);
    request.set_etag("v1");
    return RuleOfRequest(caller, request);
  };
  calls["SetActorDisplayName"] = [&](const Caller& caller) {
    v1::SetActorDisplayNameRequest request;
    request.set_name(kActor);
    request.set_display_name("Collector");
    return RuleOfRequest(caller, request);
  };
  calls["SetAgencyDutyContacts"] = [&](const Caller& caller) {
    v1::SetAgencyDutyContactsRequest request;
    request.set_name(kAgency);
    request.set_etag("v1");
    return RuleOfRequest(caller, request);
  };
  calls["IssueCertificate"] = [&](const Caller&) {
    v1::IssueCertificateRequest request;
    request.set_parent(kSystem);
    request.set_csr_pem(pki::SigningRequest(pki::NewTlsKey()));
    return RuleOfRequest(office_, request);
  };
  calls["RenewCertificate"] = [&](const Caller&) {
    Caller log = own;
    log.system = "audit";
    log.certificate = pki::ReadCertificate(pem)->fingerprint;
    v1::RenewCertificateRequest request;
    request.set_csr_pem(pki::SigningRequest(pki::NewTlsKey()));
    return RuleOfRequest(log, request);
  };
  calls["CreateAccessReview"] = [&](const Caller& caller) {
    v1::CreateAccessReviewRequest request;
    request.set_parent(kAgency);
    return RuleOfRequest(caller, request);
  };
  // The office shuts the log out with the first three. A review, by which people are disabled, cannot begin.
  const std::set<std::string> shut_out = {"SuspendSystem", "ResumeSystem", "RevokeCertificate",
                                          "DecideAccessReview", "SignAccessReview"};
  int walked = 0;
  const int64_t version = Version();
  for (const std::string& service : AllServices()) {
    if (!service.starts_with("accord.registry.v1.")) continue;
    const auto methods = MethodsOf(service);
    ASSERT_OK(methods);
    for (const Method& method : *methods) {
      const std::string name = method.descriptor->name();
      if (!method.rule.mutates() || shut_out.contains(name)) continue;
      ASSERT_TRUE(calls.contains(name)) << "say here what this does to the log's agency";
      for (const Caller& caller : {office_, own}) {
        EXPECT_EQ(calls[name](caller), "KIND_NOT_ENROLLED") << name << " of " << caller.agency;
      }
      ++walked;
    }
  }
  EXPECT_EQ(walked, static_cast<int>(calls.size()));
  EXPECT_EQ(Version(), version);
}

TEST_P(TheLogsIdentity, NoAgencyBecomesTheLog) {
  v1::UpdateAgencyRequest request;
  request.mutable_agency()->set_name("agencies/cas-york");
  request.mutable_agency()->set_etag("v1");
  request.mutable_agency()->set_kind(AGENCY_KIND_PLATFORM_LOG);
  request.mutable_update_mask()->add_paths("kind");
  EXPECT_EQ(RuleOfRequest(office_, request), "MASK_INVALID");
  // The store refuses every other writer, too.
  v1::Agency agency = Read<v1::Agency>(store_.agencies, "agencies/cas-york");
  const auto write = [&](AgencyKind kind) {
    agency.set_kind(kind);
    return testing::RuleOrError(in_process_.database().Transact([&](storage::Transaction& tx) {
      return store_.agencies.Update(tx, &agency, agency.etag(),
                                    {"co-pahtco", "admin", "r", absl::UnixEpoch()}, PlacementOf(agency));
    }));
  };
  EXPECT_EQ(write(AGENCY_KIND_PLATFORM_LOG), "KIND_NOT_ENROLLED");
  ASSERT_EQ(Settle(Signed()), "");
  agency = Read<v1::Agency>(store_.agencies, kAgency);
  EXPECT_EQ(write(AGENCY_KIND_PLATFORM_SERVICE), "KIND_NOT_ENROLLED");
}

TEST_P(TheLogsIdentity, TheOfficeShutsItOutAndAStartDoesNotLetItIn) {
  const std::string pem = Signed();
  ASSERT_EQ(Settle(pem), "");
  v1::System system = Read<v1::System>(store_.systems, kSystem);
  ASSERT_OK((Verb<v1::System, v1::SuspendSystemRequest>(office_, system)));
  EXPECT_EQ(Settle(pem), "");
  system = Read<v1::System>(store_.systems, kSystem);
  EXPECT_EQ(system.state(), v1::SYSTEM_STATE_SUSPENDED);
  EXPECT_OK((Verb<v1::System, v1::ResumeSystemRequest>(office_, system)));
  const v1::Certificate certificate = CertificateOfLog(pem);
  ASSERT_OK((Verb<v1::Certificate, v1::RevokeCertificateRequest>(office_, certificate)));
  EXPECT_EQ(Settle(pem), "LOG_CERTIFICATE_REVOKED");
  EXPECT_EQ(CertificateOfLog(pem).state(), v1::CERTIFICATE_STATE_REVOKED);
  EXPECT_EQ(Settle(Signed()), "");
}

TEST_P(TheLogsIdentity, ARenewedCertificateEndsTheOneBefore) {
  const std::string old = Signed(), fresh = Signed();
  ASSERT_EQ(Settle(old), "");
  ASSERT_EQ(Settle(fresh), "");
  EXPECT_EQ(CertificateOfLog(old).state(), v1::CERTIFICATE_STATE_REVOKED);
  EXPECT_EQ(CertificateOfLog(old).revocation_reason(), "replaced");
  // A replica starts once more with the configuration of before.
  EXPECT_EQ(Settle(old), "LOG_CERTIFICATE_REVOKED");
  EXPECT_EQ(CertificateOfLog(fresh).state(), v1::CERTIFICATE_STATE_ACTIVE);
}

TEST_P(TheLogsIdentity, AnAgencyThatWasEnrolledForItBecomesIt) {
  v1::CreateAgencyRequest create;
  create.set_agency_id("sv-audit");
  create.mutable_agency()->set_display_name("Accord audit service");
  create.mutable_agency()->set_kind(AGENCY_KIND_PLATFORM_SERVICE);
  ASSERT_EQ(RuleOfRequest(office_, create), "");
  const v1::Certificate before = Must(Issue(Must(CreateSystem(office_, "sv-audit"))));
  ASSERT_OK(CreateActor(office_, "sv-audit", ROLE_PLATFORM_SERVICE, "auditor"));
  ASSERT_OK(CreateActor(office_, "sv-audit", ROLE_PLATFORM_SERVICE, "collector"));
  const std::string pem = Signed();
  ASSERT_EQ(Settle(pem), "");
  EXPECT_EQ(Read<v1::Agency>(store_.agencies, kAgency).kind(), AGENCY_KIND_PLATFORM_LOG);
  EXPECT_EQ(Read<v1::Actor>(store_.actors, "agencies/sv-audit/actors/auditor").state(),
            v1::ACTOR_STATE_DISABLED);
  EXPECT_THAT(Read<v1::Actor>(store_.actors, kActor).roles(), ::testing::ElementsAre(ROLE_PLATFORM_AUDITOR));
  EXPECT_EQ(Read<v1::Certificate>(store_.certificates, before.name()).state(), v1::CERTIFICATE_STATE_REVOKED);
  EXPECT_EQ(CertificateOfLog(pem).state(), v1::CERTIFICATE_STATE_ACTIVE);
  const int64_t version = Version();
  EXPECT_EQ(Settle(pem), "");
  EXPECT_EQ(Version(), version);
}

TEST_P(TheLogsIdentity, UnderAnotherNameTheFormerEnds) {
  const std::string old = Signed();
  ASSERT_EQ(Settle(old), "");
  // What is told is in the order of its times.
  in_process_.clock().Advance(absl::Seconds(1));
  config_.set_agency("sv-log");
  ASSERT_EQ(Settle(Signed("sv-log")), "");
  EXPECT_EQ(CertificateOfLog(old).state(), v1::CERTIFICATE_STATE_REVOKED);
  EXPECT_EQ(Read<v1::Actor>(store_.actors, kActor).state(), v1::ACTOR_STATE_DISABLED);
  in_process_.clock().Advance(absl::Seconds(1));
  config_.set_agency("sv-audit");
  ASSERT_EQ(Settle(Signed()), "");
  EXPECT_EQ(Read<v1::Actor>(store_.actors, kActor).state(), v1::ACTOR_STATE_ACTIVE);
  Caller officer = office_;
  officer.roles = {ROLE_PRIVACY_OFFICER};
  officer.purpose = PURPOSE_PRIVACY_REVIEW;
  const auto page = Must(Call<v1::ListRoleGrantsResponse>(officer, v1::ListRoleGrantsRequest()));
  std::vector<std::string> told;
  for (const v1::RoleGrant& grant : page.role_grants()) {
    if (grant.actor() != kActor) continue;
    told.push_back(absl::StrCat(grant.added_size(), " added, ", grant.removed_size(), " removed"));
  }
  EXPECT_THAT(told, ::testing::ElementsAre("1 added, 0 removed", "0 added, 1 removed", "1 added, 0 removed"));
}

TEST_P(TheLogsIdentity, WhatIsNotTheLogsIsNotAdmittedAndTheRegistryStarts) {
  const int64_t version = Version();
  const pki::Authority stranger = *pki::Authority::Create("Others", 90, in_process_.clock().Now());
  const std::string ended = Signed("sv-audit", "audit", 1);
  EXPECT_EQ(Settle(Signed("sv-other")), "LOG_CERTIFICATE_INVALID");
  EXPECT_EQ(Settle(Signed("sv-audit", "other")), "LOG_CERTIFICATE_INVALID");
  EXPECT_EQ(Settle("no certificate"), "LOG_CERTIFICATE_INVALID");
  EXPECT_EQ(Settle(stranger
                       .SignSystem(pki::SigningRequest(pki::NewTlsKey()), "sv-audit", "audit", 9,
                                   in_process_.clock().Now())
                       ->pem),
            "LOG_CERTIFICATE_INVALID");
  config_.set_agency("cas-york");
  EXPECT_EQ(Settle(Signed("cas-york")), "LOG_AGENCY_TAKEN");
  config_.clear_agency();
  in_process_.clock().Advance(absl::Hours(25));
  EXPECT_EQ(Settle(ended), "LOG_CERTIFICATE_ENDED");
  EXPECT_EQ(Version(), version);
  const testing::TempDir directory;
  EXPECT_OK(identity_.Start(config_, in_process_.clock().Now())) << "none is named";
  config_.set_certificate_file(directory.path("log.crt"));
  EXPECT_OK(identity_.Start(config_, in_process_.clock().Now())) << "it is not there";
  ASSERT_OK(WriteFile(config_.certificate_file(), ended, FileKind::kPublic));
  EXPECT_OK(identity_.Start(config_, in_process_.clock().Now()));
  EXPECT_EQ(Version(), version);
  ASSERT_OK(WriteFile(config_.certificate_file(), Signed(), FileKind::kPublic));
  EXPECT_OK(identity_.Start(config_, in_process_.clock().Now()));
  EXPECT_GT(Version(), version);
}

TEST_P(TheLogsIdentity, IsMadeOnceByReplicasThatStartAtOnce) {
  const std::string pem = Signed();
  const absl::Time now = in_process_.clock().Now();
  std::vector<std::string> refused(4, "not tried");
  std::vector<std::thread> replicas;
  for (std::string& rule : refused) {
    replicas.emplace_back([&] {
      auto own = dsn_.empty() ? nullptr : *storage::Database::Open({dsn_, 1});
      RegistryStore store(&in_process_.page_tokens());
      LogIdentity identity(own == nullptr ? &in_process_.database() : own.get(), &store, &authority_);
      rule = testing::RuleOrError(identity.Settle(config_, pem, now));
    });
  }
  for (std::thread& replica : replicas) replica.join();
  EXPECT_THAT(refused, ::testing::Each(""));
  EXPECT_EQ(Read<v1::Agency>(store_.agencies, kAgency).etag(), "v1");
  EXPECT_EQ(Read<v1::System>(store_.systems, kSystem).etag(), "v1");
  EXPECT_EQ(Read<v1::Actor>(store_.actors, kActor).etag(), "v1");
  EXPECT_EQ(CertificateOfLog(pem).etag(), "v1");
}

}  // namespace
}  // namespace accord::registry
