#include "clients/accordctl/operate/replay.h"

#include "accord/audit/v1/resources.pb.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/operate/backup.h"
#include "clients/accordctl/operate/restore.h"
#include "clients/accordctl/testing/deployment_fixture.h"
#include "common/access/method.h"
#include "common/base/error.h"
#include "common/merkle/tree.h"
#include "common/storage/backup/restoration.h"
#include "common/testing/postgres.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStdout;
using Tx = storage::Transaction;

constexpr char kCertificate[] = "agencies/cas-york/systems/main/certificates/0123";
constexpr char kActor[] = "agencies/cas-york/actors/worker";
constexpr char kOther[] = "agencies/cas-york/actors/other";
constexpr char kReport[] = "agencies/ps-york/reports/one";
constexpr char kDraft[] = "agencies/ps-york/reports/two";
const std::string kAdmin = "/accord.registry.v1.RegistryAdminService/";
const std::string kReports = "/accord.intelligence.v1.ReportService/";

// Two services and a log are backed up; then more happens, and the services are restored.
class Replays : public ADeployment, public ::testing::WithParamInterface<bool> {
 protected:
  Replays() {
    for (const char* name : {"registry", "intelligence"}) {
      dsn_[name] =
          GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : Path(absl::StrCat(name, ".own.db"));
      AddService(name, dsn_[name]);
    }
    Ran("registry", "insert into registry_epoch (id, epoch) values (1, 'before')");
    dsn_["audit"] = Path("audit.db");
    Ran("audit", "create table entry (idx bigint primary key, salt text, record text, leaf text)");
    SetLog(0, "");
    Store<registry::v1::Certificate>("registry", "certificate", kCertificate, [](auto* item) {
      item->set_state(registry::v1::CERTIFICATE_STATE_ACTIVE);
    });
    for (const char* name : {kActor, kOther}) {
      Store<registry::v1::Actor>("registry", "actor", name,
                                 [](auto* item) { item->set_state(registry::v1::ACTOR_STATE_ACTIVE); });
    }
    for (const char* name : {kReport, kDraft}) {
      Store<intelligence::v1::Report>("intelligence", "report", name, [](auto*) {});
    }
    Log("registry", kAdmin + "IssueCertificate", kCertificate, 1);
    EXPECT_OK(BackUp(All(), Path("backup")));
  }

  Deployment All() const { return Read({"audit", "registry", "intelligence"}); }
  void Ran(const std::string& service, const std::string& sql) {
    EXPECT_OK(Open(dsn_[service])->Transact([&](Tx& tx) { return tx.Exec(sql).status(); })) << sql;
  }
  template <class M, class Fn>
  void Store(const std::string& service, const std::string& kind, const std::string& name, Fn fill) {
    storage::Resources resources(kind, nullptr);
    M item;
    item.set_name(name);
    fill(&item);
    const absl::Status put = Open(dsn_[service])->Transact([&](Tx& tx) {
      return resources.Insert(tx, &item, {"cas-york", "worker", "request", absl::Now()},
                              {"cas-york", "", {"cas-york", "co-office"}, {}});
    });
    EXPECT_OK(put);
  }
  // This adds one entry to the log.
  void Log(const std::string& service, const std::string& method, const std::string& name, int64_t version) {
    audit::v1::AuditRecord record;
    record.set_method(method);
    record.add_revisions(RevisionDigest(service, name, version));
    const std::string bytes = record.SerializeAsString(), leaf = merkle::LeafHash("salt" + bytes);
    const auto added = Open(dsn_["audit"])->Transact([&](Tx& tx) {
      return tx
          .Exec("insert into entry (idx, salt, record, leaf) values (:p1, :p2, :p3, :p4)", size_,
                Base64("salt"), Base64(bytes), Base64(leaf))
          .status();
    });
    EXPECT_OK(added);
    SetLog(++size_, std::string(32, 'r'));
  }
  // This restores, and gives what restore prints.
  std::string GoBack() {
    CaptureStdout();
    const absl::Status restored =
        RestoreBackup(All(), Path("backup"), {.replace = true, .only = {"registry", "intelligence"}});
    const std::string said = GetCapturedStdout();
    EXPECT_OK(restored);
    return said;
  }
  template <class M>
  absl::StatusOr<M> Stored(const std::string& service, const std::string& kind, const std::string& name) {
    storage::Resources resources(kind, nullptr);
    return Open(dsn_[service])->Read([&](Tx& tx) -> absl::StatusOr<M> {
      M item;
      ACCORD_RETURN_IF_ERROR(resources.Get(tx, name, "cas-york", &item));
      return item;
    });
  }
  bool Waits(const std::string& service) {
    return !Open(dsn_[service])->Read(storage::RestorationOf)->replayed;
  }

  std::map<std::string, std::string> dsn_;
  int64_t size_ = 0;
};

