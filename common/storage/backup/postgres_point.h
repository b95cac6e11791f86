// This is the Point of a PostgreSQL database.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_POINT_H_
#define ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_POINT_H_

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/storage/backup/point.h"
#include "common/storage/backup/postgres_connection.h"

namespace accord::storage {

class PostgresPoint : public Point {
 public:
  absl::Status Open(const std::string& dsn) {
    ACCORD_RETURN_IF_ERROR(holder_.Open(dsn));
    return reader_.Open(dsn);
  }
  // Every change writes an event, so a lock on that table stops all writers.
  absl::Status Hold(absl::Duration patience) override {
    ACCORD_ASSIGN_OR_RETURN(const bool changes, HasTable("event"));
    if (!changes) return absl::OkStatus();
    return holder_
        .Query(absl::StrCat("begin; set local lock_timeout = ", absl::ToInt64Milliseconds(patience),
                            "; lock table event in share mode"))
        .status();
  }
  absl::Status Take() override {
    ACCORD_RETURN_IF_ERROR(reader_.Query("begin isolation level repeatable read read only").status());
    ACCORD_ASSIGN_OR_RETURN(const BackupRows rows, reader_.Query("select pg_export_snapshot()"));
    snapshot_ = rows.at(0).at(0);
    return absl::OkStatus();
  }
  void Release() override { holder_.Query("rollback").IgnoreError(); }
  absl::StatusOr<BackupRows> Query(const std::string& sql) override { return reader_.Query(sql); }
  absl::StatusOr<bool> HasTable(std::string_view name) override {
    ACCORD_ASSIGN_OR_RETURN(
        const BackupRows rows,
        Query(absl::StrCat("select 1 from pg_tables where schemaname = current_schema() and tablename = ",
                           Quoted(name))));
    return !rows.empty();
  }
  absl::Status Copy(const std::string&) override {
    return absl::UnimplementedError("pg_dump copies PostgreSQL");
  }
  std::string snapshot() const override { return snapshot_; }

 private:
  PostgresConnection holder_, reader_;
  std::string snapshot_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_POINT_H_
