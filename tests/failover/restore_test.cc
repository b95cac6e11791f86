// This carries out "Back up and restore" of docs/operate.md.
#include <openssl/evp.h>
#include <sys/wait.h>

#include "absl/strings/match.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "common/merkle/checkpoint.h"
#include "common/pki/ed25519.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

// The servers start before the processes that use them.
struct Servers {
  Postgres first, second;

 protected:
  ~Servers() = default;
};

class Backup : protected Servers, public ACase {
 protected:
  Backup()
      : ACase(false, &first),
        society_(Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR},
                                    {"worker", ROLE_CAS_WORKER},
                                    {"privacy", ROLE_PRIVACY_OFFICER}})),
        police_(Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}})),
        protocol_(Agree(society_, police_)) {}

  absl::StatusOr<Referral> Send() {
    return society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection",
                                   Letter(protocol_));
  }
  absl::StatusOr<Referral> Read(const std::string& name) {
    GetReferralRequest get;
    get.set_name(name);
    return society_.Call<Referral>(kReferrals + "GetReferral", "worker", "child_protection", get);
  }
  void Dump(const std::string& service) {
    first.Dump(stack_.database(), service, stack_.directory().path(service + ".dump"));
  }
  // Restores into a database of the other server, which the service then uses.
  void Restore(const std::string& service, const std::string& database) {
    second.Restore(database, stack_.directory().path(service + ".dump"));
    stack_.UseDatabase(service, second, database);
    stack_.Migrate({service});
  }
  std::string NewDatabase() { return second.NewDatabase(); }
  void UseFirst(const std::string& service) { stack_.UseDatabase(service, first, stack_.database()); }

  // This is a witness that saw the log as it is now.
  void Witness() {
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    audit::v1::RegisterWitnessRequest enroll;
    enroll.set_public_key(RawPublicKey(key));
    enroll.set_request_id(RequestId());
    const auto witness =
        society_.Call<audit::v1::Witness>(kAudit + "RegisterWitness", "privacy", "privacy_review", enroll);
    ASSERT_OK(witness);
    const auto head = society_.Call<audit::v1::Checkpoint>(kAudit + "GetCheckpoint", "privacy", "",
                                                           audit::v1::GetCheckpointRequest());
    ASSERT_OK(head);
    const Key log = PublicKeyOf(head->public_key());
    const auto opened = merkle::OpenCheckpoint(head->note(), "accord.example/audit", log);
    ASSERT_OK(opened);
    audit::v1::CosignCheckpointRequest cosign;
    cosign.set_note(head->note());
    cosign.set_cosignature(merkle::CosignCheckpoint(*opened, witness->key_name(), key, absl::Now()));
    cosign.set_request_id(RequestId());
    const auto cosigned = society_.Call<audit::v1::Checkpoint>(kAudit + "CosignCheckpoint", "privacy",
                                                               "privacy_review", cosign);
    ASSERT_OK(cosigned);
  }

  const AgencyClient society_, police_;
  const Protocol protocol_;
};

TEST_F(Backup, DumpsOfEverySchemaRestoreIntoAnotherServer) {
  const auto sent = Send();
  ASSERT_OK(sent);
  const auto before = Read(sent->name());
  ASSERT_OK(before);
  const std::string database = NewDatabase();
  for (const auto& name : Processes()) {
    if (name != "gateway") stack_.Kill(name);
  }
  for (const auto& name : Processes()) {
    if (name == "gateway") continue;
    Dump(name);
    Restore(name, database);
    stack_.Launch(name);
  }
  stack_.AwaitGateway();
  const auto after = Read(sent->name());
  ASSERT_OK(after);
  EXPECT_EQ(after->SerializeAsString(), before->SerializeAsString());
  // The gateway, the readers of events and the log see every change from here on.
  Enrol("ps-durham", {{"member", ROLE_POLICE_MEMBER}});
  EXPECT_OK(Send());
  Witness();
}

TEST_F(Backup, AnOldDumpOfTheAuditDoesNotBecomeTheLog) {
  Dump("audit");
  ASSERT_OK(Send());
  Witness();
  stack_.Kill("audit");
  Restore("audit", NewDatabase());
  stack_.Launch("audit");
  int status = 0;
  ASSERT_EQ(waitpid(stack_.pid("audit"), &status, 0), stack_.pid("audit"));
  EXPECT_EQ(WEXITSTATUS(status), 2);
  EXPECT_TRUE(absl::StrContains(testing::Slurp(stack_.directory().path("audit.log")),
                                "does not extend the checkpoint that was witnessed"));
  EXPECT_EQ(Send().status().code(), absl::StatusCode::kUnavailable);
  UseFirst("audit");
  stack_.Launch("audit");
  stack_.AwaitGateway();
  EXPECT_OK(Send());
}

}  // namespace
}  // namespace accord::e2e
