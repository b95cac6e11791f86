// Calls that only validate: they answer as the change would, and store nothing.
#include <gmock/gmock.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/handlers.h"
#include "common/host/calls/touched.h"
#include "common/storage/records/schedule.h"
#include "common/testing/in_process.h"
#include "common/testing/postgres.h"

namespace accord::host {
namespace {

using registry::v1::CreateSystemRequest;
using registry::v1::System;
using ::testing::Each;
using ::testing::Pair;

constexpr char kTriedCreateSystem[] = "/accord.registry.v1.RegistryAdminService/CreateSystem";
constexpr char kName[] = "agencies/cas-york/systems/records";

enum class Wish { kChange, kValidate };

// This is a service with one method that changes something.
class DryRun : public ::testing::TestWithParam<std::string> {
 protected:
  using Handler = std::function<absl::StatusOr<System>(storage::Transaction&, const storage::Write&)>;

  static CreateSystemRequest Request(const std::string& display_name = "Records") {
    CreateSystemRequest request;
    request.set_request_id("request-1");
    request.set_parent("agencies/cas-york");
    request.set_system_id("records");
    request.mutable_system()->set_display_name(display_name);
    return request;
  }
  static VerifiedAssertion Of(Wish wish) {
    VerifiedAssertion verified;
    verified.caller.agency = "cas-york";
    verified.caller.actor = "w1";
    verified.validate_only = wish == Wish::kValidate;
    return verified;
  }
  absl::StatusOr<Reply> Run(Wish wish, const Handler& handler,
                            const CreateSystemRequest& request = Request()) {
    Handlers handlers(&process_.database());
    handlers.Mutate<CreateSystemRequest, System>(
        kTriedCreateSystem, [&](Call&, storage::Transaction& tx, const storage::Write& write, const auto&) {
          return handler(tx, write);
        });
    Call call(Of(wish), absl::Now(), absl::InfiniteFuture(), std::make_shared<Changes>());
    return handlers.Unary(kTriedCreateSystem, call, request.SerializeAsString());
  }
  absl::StatusOr<Reply> Create(Wish wish, const CreateSystemRequest& request = Request()) {
    return Run(
        wish,
        [&](storage::Transaction& tx, const storage::Write& write) -> absl::StatusOr<System> {
          System system;
          system.set_name(kName);
          ACCORD_RETURN_IF_ERROR(systems_.Insert(tx, &system, write, place_));
          ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, "system", kName, absl::Now()));
          return system;
        },
        request);
  }
  // This is the handler of a change of what Create made.
  absl::StatusOr<Reply> Rename(Wish wish, const std::string& etag) {
    CreateSystemRequest request = Request();
    request.set_request_id("request-2");
    return Run(
        wish,
        [&](storage::Transaction& tx, const storage::Write& write) -> absl::StatusOr<System> {
          System system;
          ACCORD_RETURN_IF_ERROR(systems_.GetAny(tx, kName, &system));
          system.set_display_name("Another name");
          ACCORD_RETURN_IF_ERROR(systems_.Update(tx, &system, etag, write, place_));
          return system;
        },
        request);
  }
  // This gives the number of rows of each table that a change may write to.
  std::map<std::string, int64_t> Rows() {
    std::map<std::string, int64_t> rows;
    for (const char* table : {"resource", "visible", "revision", "event", "idempotency", "answer_resource",
                              "due", "contribution", "count_change", "tombstone"}) {
      const auto counted = process_.database().Read([&](storage::Transaction& tx) {
        return tx.Query<int64_t>(absl::StrCat("select count(*) from ", table));
      });
      EXPECT_TRUE(counted.ok()) << table << ": " << counted.status();
      rows[table] = counted.ok() ? std::get<0>(counted->front()) : -1;
    }
    return rows;
  }
  static System Answered(const absl::StatusOr<Reply>& reply) {
    System system;
    EXPECT_TRUE(reply.ok() && system.ParseFromString(reply->response)) << reply.status();
    return system;
  }

  const storage::Placement place_{"cas-york", "active", {"cas-york"}, {}};
  testing::InProcess process_{
      storage::CoreMigrations(),
      GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase() : std::string()};
  storage::Resources systems_{"system", &process_.page_tokens()};
};

INSTANTIATE_TEST_SUITE_P(Databases, DryRun, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(DryRun, AnswersAsTheChangeWouldAndWritesNothing) {
  const auto reply = Create(Wish::kValidate);
  const System system = Answered(reply);
  EXPECT_EQ(system.name(), kName);
  EXPECT_FALSE(system.etag().empty());
  EXPECT_THAT(Rows(), Each(Pair(::testing::_, 0)));
}

TEST_P(DryRun, TellsTheAuditOfNoChangeAndOfNoRecordThatNeverWas) {
  const auto reply = Create(Wish::kValidate);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->touched.request_id(), "");
  EXPECT_EQ(reply->touched.revisions_size(), 0);
  EXPECT_EQ(reply->touched.resources_size(), 0);
}

