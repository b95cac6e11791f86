#include "common/storage/backup/sqlite_point.h"

#include <fcntl.h>
#include <unistd.h>

#include "common/storage/backup/sync_file.h"

namespace accord::storage {

absl::Status SqlitePoint::Copy(const std::string& to) {
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(to));
  if (there) return absl::AlreadyExistsError(absl::StrCat(to, " exists already"));
  // The file is created first with a private mode, and SQLite then writes into it.
  const int fd = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return absl::UnavailableError(absl::StrCat("cannot write ", to));
  close(fd);
  {
    SqliteConnection copy;
    ACCORD_RETURN_IF_ERROR(copy.Open(to, SQLITE_OPEN_READWRITE));
    sqlite3_backup* backup = sqlite3_backup_init(copy.get(), "main", reader_.get(), "main");
    if (backup == nullptr) return BackupFailed("copied");
    const int copied = sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK || copied != SQLITE_DONE) return BackupFailed("copied");
    // A copy must be a single file, so its write-ahead log is turned off.
    ACCORD_RETURN_IF_ERROR(copy.Query("pragma journal_mode=delete").status());
    ACCORD_ASSIGN_OR_RETURN(const BackupRows sound, copy.Query("pragma integrity_check"));
    if (sound.size() != 1 || sound[0].at(0) != "ok") {
      return absl::DataLossError(
          absl::StrCat(to,
                       " was copied from a damaged database: restore an older backup, and look at the "
                       "disk"));
    }
  }
  return SyncFile(to);
}

}  // namespace accord::storage
