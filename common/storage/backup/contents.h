// These are the contents of a database, by which a copy is compared with what it was made of.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_CONTENTS_H_
#define ACCORD_COMMON_STORAGE_BACKUP_CONTENTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// These are values that identify the state of a database.
struct Contents {
  // This is the schema with the tables, on PostgreSQL only.
  std::string postgres_schema;
  // This is the number of tables; it is 0 for an empty database.
  int64_t tables = 0;
  // This is the newest migration's number.
  int64_t schema = 0;
  // This is the sequence number of the newest change.
  int64_t changes = 0;
  // This is the number of changes that its feed has reported or will report. Unlike a sequence, it has
  // no gaps.
  int64_t position = 0;
  // Only the audit service has these: the number of entries of its log, and the root in base 64.
  int64_t log_size = 0;
  std::string log_root;
};
// This statement selects Contents::position.
inline constexpr char kPositionSql[] =
    "select coalesce(max(position), 0) + (select count(*) from event where position is null) from event";
// This reads the contents of a database. It fails with NOT_FOUND if there is no such SQLite file, and does
// not create it.
absl::StatusOr<Contents> ContentsOf(const std::string& dsn);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_CONTENTS_H_
