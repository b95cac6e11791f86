// This is the Point of a SQLite database.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_SQLITE_POINT_H_
#define ACCORD_COMMON_STORAGE_BACKUP_SQLITE_POINT_H_

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/storage/backup/point.h"
#include "common/storage/backup/sqlite_connection.h"

namespace accord::storage {

class SqlitePoint : public Point {
 public:
  absl::Status Open(const std::string& file) {
    ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(file));
    if (!there) return absl::NotFoundError(absl::StrCat("there is no database ", file));
    ACCORD_RETURN_IF_ERROR(holder_.Open(file, SQLITE_OPEN_READWRITE));
    ACCORD_RETURN_IF_ERROR(reader_.Open(file, SQLITE_OPEN_READWRITE));
    reader_.SetPatience(absl::Seconds(10));
    return absl::OkStatus();
  }
  absl::Status Hold(absl::Duration patience) override {
    holder_.SetPatience(patience);
    return holder_.Query("begin immediate").status();
  }
  absl::Status Take() override {
    ACCORD_RETURN_IF_ERROR(reader_.Query("begin").status());
    // The first read makes the snapshot.
    return reader_.Query("select count(*) from sqlite_master").status();
  }
  void Release() override { holder_.Query("rollback").IgnoreError(); }
  absl::StatusOr<BackupRows> Query(const std::string& sql) override { return reader_.Query(sql); }
  absl::StatusOr<bool> HasTable(std::string_view name) override {
    ACCORD_ASSIGN_OR_RETURN(
        const BackupRows rows,
        Query(absl::StrCat("select 1 from sqlite_master where type = 'table' and name = ", Quoted(name))));
    return !rows.empty();
  }
  absl::Status Copy(const std::string& to) override;

 private:
  SqliteConnection holder_, reader_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_SQLITE_POINT_H_
