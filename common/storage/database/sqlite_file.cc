#include "common/storage/database/sqlite_file.h"

#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/storage/database/checkpoints.h"

namespace accord::storage {
namespace {

// SOCI's library keeps the type's description to itself, which the sanitizer's check of casts would need.
__attribute__((no_sanitize("vptr"))) sqlite_api::sqlite3* SqliteHandleOf(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

// SQLite calls this after each commit, when the writer's lock is free again.
int OnWalCommit(void* checkpoints, sqlite_api::sqlite3* connection, const char*, int pages) {
  if (static_cast<Checkpoints*>(checkpoints)->Committed(pages)) {
    sqlite_api::sqlite3_wal_checkpoint(connection, nullptr);
  }
  return 0;
}

}  // namespace

void KeepSqliteFilePrivate(const std::string& file) {
  if (file == ":memory:") return;
  const int fd = open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd >= 0) {
    close(fd);
    return;
  }
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    const std::string path = file + suffix;
    struct stat info {};
    if (stat(path.c_str(), &info) != 0 || (info.st_mode & (S_IRWXG | S_IRWXO)) == 0) continue;
    // This fails for who does not own it, and whose it is not to decide.
    if (chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) continue;
  }
}

void LeaveWriteAheadLogTo(Checkpoints* checkpoints, soci::session* session) {
  sqlite_api::sqlite3_wal_hook(SqliteHandleOf(*session), OnWalCommit, checkpoints);
}

}  // namespace accord::storage
