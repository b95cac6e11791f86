#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/database/database.h"
#include "common/storage/database/database_session.h"

namespace accord::storage {
namespace {

constexpr char kConcurrently[] = "{concurrently} ";
// This is the number of the advisory lock for making indexes while others write. It is any number that no
// other use of a database has.
constexpr long long kIndexTurn = 7237243;
constexpr absl::Duration kAskAgain = absl::Milliseconds(100);

absl::string_view TrimStatementToMigrate(absl::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ';' || text.back() == ' '))
    text.remove_suffix(1);
  while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
  return text;
}

std::string MigrateChecksumOf(const Migration& migration) { return Hex(Sha256(migration.sql)); }

// This says whether the table schema_migration exists with its present columns.
absl::StatusOr<bool> IsMigrateTableComplete(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>(
          tx.postgres()
              ? "select count(*) from information_schema.columns where table_schema = "
                "current_schema() and table_name = 'schema_migration' and column_name = 'breaking'"
              : "select count(*) from pragma_table_info('schema_migration') where name = 'breaking'"));
  return std::get<0>(rows[0]) > 0;
}

// This gives the quoted name of the role that serves, where `<role>_owner` owns the schema, or nothing if one
// role does both.
absl::StatusOr<std::string> RoleToMigrateFor(Transaction& tx) {
  if (!tx.postgres()) return "";
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<std::string>("select cast(current_user as text)"));
  absl::string_view role = std::get<0>(rows[0]);
  return absl::ConsumeSuffix(&role, "_owner") ? absl::StrCat("\"", role, "\"") : "";
}

// This lets only one process at a time change a database's schemas.
absl::Status LockSchemaToMigrate(Transaction& tx) {
  if (!tx.postgres()) return absl::OkStatus();
  return tx.Query<std::string>("select cast(pg_advisory_xact_lock(7237241) as text)").status();
}

absl::Status CreateMigrateTable(Transaction& tx) {
  ACCORD_RETURN_IF_ERROR(LockSchemaToMigrate(tx));
  ACCORD_RETURN_IF_ERROR(tx.Exec("create table if not exists schema_migration (version bigint primary key, "
                                 "name text not null, checksum text not null)")
                             .status());
  ACCORD_ASSIGN_OR_RETURN(const bool complete, IsMigrateTableComplete(tx));
  if (complete) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("alter table schema_migration add column breaking bigint not null default 0").status());
  ACCORD_ASSIGN_OR_RETURN(const std::string app, RoleToMigrateFor(tx));
  if (app.empty()) return absl::OkStatus();
  return tx.Exec(absl::StrCat("revoke insert, update, delete on schema_migration from ", app)).status();
}

// This splits the statements. A function's body is enclosed in `$$` and is part of its statement.
std::vector<std::string> SplitStatementsToMigrate(const std::string& sql) {
  std::vector<std::string> statements;
  bool in_body = false;
  for (const absl::string_view piece : absl::StrSplit(sql, ";\n")) {
    if (in_body) {
      absl::StrAppend(&statements.back(), ";\n", piece);
    } else {
      statements.emplace_back(piece);
    }
    for (std::size_t at = piece.find("$$"); at != absl::string_view::npos; at = piece.find("$$", at + 2)) {
      in_body = !in_body;
    }
  }
  return statements;
}

// This says whether a migration makes an index while others write, which is not possible
// inside a transaction.
enum class IndexCreation { kBesideWriters, kInTransaction };

// This gives the statements for this kind of database. `app` is the role that serves; it is empty if there is
// no separate one.
std::vector<std::string> StatementsToMigrate(const Migration& migration, bool postgres,
                                             const std::string& app, IndexCreation indexes) {
  const bool concurrently = postgres && indexes == IndexCreation::kBesideWriters;
  const std::string sql = absl::StrReplaceAll(
      migration.sql, {{"{autoinc}", postgres ? "bigserial primary key" : "integer primary key autoincrement"},
                      {"{text}", postgres ? "text collate \"C\"" : "text"},
                      {kConcurrently, concurrently ? "concurrently " : ""},
                      {"{app}", app}});
  std::vector<std::string> statements;
  for (const std::string& text : SplitStatementsToMigrate(sql)) {
    absl::string_view statement = TrimStatementToMigrate(text);
    if (absl::ConsumePrefix(&statement, "{postgres}") && !postgres) continue;
    if (absl::ConsumePrefix(&statement, "{sqlite}") && postgres) continue;
    statement = absl::StripLeadingAsciiWhitespace(statement);
    if (statement.empty() || (app.empty() && absl::StartsWith(statement, "grant "))) continue;
    statements.emplace_back(statement);
  }
  return statements;
}

