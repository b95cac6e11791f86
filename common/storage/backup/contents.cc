#include "common/storage/backup/contents.h"

#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/storage/database/dsn.h"
#include "common/storage/database/has_table.h"

namespace accord::storage {
namespace {

absl::Status ReadContents(Transaction& tx, Contents* contents) {
  if (tx.postgres()) {
    ACCORD_ASSIGN_OR_RETURN(const auto schema,
                            tx.Query<std::string>("select coalesce(cast(current_schema() as text), '')"));
    contents->postgres_schema = std::get<0>(schema.at(0));
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto tables,
      tx.Query<int64_t>(tx.postgres() ? "select count(*) from pg_tables where schemaname = current_schema()"
                                      : "select count(*) from sqlite_master where type = 'table'"));
  contents->tables = std::get<0>(tables.at(0));
  ACCORD_ASSIGN_OR_RETURN(const bool ours, HasTable(tx, "schema_migration"));
  if (!ours) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto schema,
                          tx.Query<int64_t>("select coalesce(max(version), 0) from schema_migration"));
  contents->schema = std::get<0>(schema.at(0));
  ACCORD_ASSIGN_OR_RETURN(const bool changed, HasTable(tx, "event"));
  if (changed) {
    ACCORD_ASSIGN_OR_RETURN(const auto newest, tx.Query<int64_t>("select coalesce(max(seq), 0) from event"));
    contents->changes = std::get<0>(newest.at(0));
    // The schema's step 10 gave events their positions.
    ACCORD_ASSIGN_OR_RETURN(const auto placed,
                            tx.Query<int64_t>("select count(*) from schema_migration where version = 10"));
    if (std::get<0>(placed.at(0)) > 0) {
      ACCORD_ASSIGN_OR_RETURN(const auto position, tx.Query<int64_t>(kPositionSql));
      contents->position = std::get<0>(position.at(0));
    }
  }
  ACCORD_ASSIGN_OR_RETURN(const bool log, HasTable(tx, "log_head"));
  if (!log) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto head,
                          (tx.Query<int64_t, std::string>("select size, root from log_head")));
  if (!head.empty()) std::tie(contents->log_size, contents->log_root) = head[0];
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Contents> ContentsOf(const std::string& dsn) {
  if (!IsPostgres(dsn)) {
    ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(dsn));
    if (!there) return absl::NotFoundError(absl::StrCat("there is no database ", dsn));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto database, Database::Open({dsn, 1}));
  return database->Read([](Transaction& tx) -> absl::StatusOr<Contents> {
    Contents contents;
    ACCORD_RETURN_IF_ERROR(ReadContents(tx, &contents));
    return contents;
  });
}

}  // namespace accord::storage
