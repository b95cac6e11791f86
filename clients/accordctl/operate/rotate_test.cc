#include "clients/accordctl/operate/rotate.h"

#include <filesystem>

#include "clients/accordctl/operate/rotate_certificates.h"
#include "clients/accordctl/testing/deployment_fixture.h"
#include "common/base/error.h"
#include "common/base/text_proto.h"
#include "common/pki/certificate_check.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Rotation : public ADeployment {
 protected:
  std::vector<std::string> SealKeys() const {
    const auto keys = Read({"protocols"}).services.at(0).host.seal_key_files();
    return {keys.begin(), keys.end()};
  }
  std::vector<std::string> Accepted(const std::string& service) const {
    const auto keys = Read({service}).services.at(0).host.gateway_key_files();
    return {keys.begin(), keys.end()};
  }
  absl::Status Seal(RotateStep step) const { return RotateSeal(Read({"protocols"}).services.at(0), step); }
  absl::Status Assertion(RotateStep step) const {
    const Deployment deployment = Read();
    return RotateAssertion(deployment.gateways.at(0), deployment, step);
  }
};

TEST_F(Rotation, ASealKeyIsKnownBeforeItSealsAndTheOldOneStaysWhileRowsNeedIt) {
  const std::string old = Path("seal.key");
  EXPECT_EQ(accord::RuleOf(Seal(RotateStep::kPromote)), "KEY_MISSING");
  ASSERT_OK(Seal(RotateStep::kAdd));
  ASSERT_EQ(SealKeys().size(), 2u);
  EXPECT_EQ(SealKeys()[0], old) << "it does not seal yet";
  const std::string fresh = SealKeys()[1];
  EXPECT_EQ(testing::Slurp(fresh).size(), 32u);
  EXPECT_EQ(fs::status(fresh).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  // The database has a value that the old key sealed.
  ASSERT_OK(Open(Path("protocols.db"))->Transact([](storage::Transaction& tx) {
    return tx
        .Exec(
            "insert into idempotency (agency, actor, request_id, method, request_hash, "
            "response, at_us, "
            "seal_key) values ('a', 'b', 'c', 'd', 'e', 'f', 0, :p1)",
            tx.keyring()->current())
        .status();
  }));
  ASSERT_OK(Seal(RotateStep::kPromote));
  EXPECT_THAT(SealKeys(), ElementsAre(fresh, old));
  EXPECT_EQ(accord::RuleOf(Seal(RotateStep::kRetire)), "KEY_IN_USE");
  EXPECT_THAT(SealKeys(), ElementsAre(fresh, old));
  ASSERT_OK(Open(Path("protocols.db"))->Transact([](storage::Transaction& tx) {
    return tx.Exec("delete from idempotency").status();
  }));
  ASSERT_OK(Seal(RotateStep::kExplain));
  ASSERT_OK(Seal(RotateStep::kRetire));
  EXPECT_THAT(SealKeys(), ElementsAre(fresh));
  EXPECT_TRUE(fs::exists(old)) << "backups need it";
}

TEST_F(Rotation, TheGatewaysKeyIsAcceptedBeforeItSigns) {
  const std::string old = Path("assertion.pub");
  EXPECT_EQ(accord::RuleOf(Assertion(RotateStep::kPromote)), "KEY_MISSING");
  ASSERT_OK(Assertion(RotateStep::kAdd));
  for (const char* service : {"audit", "protocols", "registry"})
    EXPECT_EQ(Accepted(service).size(), 2u) << service;
  EXPECT_EQ(Read().gateways.at(0).config.assertion_key_file(), Path("assertion.key"));
  ASSERT_OK(Assertion(RotateStep::kPromote));
  const std::string present = Read().gateways.at(0).config.assertion_key_file();
  EXPECT_NE(present, Path("assertion.key"));
  ASSERT_OK(Assertion(RotateStep::kExplain));
  ASSERT_OK(Assertion(RotateStep::kRetire));
  const std::string accepted = Accepted("protocols").at(0);
  EXPECT_THAT(Accepted("audit"), ElementsAre(accepted));
  const Key signs = *LoadPrivateKey(testing::Slurp(present)),
            accepts = *LoadPublicKey(testing::Slurp(accepted));
  EXPECT_EQ(RawPublicKey(signs), RawPublicKey(accepts));
}

TEST_F(Rotation, TheWitnessedCheckpointOutlivesTheLogsKey) {
  Witness(7, std::string(32, 'r'));
  ASSERT_OK(RotateCheckpoint(Read(), RotateStep::kExplain));
  ASSERT_OK(RotateCheckpoint(Read(), RotateStep::kAdd));
  host::v1::AuditConfig audit;
  host::v1::RegistryConfig registry;
  ASSERT_OK(ReadConfigPart(File("audit"), &audit));
  ASSERT_OK(ReadConfigPart(File("registry"), &registry));
  EXPECT_NE(audit.checkpoint_key_file(), Path("checkpoint.key"));
  const Key key = *LoadPublicKey(testing::Slurp(registry.log_public_key_file()));
  const auto witnessed =
      merkle::OpenCheckpoint(testing::Slurp(Path("witnessed")), "accord.example/audit", key);
  ASSERT_OK(witnessed);
  EXPECT_EQ(witnessed->size, 7);
  // A checkpoint that the old key did not sign must not be signed.
  Put("witnessed",
      merkle::SignCheckpoint({"accord.example/audit", 9, std::string(32, 'x')}, pki::NewSigningKey()));
  EXPECT_THAT(RotateCheckpoint(Read(), RotateStep::kAdd),
              FailsWith(absl::StatusCode::kDataLoss, "is not signed by this key"));
}

TEST_F(Rotation, OfAKeyThatCannotBeReadSaysItsFileAndWhy) {
  const absl::Status no_authority = RotateCertificates(Read(), "/nowhere", 30);
  EXPECT_THAT(no_authority, RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(no_authority.message()),
              HasSubstr("/nowhere/service-ca.crt, of --ca: No such file or directory"));
  Put("audit.crt", "");
  EXPECT_THAT(RotateCertificates(Read({"audit"}), directory_.path(""), 30),
              FailsWith(absl::StatusCode::kInvalidArgument, "audit.crt, the present certificate: is empty"));
  fs::remove(Path("checkpoint.key"));
  const absl::Status no_key = RotateCheckpoint(Read(), RotateStep::kAdd);
  EXPECT_THAT(no_key, RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(no_key.message()),
              HasSubstr(Path("checkpoint.key") + ", the log's key: No such file or directory"));
}

TEST_F(Rotation, CertificatesAreNewAndSayTheSame) {
  const std::string old = testing::Slurp(Path("audit.crt")), old_key = testing::Slurp(Path("audit.tls.key"));
  ASSERT_OK(RotateCertificates(Read(), directory_.path(""), 30));
  const std::string now = testing::Slurp(Path("audit.crt")), key = testing::Slurp(Path("audit.tls.key"));
  EXPECT_NE(old_key, key);
  const auto pair = pki::CheckPair(now, key);
  ASSERT_OK(pair);
  EXPECT_OK(pki::CheckSignedBy(now, services_.certificate_pem(), absl::Now()));
  EXPECT_EQ(pki::ShapeOf(now)->names, pki::ShapeOf(old)->names);
  EXPECT_NEAR(absl::ToDoubleHours(pair->not_after - absl::Now()), 30 * 24, 1);
  EXPECT_EQ(fs::status(Path("audit.tls.key")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace
}  // namespace accord::ctl
