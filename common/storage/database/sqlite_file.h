// This is the file of a SQLite database, with its write-ahead log. It is private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_SQLITE_FILE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_SQLITE_FILE_H_

#include <soci/soci.h>

#include <string>

namespace accord::storage {

class Checkpoints;

// A database is its service's alone, whatever the umask: SQLite makes its other files like the first. This
// does not use a descriptor of a file that is there, because closing one would give up the locks of all
// its sessions.
void KeepSqliteFilePrivate(const std::string& file);

// From now on commits of this open session leave the write-ahead log to `checkpoints`.
void LeaveWriteAheadLogTo(Checkpoints* checkpoints, soci::session* session);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_SQLITE_FILE_H_
