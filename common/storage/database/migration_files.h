// Migrations are files: `migrations/NUMBER_SLUG.sql` beside the code whose tables they make, with a number of
// four digits. Each begins with its headers, then may have a line `--` and remarks, and its statements
// follow:
//
//   -- title: bodies in binary
//   -- older versions cannot run: yes
//   --
//   -- The version before reads JSON alone.
//
// Databases store the checksum of the statements, and a step whose statements changed refuses to start.
// Headers and remarks are no part of it, nor are empty lines at either end: a line end is stored before and
// after the statements, unless the header `stored line ends` of an old step says `before`, `after` or `none`.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILES_H_
#define ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"
#include "common/storage/database/migration_file.h"

namespace accord::storage {

// INVALID_ARGUMENT, naming the file, for a header that is unknown, missing, malformed or there twice, for a
// name of another form, and for a number that is not above the one before it.
absl::StatusOr<std::vector<Migration>> ReadMigrations(const std::vector<MigrationFile>& files);

// Reads files that the program itself carries: it ends at once if one cannot be read.
std::vector<Migration> MigrationsIn(const std::vector<MigrationFile>& files);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILES_H_
