// This shows what becomes of a log that a version before wrote, and by which role its tables are made.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/ids.h"
#include "services/audit/log/append.h"
#include "services/audit/log/entry_pages.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

// This is a log from before there were spans.
class AnOlderLog : public ::testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<storage::Database> Open(const std::string& dsn, const std::string& role = "accord") {
    return Must(storage::Database::Open({absl::StrReplaceAll(dsn, {{"accord@", role + "@"}}), 2}));
  }
  static v1::AuditRecord Record(int n) {
    v1::AuditRecord record;
    record.set_call_id(absl::StrCat("call-", n));
    record.set_agency("ps-york");
    return record;
  }
  // This writes `count` entries as the version before did.
  static absl::Status Fill(storage::Transaction& tx, int count) {
    merkle::Frontier frontier;
    for (int n = 0; n < count; ++n) {
      const Prepared prepared(Record(n));
      ACCORD_RETURN_IF_ERROR(tx.Exec("insert into entry (idx, call_id, phase, part, salt, record, leaf) "
                                     "values (:p1, :p2, 0, 0, :p3, :p4, :p5)",
                                     n, prepared.record.call_id(), prepared.salt, prepared.bytes,
                                     prepared.leaf)
                                 .status());
      ACCORD_RETURN_IF_ERROR(
          tx.Exec("insert into concerned (agency, as_owner, idx) values ('ps-york', 0, :p1)", n).status());
      frontier.Append(prepared.leaf_hash, [](int, int64_t, const std::string&) {});
    }
    return tx
        .Exec("update log_head set size = :p1, indexed = :p2, root = :p3", count, count,
              Base64(frontier.Root()))
        .status();
  }
  testing::TempDir directory_;
};

