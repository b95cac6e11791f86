// Migrations are files: `migrations/NUMBER_SLUG.sql` beside the code whose tables they make, with a
// number of four digits. Each begins with its headers, may then have a line `--` and remarks, and
// ends with its statements:
//
//   -- title: bodies in binary
//   -- older versions cannot run: yes
//   --
//   -- The version before reads JSON alone.
//
// Databases store the checksum of the statements, and the program refuses to start if the
// statements of a stored step have changed. The checksum covers neither headers nor remarks nor
// empty lines at either end. A line end is stored before and after the statements, unless the
// header `stored line ends` of an old step says `before`, `after` or `none`.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/database/migration.h"

namespace accord::storage {

// This is a migration file as it is embedded in the program.
struct MigrationFile {
  // This is the file's name without folders.
  std::string name;
  std::string_view text;
};

// This fails with INVALID_ARGUMENT, naming the file, if a header is unknown, missing, malformed or given
// twice, if the file's name has another form, or if a number is not above the one before it.
absl::StatusOr<std::vector<Migration>> ReadMigrations(const std::vector<MigrationFile>& files);

// This reads the files that are embedded in the program. The process ends if one cannot be read.
std::vector<Migration> MigrationsIn(const std::vector<MigrationFile>& files);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_
