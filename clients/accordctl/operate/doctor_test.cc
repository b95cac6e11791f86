#include "clients/accordctl/operate/doctor.h"

#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>

#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/testing/deployment_fixture.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/pki/testing/odd_certificates.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

std::string Text(const Findings& findings) {
  std::string text;
  for (const Finding& each : findings) {
    absl::StrAppend(&text, each.remedy.empty() ? "ok " : "PROBLEM ", each.what, "; ", each.remedy, "\n");
  }
  return text;
}

int Problems(const Findings& findings) {
  return static_cast<int>(std::count_if(findings.begin(), findings.end(),
                                        [](const Finding& each) { return !each.remedy.empty(); }));
}

MATCHER_P2(HasProblem, what, remedy, "") {
  return std::any_of(arg.begin(), arg.end(), [&](const Finding& each) {
    return each.what.find(what) != std::string::npos && !each.remedy.empty() &&
           each.remedy.find(remedy) != std::string::npos;
  });
}

TEST(ADoctor, SaysWhatTheContextLacksInsteadOfLookingForFilesWithoutAName) {
  const testing::TempDir directory;
  CLI::App app("", "accordctl");
  CommandSession session;
  AddGlobalOptions(&app, &session);
  AddDoctorCommand(&app, &session);
  session.contexts_file = directory.path("accordctl.yaml");
  app.parse("--address 127.0.0.1:1 doctor");
  ::testing::internal::CaptureStdout();
  const absl::Status status = session.Run();
  EXPECT_EQ(
      ::testing::internal::GetCapturedStdout(),
      "PROBLEM  this context names no file for --ca-file: what runs was not asked; do: accordctl context "
      "set NAME --ca-file FILE\n");
  EXPECT_EQ(ExitCodeOf(status), kOther);
}

// The configurations are complete enough for checks of files; the end-to-end tests run a service's
// own check.
class TheFiles : public ADeployment {
 protected:
  Findings Look() const {
    Findings findings = CheckFiles(Read(), absl::Now());
    std::erase_if(findings,
                  [](const Finding& each) { return each.what.find(".textproto") != std::string::npos; });
    return findings;
  }
};

TEST_F(TheFiles, AreAsTheyShouldBe) {
  const Findings findings = Look();
  EXPECT_EQ(Problems(findings), 0) << Text(findings);
  EXPECT_GT(findings.size(), 30u);
}

TEST_F(TheFiles, ALogThatTheRegistryDoesNotAdmitIsFound) {
  Certify("log");
  Certify("other");
  Put("audit.textproto",
      absl::StrCat(testing::Slurp(File("audit")), "door { address: \"127.0.0.1:1\" certificate_file: \"",
                   Path("log.crt"), "\" key_file: \"", Path("log.tls.key"), "\" }\n"));
  Put("registry.textproto", absl::StrCat(testing::Slurp(File("registry")),
                                         "log_identity { certificate_file: \"", Path("other.crt"), "\" }\n"));
  EXPECT_THAT(Look(), HasProblem("does not name the certificate of the log", "same certificate"));
  Put("other.crt", testing::Slurp(Path("log.crt")));
  const Findings findings = Look();
  EXPECT_EQ(Problems(findings), 0) << Text(findings);
}

TEST_F(TheFiles, ACertificateOfAnotherKeyIsFound) {
  const std::string key = testing::Slurp(Path("audit.tls.key"));
  Certify("audit");
  Put("audit.tls.key", key, true);
  EXPECT_THAT(Look(), HasProblem("not a pair", "rotate-keys certificates"));
}

TEST_F(TheFiles, ACertificateThatEndsSoonIsFoundAndOneThatEnded) {
  Certify("audit", absl::Hours(24) * 13);
  EXPECT_THAT(Look(), HasProblem("certificate of audit", "Rotate"));
  Certify("audit", -absl::Hours(1));
  EXPECT_THAT(Look(), HasProblem("has expired", "Rotate"));
}

TEST_F(TheFiles, ACertificateOfAnotherAuthorityIsFound) {
  services_ = *pki::Authority::Create("Services", 1000, absl::Now());
  Certify("audit");
  EXPECT_THAT(Look(), HasProblem("certificate of audit is not signed by", "renew"));
}