absl::Status MigrateByStatements(Transaction& tx, const Migration& migration) {
  ACCORD_ASSIGN_OR_RETURN(const std::string app, RoleToMigrateFor(tx));
  for (const std::string& statement :
       StatementsToMigrate(migration, tx.postgres(), app, IndexCreation::kInTransaction)) {
    ACCORD_RETURN_IF_ERROR(tx.Exec(statement).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> IsMigrated(Transaction& tx, const Migration& migration) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto applied,
      tx.Query<int64_t>("select version from schema_migration where version = :p1", migration.version));
  return !applied.empty();
}

absl::Status NoteMigrated(Transaction& tx, const Migration& migration) {
  return tx
      .Exec("insert into schema_migration (version, name, checksum, breaking) values (:p1, :p2, :p3, :p4)",
            migration.version, migration.name, MigrateChecksumOf(migration), migration.breaking ? 1 : 0)
      .status();
}

// This runs `create [unique] index concurrently NAME on ...`, unless the index exists and is valid. An
// invalid one, left by an interrupted attempt, slows down every write and is never used, so it is made anew.
absl::Status MigrateIndex(DatabaseSession* session, const std::string& statement) {
  const std::vector<std::string> words = absl::StrSplit(statement, ' ', absl::SkipEmpty());
  const auto before = std::find(words.begin(), words.end(), "concurrently");
  if (words.end() - before < 2) return absl::InvalidArgumentError("a concurrent step makes indexes alone");
  const std::string& name = *std::next(before);
  ACCORD_ASSIGN_OR_RETURN(
      const auto found,
      session->Fetch("select cast(i.indisvalid as integer) from pg_index i join pg_class c on c.oid = "
                     "i.indexrelid where c.relname = :p1 and c.relnamespace = "
                     "cast(current_schema() as regnamespace)",
                     {false}, {name}));
  if (!found.empty()) {
    if (std::get<long long>(found[0][0]) != 0) return absl::OkStatus();
    LogWarning("index_made_anew", {{"index", name}});
    ACCORD_RETURN_IF_ERROR(session->Plain(absl::StrCat("drop index concurrently ", name)));
  }
  return session->Plain(statement);
}

absl::Status MigrateByStep(Transaction& tx, const Migration& migration) {
  ACCORD_RETURN_IF_ERROR(LockSchemaToMigrate(tx));
  ACCORD_ASSIGN_OR_RETURN(const bool applied, IsMigrated(tx, migration));
  if (applied) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(MigrateByStatements(tx, migration));
  return NoteMigrated(tx, migration);
}

// This applies all migrations to an empty database in one transaction, which waits for the disk once instead
// of once for each migration. Nobody writes yet, so its indexes are made within the transaction.
absl::Status MigrateEmpty(Transaction& tx, const std::vector<Migration>& migrations) {
  ACCORD_RETURN_IF_ERROR(LockSchemaToMigrate(tx));
  ACCORD_ASSIGN_OR_RETURN(const auto applied, tx.Query<int64_t>("select count(*) from schema_migration"));
  if (std::get<0>(applied[0]) > 0) return absl::OkStatus();
  for (const Migration& migration : migrations) {
    ACCORD_RETURN_IF_ERROR(MigrateByStatements(tx, migration));
    ACCORD_RETURN_IF_ERROR(NoteMigrated(tx, migration));
  }
  return absl::OkStatus();
}

bool MigratesConcurrently(const Migration& migration) {
  return absl::StrContains(migration.sql, kConcurrently);
}

}  // namespace

absl::StatusOr<bool> Database::IsCurrent(const std::vector<Migration>& migrations) {
  return Read([&](Transaction& tx) -> absl::StatusOr<bool> {
    ACCORD_ASSIGN_OR_RETURN(const bool complete, IsMigrateTableComplete(tx));
    if (!complete) return false;
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows, (tx.Query<int64_t, std::string>("select version, checksum from schema_migration")));
    std::map<int64_t, std::string> applied;
    for (const auto& [version, checksum] : rows) applied[version] = checksum;
    bool current = true;
    for (const Migration& migration : migrations) {
      const auto step = applied.find(migration.version);
      if (step == applied.end()) {
        current = false;
      } else if (step->second != MigrateChecksumOf(migration)) {
        return absl::FailedPreconditionError(
            absl::StrCat("migration ", migration.version, " was changed after it had been applied"));
      }
    }
    return current;
  });
}

