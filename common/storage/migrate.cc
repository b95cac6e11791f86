#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/database.h"
#include "common/storage/session.h"

namespace accord::storage {
namespace {

absl::string_view Trim(absl::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ';' || text.back() == ' '))
    text.remove_suffix(1);
  while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
  return text;
}

std::string ChecksumOf(const Migration& migration) { return Hex(Sha256(migration.sql)); }

// Whether schema_migration is there, with the columns of today.
absl::StatusOr<bool> HasTable(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>(
          tx.postgres()
              ? "select count(*) from information_schema.columns where table_schema = "
                "current_schema() and table_name = 'schema_migration' and column_name = 'breaking'"
              : "select count(*) from pragma_table_info('schema_migration') where name = 'breaking'"));
  return std::get<0>(rows[0]) > 0;
}

// The role that serves where `<role>_owner` owns the schema, quoted; empty if one role does both.
absl::StatusOr<std::string> ServingRole(Transaction& tx) {
  if (!tx.postgres()) return "";
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<std::string>("select cast(current_user as text)"));
  absl::string_view role = std::get<0>(rows[0]);
  return absl::ConsumeSuffix(&role, "_owner") ? absl::StrCat("\"", role, "\"") : "";
}

// One process at a time changes a database's schemas.
absl::Status LockSchema(Transaction& tx) {
  if (!tx.postgres()) return absl::OkStatus();
  return tx.Query<std::string>("select cast(pg_advisory_xact_lock(7237241) as text)").status();
}

absl::Status CreateTable(Transaction& tx) {
  ACCORD_RETURN_IF_ERROR(LockSchema(tx));
  ACCORD_RETURN_IF_ERROR(tx.Exec("create table if not exists schema_migration (version bigint primary key, "
                                 "name text not null, checksum text not null)")
                             .status());
  ACCORD_ASSIGN_OR_RETURN(const bool complete, HasTable(tx));
  if (complete) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("alter table schema_migration add column breaking bigint not null default 0").status());
  ACCORD_ASSIGN_OR_RETURN(const std::string app, ServingRole(tx));
  if (app.empty()) return absl::OkStatus();
  return tx.Exec(absl::StrCat("revoke insert, update, delete on schema_migration from ", app)).status();
}

// A function's body stands between two `$$` and is part of its statement.
std::vector<std::string> StatementsOf(const std::string& sql) {
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

absl::Status RunStatements(Transaction& tx, const Migration& migration) {
  ACCORD_ASSIGN_OR_RETURN(const std::string app, ServingRole(tx));
  const std::string sql = absl::StrReplaceAll(
      migration.sql,
      {{"{autoinc}", tx.postgres() ? "bigserial primary key" : "integer primary key autoincrement"},
       {"{text}", tx.postgres() ? "text collate \"C\"" : "text"},
       {"{app}", app}});
  for (const std::string& text : StatementsOf(sql)) {
    absl::string_view statement = Trim(text);
    if (statement.empty() || (app.empty() && absl::StartsWith(statement, "grant "))) continue;
    const bool only_postgres = absl::ConsumePrefix(&statement, "{postgres} ");
    const bool only_sqlite = absl::ConsumePrefix(&statement, "{sqlite} ");
    if (tx.postgres() ? only_sqlite : only_postgres) continue;
    ACCORD_RETURN_IF_ERROR(tx.Exec(std::string_view(statement.data(), statement.size())).status());
  }
  return absl::OkStatus();
}

absl::Status ApplyStep(Transaction& tx, const Migration& migration) {
  ACCORD_RETURN_IF_ERROR(LockSchema(tx));
  ACCORD_ASSIGN_OR_RETURN(
      const auto applied,
      tx.Query<int64_t>("select version from schema_migration where version = :p1", migration.version));
  if (!applied.empty()) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(RunStatements(tx, migration));
  return tx
      .Exec("insert into schema_migration (version, name, checksum, breaking) values (:p1, :p2, :p3, :p4)",
            migration.version, migration.name, ChecksumOf(migration), migration.breaking ? 1 : 0)
      .status();
}

}  // namespace

absl::StatusOr<bool> Database::IsCurrent(const std::vector<Migration>& migrations) {
  return Read([&](Transaction& tx) -> absl::StatusOr<bool> {
    ACCORD_ASSIGN_OR_RETURN(const bool complete, HasTable(tx));
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
      } else if (step->second != ChecksumOf(migration)) {
        return absl::FailedPreconditionError(
            absl::StrCat("migration ", migration.version, " was changed after it had been applied"));
      }
    }
    return current;
  });
}

absl::Status Database::Apply(const std::vector<Migration>& migrations) {
  ACCORD_RETURN_IF_ERROR(Run(Mode::kSchema, CreateTable));
  for (const Migration& migration : migrations) {
    ACCORD_RETURN_IF_ERROR(Run(Mode::kSchema, [&](Transaction& tx) { return ApplyStep(tx, migration); }));
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
    if (RuleOf(applied) == kNotPermitted) {
      return absl::FailedPreconditionError(
          "the schema is behind this version and this role may not change it: run --migrate as the owner of "
          "the "
          "schema first");
    }
    ACCORD_RETURN_IF_ERROR(applied);
    // By another version at the same time, perhaps.
    ACCORD_RETURN_IF_ERROR(IsCurrent(migrations).status());
  }
  return CheckNewer(migrations);
}

}  // namespace accord::storage