TEST_F(TheFiles, ACertificateWithWhoSignedItInItsFileIsWell) {
  const pki::Intermediate root = pki::ARoot("The root", absl::Now() - absl::Hours(72), absl::Hours(24) * 400);
  const auto above = pki::Authority::Load(root.certificate_pem, root.key_pem);
  const auto certify = [&](absl::Duration life) {
    const auto between = pki::AnIntermediate(*above, "The one between", absl::Now() - absl::Hours(48), life);
    services_ = *pki::Authority::Load(between.certificate_pem, between.key_pem);
    Certify("audit");
    Put("audit.crt", testing::Slurp(Path("audit.crt")) + between.certificate_pem);
  };
  // This stands beside the authority that the others have.
  Put("service-ca.crt", testing::Slurp(Path("service-ca.crt")) + root.certificate_pem);
  certify(absl::Hours(24) * 200);
  EXPECT_EQ(Problems(Look()), 0) << Text(Look());

  const auto late =
      pki::AnIntermediate(*above, "The one between", absl::Now() - absl::Hours(48), absl::Hours(24));
  const std::string pem = testing::Slurp(Path("audit.crt"));
  // This is an older certificate of the same authority, with which nobody accepts the other.
  const Key key = *pki::ReadPrivateKey(testing::Slurp(Path("audit.tls.key")));
  const auto old = pki::Authority::Load(late.certificate_pem, late.key_pem);
  const auto leaf = old->Sign(key,
                              {.common_name = "audit",
                               .usage = "serverAuth,clientAuth",
                               .not_before = absl::Now() - absl::Hours(48),
                               .not_after = absl::Now() + absl::Hours(2000)},
                              absl::Now() - absl::Hours(30));
  Put("audit.crt", leaf->pem + late.certificate_pem);
  EXPECT_THAT(Look(), HasProblem("certificate of audit is not signed by", "renew"));
  EXPECT_THAT(Text(Look()), ::testing::HasSubstr("the authority The one between: certificate has expired"));
}

TEST_F(TheFiles, AnAuthorityThatEndsSoonIsWellBesideTheNextOne) {
  Put("agency-ca.crt", pki::Authority::Create("Agencies", 30, absl::Now())->certificate_pem() +
                           pki::Authority::Create("Agencies", 3650, absl::Now())->certificate_pem());
  const Findings findings = Look();
  EXPECT_TRUE(std::none_of(findings.begin(), findings.end(), [](const Finding& each) {
    return each.what.starts_with("agency authority") &&
           each.remedy.find("new authority") != std::string::npos;
  })) << Text(findings);
}

TEST_F(TheFiles, AnAuthorityThatEndsSoonIsFound) {
  Put("agency-ca.crt", pki::Authority::Create("Agencies", 30, absl::Now())->certificate_pem());
  EXPECT_THAT(Look(), HasProblem("agency authority", "new authority"));
}

TEST_F(TheFiles, AKeyThatOthersReadIsFoundAndOneThatIsMissingOrCut) {
  for (const mode_t mode : {0644, 0660}) {
    ASSERT_EQ(chmod(Path("seal.key").c_str(), mode), 0);
    EXPECT_THAT(Look(), HasProblem("seal.key is open to others", "chmod 600"));
  }
  // A group may read a key that belongs to root, but not another user's.
  ASSERT_EQ(chmod(Path("seal.key").c_str(), 0440), 0);
  const auto problem = HasProblem("seal.key is open to others", "chmod 600");
  EXPECT_EQ(::testing::Matches(problem)(Look()), geteuid() != 0);
  Put("seal.key", "short", true);
  EXPECT_THAT(Look(), HasProblem("has 5 bytes instead of 32", "restore it"));
  fs::remove(Path("seal.key"));
  EXPECT_THAT(Look(), HasProblem("seal.key is not there", "do not make a new one"));
}

TEST_F(TheFiles, AServiceThatDoesNotKnowTheGatewaysKeyIsFound) {
  Put("assertion.key", pki::PrivatePem(pki::NewSigningKey()), true);
  EXPECT_THAT(Look(), HasProblem("protocols does not know the key of gateway-1", "gateway_key_files"));
}