INSTANTIATE_TEST_SUITE_P(Databases, AnOlderLog, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(AnOlderLog, BecomesTheFirstSpanAndGoesOn) {
  const auto database = Open(GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase()
                                                      : directory_.path("db"));
  auto before = Migrations();
  while (before.back().version >= 104) before.pop_back();
  ASSERT_OK(database->Migrate(before));
  ASSERT_OK(database->Transact([](storage::Transaction& tx) { return Fill(tx, 20); }));
  const absl::Status migrated = database->Migrate(Migrations());
  ASSERT_OK(migrated);
  const auto writer = Sequencer::Start(database.get(), 64);
  ASSERT_OK(writer);
  EXPECT_EQ(*(*writer)->Append({Record(19), Record(20)}), 21) << "what it had is known";
  EntryQuery query;
  query.agency = "ps-york";
  const auto page = database->Read([&](storage::Transaction& tx) { return ListEntries(tx, query); });
  ASSERT_OK(page);
  EXPECT_EQ(page->entries.size(), 21u);
}

// SQLite copies the tables that are found by their keys.
TEST_P(AnOlderLog, IsFoundByAllItWasFoundByBefore) {
  const auto database = Open(GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase()
                                                      : directory_.path("db"));
  auto before = Migrations();
  while (before.back().version >= 105) before.pop_back();
  ASSERT_OK(database->Migrate(before));
  std::vector<v1::AuditRecord> records;
  for (int n = 0; n < 20; ++n) {
    const std::string name = absl::StrCat("agencies/cas-york/referrals/r", n);
    v1::AuditRecord record = Record(n);
    record.set_request_id(absl::StrCat("request-", n));
    record.add_revisions(RevisionDigest("protocols", name, 1));
    record.add_resources()->set_name(name);
    record.mutable_resources(0)->set_owner("cas-york");
    records.push_back(std::move(record));
  }
  const auto append = [&] { return Must(Must(Sequencer::Start(database.get(), 64))->Append(records)); };
  const auto run = [&](const char* sql) {
    ASSERT_OK(database->Transact([&](storage::Transaction& tx) { return tx.Exec(sql).status(); }));
  };
  const auto rows = [&](const std::string& table) {
    const auto counted = Must(database->Read(
        [&](storage::Transaction& tx) { return tx.Query<int64_t>("select count(*) from " + table); }));
    return std::get<0>(counted.at(0));
  };
  // The version before did not read these columns.
  run("alter table log_head add column old_keys bigint not null default 0");
  run("alter table touched_by add column further text not null default ''");
  ASSERT_EQ(append(), 20);
  run("alter table log_head drop column old_keys");
  run("alter table touched_by drop column further");
  const std::pair<const char*, int64_t> held[] = {
      {"concerned", 40}, {"touched_by", 40}, {"requested", 20}, {"revised", 20}, {"appended", 20}};
  for (const auto& [table, count] : held) ASSERT_EQ(rows(table), count) << table;
  const absl::Status migrated = database->Migrate(Migrations());
  ASSERT_OK(migrated);
  for (const auto& [table, count] : held) EXPECT_EQ(rows(table), count) << table;
  if (GetParam() == "sqlite") {
    EXPECT_EQ(rows("sqlite_master where sql like '%without rowid'"), 5);
    EXPECT_EQ(rows("sqlite_master where type = 'index' and name = 'appended_by_time'"), 1);
  }
  EXPECT_EQ(append(), 20) << "what it had is known";
  EntryQuery query;
  query.agency = "cas-york";
  query.as_owner_only = true;
  query.resource = "agencies/cas-york/referrals/r7";
  const auto page = Must(database->Read([&](storage::Transaction& tx) { return ListEntries(tx, query); }));
  ASSERT_EQ(page.entries.size(), 1u);
  EXPECT_EQ(page.entries[0].index(), 7);
}

// A version before wrote the key of a change without the name of its service.
TEST_P(AnOlderLog, TellsNoChangeAgainThatItHasUnderAnOlderKey) {
  const auto database = Open(GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase()
                                                      : directory_.path("db"));
  auto before = Migrations();
  while (before.back().version >= 106) before.pop_back();
  ASSERT_OK(database->Migrate(before));
  const std::string digest = RevisionDigest("protocols", "agencies/cas-york/referrals/r1", 1);
  ASSERT_OK(database->Transact([&](storage::Transaction& tx) {
    return tx.Exec("insert into revised (digest, idx) values (:p1, 0)", Hex(digest)).status();
  }));
  ASSERT_OK(database->Migrate(Migrations()));
  v1::AuditRecord again = Record(1);
  again.set_method("/accord.protocols.v1.ReferralService/AcknowledgeReferral");
  again.add_revisions(digest);
  again.set_owner_only(true);
  EXPECT_EQ(Must(Must(Sequencer::Start(database.get(), 64))->Append({again, Record(2)})), 1);
  const auto kept = Must(database->Read(
      [](storage::Transaction& tx) { return tx.Query<int64_t>("select count(*) from revised"); }));
  EXPECT_EQ(std::get<0>(kept.at(0)), 1) << "the change is told once";
}

TEST(SpansOnPostgres, AreMadeByARoleThatMayNotChangeTheSchema) {
  const std::string dsn = testing::PostgresCluster::Shared().NewDatabase();
  const auto open = [&](const std::string& role) {
    return *storage::Database::Open({absl::StrReplaceAll(dsn, {{"accord@", role + "@"}}), 2});
  };
  const auto superuser = open("accord");
  for (const char* statement :
       {"create role log_owner login", "create role log login", "create schema log authorization log_owner",
        "alter role log_owner set search_path = log", "alter role log set search_path = log",
        "grant usage on schema log to log",
        "alter default privileges for role log_owner in schema log grant select, insert on tables to log",
        "alter default privileges for role log_owner in schema log grant usage, select on sequences to "
        "log"}) {
    const absl::Status done =
        superuser->Transact([&](storage::Transaction& tx) { return tx.Exec(statement).status(); });
    ASSERT_OK(done) << statement << done;
  }
  ASSERT_OK(open("log_owner")->Migrate(Migrations()));
  const auto served = open("log");
  SequencerLimits limits;
  limits.span = 256;
  const auto writer = Sequencer::Start(served.get(), limits);
  ASSERT_OK(writer);
  std::vector<v1::AuditRecord> records(600);
  for (std::size_t n = 0; n < records.size(); ++n) records[n].set_call_id(absl::StrCat("call-", n));
  EXPECT_EQ(*(*writer)->Append(records), 600);
  const auto may = [&](const char* sql) {
    return testing::RuleOrError(
        served->Transact([&](storage::Transaction& tx) { return tx.Exec(sql).status(); }));
  };
  for (const char* refused : {"drop table entry_0", "delete from entry", "update entry_0 set leaf = ''",
                              "delete from entry_256", "alter table entry detach partition entry_0"}) {
    EXPECT_EQ(may(refused), "DATABASE_NOT_PERMITTED") << refused;
  }
}

}  // namespace
}  // namespace accord::audit
