// These tests show what the roles of k8s/postgresql/roles.sql may do, once every service has made its schema.
#include <gtest/gtest.h>

#include <future>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/storage/database/database.h"
#include "common/testing/eventually.h"
#include "common/testing/matchers.h"
#include "tests/e2e/stack.h"

namespace accord::e2e {
namespace {

TEST(Roles, TheAuditsRoleChangesNoEntryAndNoRoleSeesAnotherSchema) {
  Postgres postgres;
  const Stack stack(false, &postgres);
  const auto rule = [&](const std::string& role, const std::string& sql) {
    auto database = storage::Database::Open({postgres.Dsn(role, stack.database()), 1});
    EXPECT_OK(database) << role;
    return accord::testing::RuleOrError(
        (*database)->Transact([&](storage::Transaction& tx) { return tx.Exec(sql).status(); }));
  };
  constexpr char kRefused[] = "DATABASE_NOT_PERMITTED";
  for (const char* table : {"entry", "node", "concerned", "touched", "requested", "revision", "event"}) {
    for (const char* change : {"delete from ", "truncate ", "drop table "}) {
      const std::string sql = absl::StrCat(change, table);
      EXPECT_EQ(rule("accord_audit", sql), kRefused) << sql;
    }
  }
  EXPECT_EQ(rule("accord_audit", "update entry set record = ''"), kRefused);
  EXPECT_EQ(rule("accord_audit", "delete from log_head"), kRefused);
  EXPECT_EQ(rule("accord_audit", "update log_head set size = size"), "");
  for (const auto& name : Processes()) {
    if (name == "gateway") continue;
    const std::string role = "accord_" + name, other = name == "audit" ? "registry" : "audit";
    EXPECT_EQ(rule(role, absl::StrCat("insert into ", other, ".lease values ('x', 'x', 1)")), kRefused)
        << name;
    EXPECT_EQ(rule(role, "create table mine (id bigint)"), kRefused) << name;
    EXPECT_EQ(rule(role, absl::StrCat("set local role accord_", name, "_owner")), kRefused) << name;
    EXPECT_EQ(rule(role, "insert into lease (name, holder, expires_us) values ('x', 'x', 1)"), "") << name;
  }
}

TEST(Roles, AReplicaOfTheAuditThatFreezesGivesTheLogBack) {
  Postgres postgres;
  const Stack stack(false, &postgres);
  const auto answered = [&] {
    return stack.Console()
        .CallBytes("/accord.audit.v1.AuditService/GetCheckpoint",
                   {{"accord-actor", "admin"}, {"accord-purpose", "administration"}}, "")
        .ok();
  };
  ASSERT_TRUE(answered());
  auto database = storage::Database::Open({postgres.Dsn("accord_audit", stack.database()), 1});
  ASSERT_OK(database);
  std::promise<void> holds, goes_on;
  auto frozen = std::async(std::launch::async, [&] {
    int attempts = 0;
    return (*database)->Transact([&](storage::Transaction& tx) {
      if (attempts++ > 0) return absl::CancelledError("a transaction that is lost is tried again");
      EXPECT_OK(tx.Exec("lock table log_head in exclusive mode"));
      holds.set_value();
      goes_on.get_future().wait();
      return tx.Exec("update log_head set size = size + 1").status();
    });
  });
  holds.get_future().wait();
  EXPECT_TRUE(testing::Eventually(answered, absl::Seconds(15)));
  goes_on.set_value();
  EXPECT_THAT(frozen.get(),
              ::testing::AnyOf(testing::FailsWith(absl::StatusCode::kCancelled, "is tried again"),
                               testing::RefusedBy("DATABASE_UNAVAILABLE")))
      << "what it had begun is void";
  EXPECT_TRUE(answered());
}

TEST(Roles, ACertificateOpensItsOwnRoleAlone) {
  Postgres postgres;
  const std::string dsn = postgres.Dsn("accord_protocols", postgres.NewDatabase());
  EXPECT_OK(storage::Database::Open({dsn, 1}));
  for (const char* role : {"accord_audit", "accord_protocols_owner", "postgres"}) {
    const std::string stolen = absl::StrReplaceAll(dsn, {{"accord_protocols@", absl::StrCat(role, "@")}});
    EXPECT_EQ(RuleOf(storage::Database::Open({stolen, 1}).status()), "DATABASE_UNAVAILABLE") << role;
  }
}

}  // namespace
}  // namespace accord::e2e