TEST_F(TheFiles, ADatabaseThatIsGoneIsFound) {
  fs::remove(Path("protocols.db"));
  EXPECT_THAT(Look(), HasProblem("database of protocols", "restore"));
  EXPECT_FALSE(fs::exists(Path("protocols.db"))) << "looking makes none";
}

TEST_F(TheFiles, AWitnessedFileThatCannotBeWrittenIsFoundAndOneThatIsNotNamed) {
  std::string config = testing::Slurp(File("audit"));
  Put("audit.textproto", absl::StrReplaceAll(config, {{Path("witnessed"), Path("nowhere/witnessed")}}));
  EXPECT_THAT(Look(), HasProblem("witnessed_file", "make its folder"));
  fs::create_symlink("circle", Path("circle"));
  Put("audit.textproto", absl::StrReplaceAll(config, {{Path("witnessed"), Path("circle")}}));
  EXPECT_THAT(Look(), HasProblem("circle cannot be written", "make its folder"));
  Put("audit.textproto", absl::StrReplaceAll(config, {{"witnessed_file", "# witnessed_file"}}));
  EXPECT_THAT(Look(), HasProblem("no witnessed checkpoint", "set witnessed_file"));
}

TEST_F(TheFiles, AFullDiskIsFound) {
  const std::string disk = Path("disk");
  fs::create_directory(disk);
  ASSERT_EQ(mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=4m"), 0) << "a small disk needs root";
  AddService("protocols", disk + "/db");
  const Findings findings = Look();
  umount2(disk.c_str(), MNT_DETACH);
  EXPECT_THAT(findings, HasProblem("MB are free in " + disk, "larger disk"));
}

ServiceAnswer Well(const std::string& service) {
  ServiceAnswer answer{.service = service,
                       .answer = absl::OkStatus(),
                       .took = absl::Milliseconds(4),
                       .asked = absl::Now(),
                       .status = host::v1::ServiceStatus()};
  answer.status->set_service(service);
  answer.status->set_version("1.0");
  answer.status->set_schema_applied(7);
  answer.status->set_schema_known(7);
  *answer.status->mutable_time() = ToProto(answer.asked);
  return answer;
}

TEST(TheAnswers, OfServicesThatDoWellAreNoProblem) {
  const Findings findings = CheckAnswers({Well("audit"), Well("registry")});
  EXPECT_EQ(Problems(findings), 0) << Text(findings);
}

TEST(TheAnswers, EachProblemIsFoundByItself) {
  const auto look = [](const std::function<void(ServiceAnswer&)>& spoil) {
    std::vector<ServiceAnswer> answers = {Well("audit"), Well("registry")};
    spoil(answers[1]);
    Findings findings = CheckAnswers(answers);
    EXPECT_EQ(Problems(findings), 1) << Text(findings);
    return findings;
  };
  EXPECT_THAT(look([](auto& a) { a.answer = absl::UnavailableError("x"); }),
              HasProblem("registry does not answer: UNAVAILABLE", "its log"));
  EXPECT_THAT(look([](auto& a) { a.status.reset(); }),
              HasProblem("does not tell", "--purpose administration"));
  EXPECT_THAT(look([](auto& a) { a.status->set_version("1.1"); }),
              HasProblem("different versions", "upgrade"));
  EXPECT_THAT(look([](auto& a) { a.status->set_migrations_missing(2); }), HasProblem("lacks 2", "--migrate"));
  EXPECT_THAT(look([](auto& a) { a.status->set_schema_applied(8); }), HasProblem("newer", "half done"));
  EXPECT_THAT(look([](auto& a) {
                a.status->set_overdue(3);
                a.status->mutable_oldest_overdue()->set_seconds(300);
              }),
              HasProblem("3 are overdue, the oldest for 5 min", "sweep_failed"));
  EXPECT_THAT(look([](auto& a) { a.status->set_rows_under_old_keys(3); }),
              HasProblem("old seal key", "--reseal"));
  EXPECT_THAT(look([](auto& a) { a.status->set_primary(false); }), HasProblem("standby", "primary"));
  EXPECT_THAT(look([](auto& a) {
                a.status->set_primary(true);
                a.status->add_standbys()->mutable_lag()->set_seconds(60);
              }),
              HasProblem("bytes behind", "lost if the primary"));
  EXPECT_THAT(look([](auto& a) { *a.status->mutable_time() = ToProto(a.asked - absl::Seconds(4)); }),
              HasProblem("differs by", "synchronize"));
}

TEST(TheAnswers, LawThatNobodyComparedForHalfAYearIsAWarningAndNoProblem) {
  const auto look = [](const std::string& checked_to) {
    ServiceAnswer answer = Well("prosecution");
    *answer.status->mutable_time() = ToProto(EndOfDay(absl::CivilDay(2026, 12, 14)) - absl::Hours(12));
    answer.asked = FromProto(answer.status->time());
    answer.status->mutable_law()->set_checked_to(checked_to);
    std::string warning;
    const Findings findings = CheckAnswers({answer});
    EXPECT_EQ(Problems(findings), 0) << Text(findings);
    for (const Finding& each : findings) warning += each.warning;
    return warning;
  };
  EXPECT_EQ(look("2026-06-17"), "");
  EXPECT_EQ(look("2026-06-16"), "that is 181 days ago: compare them again, and enter what changed");
  EXPECT_EQ(look(""), "");
}

TEST(TheAnswers, ProcessesThatGoByTwoRuleSetsAndNewerRowsOfAReleaseAreWarnings) {
  const auto look = [](auto change) {
    ServiceAnswer answer = Well("prosecution");
    answer.status->mutable_law()->set_checked_to(FormatDay(OntarioDay(FromProto(answer.status->time()))));
    answer.status->set_law_delivered_checked_to("2020-01-01");
    for (const char* replica : {"one", "other"}) {
      host::v1::LawReplica& sign = *answer.status->add_law_replicas();
      sign.set_replica(replica);
      sign.set_digest("0123456789abcdef");
    }
    change(&*answer.status);
    std::string warning;
    const Findings findings = CheckAnswers({answer});
    EXPECT_EQ(Problems(findings), 0) << Text(findings);
    for (const Finding& each : findings) warning += each.warning;
    return warning;
  };
  EXPECT_EQ(look([](auto*) {}), "");
  EXPECT_EQ(look([](auto* status) { status->set_law_change("agencies/co-pahtco/lawChanges/one"); }), "");
  EXPECT_THAT(look([](auto* status) { status->mutable_law_replicas(1)->set_digest("fedcba9876543210"); }),
              ::testing::HasSubstr("law_not_taken"));
  EXPECT_THAT(look([](auto* status) {
                status->set_law_change("agencies/co-pahtco/lawChanges/one");
                status->set_law_delivered_checked_to("2999-01-01");
              }),
              ::testing::HasSubstr("compared to 2999-01-01"));
  EXPECT_THAT(look([](auto* status) {
                status->set_law_change("agencies/co-pahtco/lawChanges/one");
                status->set_law_settings_differ(true);
              }),
              ::testing::HasSubstr("those of this release"));
}

TEST(TheAgencies, WhoseLastCertificateEndsSoonAreFound) {
  const absl::Time now = absl::Now();
  const auto certificate = [&](int days, registry::v1::CertificateState state) {
    registry::v1::Certificate made;
    made.set_state(state);
    *made.mutable_not_after() = ToProto(now + absl::Hours(24) * days);
    return made;
  };
  const auto active = registry::v1::CERTIFICATE_STATE_ACTIVE,
             revoked = registry::v1::CERTIFICATE_STATE_REVOKED;
  const std::string system = "agencies/cas-york/systems/main";
  constexpr auto kSociety = annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY,
                 kLog = annotations::v1::AGENCY_KIND_PLATFORM_LOG;
  EXPECT_EQ(Problems(CheckSystem(system, kSociety, {}, now)), 0);
  EXPECT_EQ(Problems(CheckSystem(system, kSociety, {certificate(10, active), certificate(80, active)}, now)),
            0);
  EXPECT_THAT(CheckSystem(system, kSociety, {certificate(10, active), certificate(80, revoked)}, now),
              HasProblem("cas-york/systems/main ends in 9 d", "certificate renew"));
  EXPECT_THAT(CheckSystem(system, kSociety, {certificate(-1, active)}, now), HasProblem("ended", "enroll"));
  EXPECT_THAT(CheckSystem(system, kLog, {certificate(-1, active)}, now), HasProblem("ended", "for the log"));
}

}  // namespace
}  // namespace accord::ctl