TEST_P(Replays, WhatTheRegistryForgotIsEndedAgain) {
  Log("registry", kAdmin + "RevokeCertificate", kCertificate, 2);
  Log("registry", kAdmin + "DisableActor", kActor, 2);
  Log("registry", kAdmin + "UpdateActor", kOther, 2);
  Log("registry", kAdmin + "CreateActor", "agencies/cas-york/actors/later", 1);
  const std::string said = GoBack();
  EXPECT_EQ(Stored<registry::v1::Certificate>("registry", "certificate", kCertificate)->state(),
            registry::v1::CERTIFICATE_STATE_REVOKED);
  EXPECT_EQ(Stored<registry::v1::Actor>("registry", "actor", kActor)->state(),
            registry::v1::ACTOR_STATE_DISABLED);
  EXPECT_TRUE(absl::IsNotFound(Stored<registry::v1::Actor>("registry", "actor", kOther).status()))
      << "the log does not say which roles were taken";
  EXPECT_FALSE(Waits("registry"));
  EXPECT_THAT(said, HasSubstr(absl::StrCat("ended again: ", kCertificate, " (RevokeCertificate)")));
  EXPECT_THAT(said, HasSubstr(absl::StrCat("closed until confirmed: ", kOther, " (UpdateActor)")));
  EXPECT_THAT(said, HasSubstr("registry: the log is 4 changes ahead, 1 of them of records that are not there "
                              "(CreateActor 1)"));
  EXPECT_THAT(said, HasSubstr("audit was not restored; it is 4 entries ahead"));
  const auto epoch = Open(dsn_["registry"])->Read([](Tx& tx) {
    return tx.Query<std::string>("select epoch from registry_epoch");
  });
  EXPECT_NE(std::get<0>(epoch->at(0)), "before");

  ASSERT_OK(ConfirmRecord(All(), kOther));
  EXPECT_EQ(Stored<registry::v1::Actor>("registry", "actor", kOther)->etag(), "v2");
  EXPECT_TRUE(absl::IsNotFound(ConfirmRecord(All(), kOther)));
}

// A person who was enabled again may act; but the record is closed if roles were changed before, so
// that the old ones do not return.
TEST_P(Replays, OfWhoWasDisabledAndEnabledTheLastCounts) {
  Log("registry", kAdmin + "DisableActor", kActor, 2);
  Log("registry", kAdmin + "EnableActor", kActor, 3);
  Log("registry", kAdmin + "UpdateActor", kOther, 2);
  Log("registry", kAdmin + "DisableActor", kOther, 3);
  const std::string said = GoBack();
  EXPECT_EQ(Stored<registry::v1::Actor>("registry", "actor", kActor)->state(),
            registry::v1::ACTOR_STATE_ACTIVE);
  EXPECT_TRUE(absl::IsNotFound(Stored<registry::v1::Actor>("registry", "actor", kOther).status()));
  EXPECT_THAT(said, HasSubstr(absl::StrCat("closed until confirmed: ", kOther)));
}

TEST_P(Replays, WhomAReviewOfAccessDisabledIsDisabledAgain) {
  const std::string sign = "/accord.registry.v1.AccessReviewService/SignAccessReview";
  Log("registry", sign, kActor, 2);
  Log("registry", kAdmin + "EnableActor", kOther, 2);
  Log("registry", sign, kOther, 3);
  GoBack();
  for (const char* name : {kActor, kOther}) {
    EXPECT_EQ(Stored<registry::v1::Actor>("registry", "actor", name)->state(),
              registry::v1::ACTOR_STATE_DISABLED)
        << name;
  }
}

TEST_P(Replays, ARecalledReportIsClosedAndAnotherGoesOn) {
  Log("intelligence", kReports + "UpdateReportDraft", kDraft, 2);
  Log("intelligence", kReports + "RecallReport", kReport, 2);
  GoBack();
  EXPECT_TRUE(absl::IsNotFound(Stored<intelligence::v1::Report>("intelligence", "report", kReport).status()));
  const auto draft = Stored<intelligence::v1::Report>("intelligence", "report", kDraft);
  ASSERT_OK(draft);
  EXPECT_EQ(draft->etag(), "v2") << "the log tells of version 2 already, so the next is 3";
  CaptureStdout();
  EXPECT_OK(ListClosed(All()));
  EXPECT_THAT(GetCapturedStdout(), HasSubstr(absl::StrCat(kReport, " is closed (RecallReport)")));
}

// A change by the calendar has no entry, so the log has only the version after it.
TEST_P(Replays, AnEndAfterAChangeThatAServiceMadeByItselfIsAnEnd) {
  Log("registry", kAdmin + "DisableActor", kActor, 3);
  Log("intelligence", kReports + "RecallReport", kReport, 3);
  Log("intelligence", kReports + "UpdateReportDraft", kDraft, 4);
  GoBack();
  EXPECT_EQ(Stored<registry::v1::Actor>("registry", "actor", kActor)->state(),
            registry::v1::ACTOR_STATE_DISABLED);
  EXPECT_TRUE(absl::IsNotFound(Stored<intelligence::v1::Report>("intelligence", "report", kReport).status()));
  const auto draft = Stored<intelligence::v1::Report>("intelligence", "report", kDraft);
  ASSERT_OK(draft);
  EXPECT_EQ(draft->etag(), "v4") << "the log tells of version 4 already, so the next is 5";
}