absl::Status Database::ApplyConcurrently(const Migration& migration) {
  for (;;) {
    bool done = false;
    ACCORD_RETURN_IF_ERROR(Outside([&](DatabaseSession* session) -> absl::Status {
      // The lock is polled rather than waited for: making an index waits for every open transaction
      // of the same database, including one that waits for this lock, which would be a deadlock.
      ACCORD_ASSIGN_OR_RETURN(const auto mine, session->Fetch("select cast(pg_try_advisory_lock(:p1) as "
                                                              "integer)",
                                                              {false}, {kIndexTurn}));
      if (std::get<long long>(mine[0][0]) == 0) return absl::OkStatus();
      absl::Status made;
      for (const std::string& statement :
           StatementsToMigrate(migration, true, "", IndexCreation::kBesideWriters)) {
        if (made.ok()) made = MigrateIndex(session, statement);
      }
      const auto free =
          session->Fetch("select cast(pg_advisory_unlock(:p1) as integer)", {false}, {kIndexTurn});
      ACCORD_RETURN_IF_ERROR(made);
      ACCORD_RETURN_IF_ERROR(free.status());
      done = true;
      return absl::OkStatus();
    }));
    if (done) break;
    absl::SleepFor(kAskAgain);
  }
  return Run(Mode::kSchema, [&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(LockSchemaToMigrate(tx));
    ACCORD_ASSIGN_OR_RETURN(const bool applied, IsMigrated(tx, migration));
    return applied ? absl::OkStatus() : NoteMigrated(tx, migration);
  });
}

absl::Status Database::Apply(const std::vector<Migration>& migrations) {
  ACCORD_RETURN_IF_ERROR(Run(Mode::kSchema, CreateMigrateTable));
  ACCORD_RETURN_IF_ERROR(Run(Mode::kSchema, [&](Transaction& tx) { return MigrateEmpty(tx, migrations); }));
  ACCORD_ASSIGN_OR_RETURN(const bool current, IsCurrent(migrations));
  if (current) return absl::OkStatus();
  for (const Migration& migration : migrations) {
    if (postgres() && MigratesConcurrently(migration)) {
      ACCORD_ASSIGN_OR_RETURN(const bool applied,
                              Read([&](Transaction& tx) { return IsMigrated(tx, migration); }));
      if (!applied) ACCORD_RETURN_IF_ERROR(ApplyConcurrently(migration));
      continue;
    }
    ACCORD_RETURN_IF_ERROR(Run(Mode::kSchema, [&](Transaction& tx) { return MigrateByStep(tx, migration); }));
  }
  return absl::OkStatus();
}

absl::Status Database::CheckNewer(const std::vector<Migration>& migrations) {
  std::set<int64_t> known;
  for (const Migration& migration : migrations) known.insert(migration.version);
  return Read([&](Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            (tx.Query<int64_t, int64_t>("select version, breaking from schema_migration")));
    for (const auto& [version, breaking] : rows) {
      if (known.contains(version)) continue;
      if (breaking != 0) {
        return absl::FailedPreconditionError(absl::StrCat(
            "migration ", version, " of a newer version does not let this one serve: run the newer version"));
      }
      LogInfo("schema_is_newer", {{"version", version}});
    }
    return absl::OkStatus();
  });
}

absl::Status Database::Migrate(const std::vector<Migration>& migrations) {
  ACCORD_ASSIGN_OR_RETURN(bool current, IsCurrent(migrations));
  if (!current) {
    const absl::Status applied = Apply(migrations);
    if (RuleOf(applied) == rules::kDatabaseNotPermitted.reason) {
      return absl::FailedPreconditionError(
          "the schema is behind this version and this role may not change it: run --migrate as the owner of "
          "the "
          "schema first");
    }
    ACCORD_RETURN_IF_ERROR(applied);
    // Another version may have applied its own migrations at the same time.
    ACCORD_RETURN_IF_ERROR(IsCurrent(migrations).status());
  }
  return CheckNewer(migrations);
}

}  // namespace accord::storage