TEST_P(DryRun, LeavesItsRequestIdForTheChangeItself) {
  ASSERT_TRUE(Create(Wish::kValidate).ok());
  // Another body under the same id would be refused if anything of the first request had been kept.
  ASSERT_TRUE(Create(Wish::kValidate, Request("Other")).ok());
  const auto real = Create(Wish::kChange);
  EXPECT_EQ(Answered(real).name(), kName);
  EXPECT_THAT(real->touched.revisions(), ::testing::ElementsAre(RevisionDigest("registry", kName, 1)));
}

TEST_P(DryRun, OfARecordThatIsThereDisclosesItAndLeavesItAsItIs) {
  const std::string etag = Answered(Create(Wish::kChange)).etag();
  const auto before = Rows();
  const auto reply = Rename(Wish::kValidate, etag);
  EXPECT_EQ(Answered(reply).display_name(), "Another name");
  EXPECT_EQ(Rows(), before);
  EXPECT_EQ(reply->touched.revisions_size(), 0);
  ASSERT_EQ(reply->touched.resources_size(), 1);
  EXPECT_EQ(reply->touched.resources(0).name(), kName);
  EXPECT_EQ(reply->touched.resources(0).touch(), caller::v1::TOUCH_DISCLOSED);
  EXPECT_NE(Answered(Rename(Wish::kChange, etag)).etag(), etag) << "the etag that was read still holds";
}

TEST_P(DryRun, IsRefusedAsTheChangeWouldBe) {
  ASSERT_TRUE(Create(Wish::kChange).ok());
  EXPECT_EQ(RuleOf(Rename(Wish::kValidate, "stale").status()), "ETAG_MISMATCH");
  EXPECT_EQ(Rename(Wish::kValidate, "stale").status(), Rename(Wish::kChange, "stale").status());
  CreateSystemRequest without_name = Request("");
  without_name.set_request_id("request-3");
  EXPECT_EQ(Create(Wish::kValidate, without_name).status(), Create(Wish::kChange, without_name).status());
  CreateSystemRequest again = Request();
  again.set_request_id("request-4");
  EXPECT_EQ(RuleOf(Create(Wish::kValidate, again).status()), "ALREADY_EXISTS");
}

TEST_P(DryRun, OfARequestThatRanBeforeIsAnsweredAsItsRepetition) {
  const System made = Answered(Create(Wish::kChange));
  const auto before = Rows();
  const auto reply = Run(Wish::kValidate, [](auto&, const auto&) -> absl::StatusOr<System> {
    return absl::InternalError("ran twice");
  });
  EXPECT_EQ(Answered(reply).etag(), made.etag());
  EXPECT_EQ(Rows(), before);
  ASSERT_EQ(reply->touched.resources_size(), 1);
  EXPECT_EQ(reply->touched.resources(0).touch(), caller::v1::TOUCH_DISCLOSED);
  EXPECT_EQ(RuleOf(Create(Wish::kValidate, Request("Other")).status()), "REQUEST_ID_REUSED");
}

TEST_P(DryRun, IsTriedAgainAfterAConflict) {
  int attempts = 0;
  const auto reply = Run(Wish::kValidate, [&](auto& tx, const auto& write) -> absl::StatusOr<System> {
    System system;
    system.set_name(absl::StrCat(kName, attempts));
    ACCORD_RETURN_IF_ERROR(systems_.Insert(tx, &system, write, place_));
    if (attempts++ == 0) return Refuse(rules::kDatabaseBusy, "Again.");
    return system;
  });
  EXPECT_EQ(Answered(reply).name(), absl::StrCat(kName, 1));
  EXPECT_THAT(Rows(), Each(Pair(::testing::_, 0)));
}

TEST_P(DryRun, OfAMethodWhoseEffectIsInNoTransactionIsRefused) {
  Handlers handlers(&process_.database());
  int ran = 0;
  handlers.Unary<CreateSystemRequest, System>(kTriedCreateSystem,
                                              [&](Call&, const auto&) -> absl::StatusOr<System> {
                                                ++ran;
                                                return System();
                                              });
  Call call(Of(Wish::kValidate), absl::Now(), absl::InfiniteFuture(), handlers.changes());
  const auto reply = handlers.Unary(kTriedCreateSystem, call, Request().SerializeAsString());
  EXPECT_EQ(RuleOf(reply.status()), "VALIDATE_ONLY_NOT_POSSIBLE");
  EXPECT_EQ(ran, 0);
}

TEST_P(DryRun, OfAMethodThatAlwaysActsIsRefused) {
  constexpr char kIssue[] = "/accord.registry.v1.RegistryAdminService/IssueCertificate";
  Handlers handlers(&process_.database());
  int ran = 0;
  handlers.Mutate<registry::v1::IssueCertificateRequest, registry::v1::Certificate>(
      kIssue,
      [&](Call&, storage::Transaction&, const storage::Write&,
          const auto&) -> absl::StatusOr<registry::v1::Certificate> {
        ++ran;
        return registry::v1::Certificate();
      });
  Call call(Of(Wish::kValidate), absl::Now(), absl::InfiniteFuture(), handlers.changes());
  registry::v1::IssueCertificateRequest request;
  EXPECT_EQ(RuleOf(handlers.Unary(kIssue, call, request.SerializeAsString()).status()),
            "VALIDATE_ONLY_NOT_POSSIBLE");
  EXPECT_EQ(ran, 0);
}

}  // namespace
}  // namespace accord::host
