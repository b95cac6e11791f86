// This is a connection to a SQLite database that only a backup uses.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_SQLITE_CONNECTION_H_
#define ACCORD_COMMON_STORAGE_BACKUP_SQLITE_CONNECTION_H_

#include <sqlite3.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/backup/backup_rows.h"

namespace accord::storage {

class SqliteConnection {
 public:
  ~SqliteConnection() { sqlite3_close_v2(database_); }
  absl::Status Open(const std::string& file, int flags) {
    if (sqlite3_open_v2(file.c_str(), &database_, flags, nullptr) == SQLITE_OK) return absl::OkStatus();
    return BackupFailed("opened");
  }
  void SetPatience(absl::Duration patience) {
    sqlite3_busy_timeout(database_, static_cast<int>(absl::ToInt64Milliseconds(patience)));
  }
  absl::StatusOr<BackupRows> Query(const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK)
      return BackupFailed("read");
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(raw, &sqlite3_finalize);
    BackupRows rows;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
      auto& row = rows.emplace_back();
      for (int i = 0; i < sqlite3_column_count(raw); ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, i));
        row.emplace_back(text == nullptr ? "" : text);
      }
    }
    if (code == SQLITE_DONE) return rows;
    return BackupFailed("read");
  }
  sqlite3* get() const { return database_; }

 private:
  sqlite3* database_ = nullptr;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_SQLITE_CONNECTION_H_