TEST_P(Replays, WhatTheLogRecoveredByItselfIsClosed) {
  Log("intelligence", "", kReport, 2);
  GoBack();
  EXPECT_TRUE(absl::IsNotFound(Stored<intelligence::v1::Report>("intelligence", "report", kReport).status()));
}

TEST_P(Replays, AnOlderLogOpensNothing) {
  Ran("audit", "delete from entry");
  SetLog(0, "");
  const absl::Status refused =
      RestoreBackup(All(), Path("backup"), {.replace = true, .only = {"registry", "intelligence"}});
  EXPECT_EQ(accord::RuleOf(refused), "LOG_REWOUND");
  EXPECT_TRUE(Waits("registry"));
}

TEST_P(Replays, ALogWithAGapOpensNothing) {
  Log("registry", kAdmin + "RevokeCertificate", kCertificate, 2);
  Log("registry", kAdmin + "DisableActor", kActor, 2);
  Ran("audit", "delete from entry where idx = 1");
  const absl::Status refused = RestoreBackup(All(), Path("backup"), {.replace = true, .only = {"registry"}});
  EXPECT_EQ(accord::RuleOf(refused), "LOG_INCOMPLETE");
  EXPECT_TRUE(Waits("registry"));
}

// The digest is followed by the service that reported the change: what another service claims
// closes nothing.
TEST_P(Replays, WhatAnEntryTellsThatWasMovedOutIsClosedSinceItsMethodIsNotKnown) {
  Log("intelligence", kReports + "RecallReport", kReport, 2);
  Log("intelligence", kReports + "UpdateReportDraft", kDraft, 2);
  Ran("audit", "create table log_span (first bigint, beyond bigint, moved_us bigint)");
  Ran("audit", "create table revised (digest text, idx bigint)");
  Ran("audit", absl::StrCat("insert into revised (digest, idx) values ('",
                            Hex(RevisionDigest("intelligence", kReport, 2)), ".intelligence', 1)"));
  Ran("audit", absl::StrCat("insert into revised (digest, idx) values ('",
                            Hex(RevisionDigest("intelligence", kDraft, 2)), ".training', 1)"));
  Ran("audit", "insert into log_span (first, beyond, moved_us) values (0, 2, 1)");
  Ran("audit", "delete from entry where idx < 2");
  GoBack();
  const auto draft = Stored<intelligence::v1::Report>("intelligence", "report", kDraft);
  ASSERT_OK(draft);
  EXPECT_EQ(draft->etag(), "v2");
  CaptureStdout();
  EXPECT_OK(ListClosed(All()));
  EXPECT_THAT(GetCapturedStdout(), HasSubstr(absl::StrCat(kReport, " is closed (not known)")));
}

TEST_P(Replays, ALogThatKnowsMoreIsNotReplacedByTheWay) {
  Log("registry", kAdmin + "RevokeCertificate", kCertificate, 2);
  const absl::Status refused = RestoreBackup(All(), Path("backup"), {.replace = true});
  EXPECT_EQ(accord::RuleOf(refused), "LOG_AHEAD");
  EXPECT_FALSE(Waits("registry")) << "nothing was touched";
  EXPECT_OK(RestoreBackup(All(), Path("backup"), {.replace = true, .forget_log = true}));
}

TEST_P(Replays, WhatCameBackByOtherMeansIsReplayedFromTheFirstEntryOn) {
  Log("registry", kAdmin + "RevokeCertificate", kCertificate, 2);
  ASSERT_OK(Replay(All(), {}));
  EXPECT_EQ(Stored<registry::v1::Certificate>("registry", "certificate", kCertificate)->state(),
            registry::v1::CERTIFICATE_STATE_ACTIVE);
  ASSERT_OK(Replay(All(), {.whole = {"registry"}}));
  EXPECT_EQ(Stored<registry::v1::Certificate>("registry", "certificate", kCertificate)->state(),
            registry::v1::CERTIFICATE_STATE_REVOKED);
}

INSTANTIATE_TEST_SUITE_P(Databases, Replays, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "Postgresql" : "Sqlite"; });

TEST(MethodsThatEndAccess, AreMethodsThatChangeSomethingAndNoEndIsForgotten) {
  const auto& ends = MethodsThatEndAccess();
  std::set<std::string> known;
  for (const std::string& service : AllServices()) {
    const auto methods = MethodsOf(service);
    ASSERT_OK(methods);
    for (const auto& method : *methods) {
      if (!method.rule.mutates()) continue;
      known.insert(method.path);
      const std::string verb = method.path.substr(method.path.rfind('/') + 1);
      for (const char* end : {"Revoke", "Recall", "Withdraw", "Terminate", "Disable", "Suspend", "Delete"}) {
        // Withdrawing a proposal ends nobody's access, and neither does giving up an application or
        // a partner's approval.
        if (!verb.starts_with(end) || verb == "WithdrawLawChange" || verb.starts_with("WithdrawFunding"))
          continue;
        EXPECT_TRUE(ends.contains(method.path)) << method.path;
      }
    }
  }
  for (const auto& each : ends) EXPECT_TRUE(known.contains(each)) << each;
}

}  // namespace
}  // namespace accord::ctl
