#include "common/storage/records/core_schema.h"

#include <iterator>
#include <utility>

#include "common/storage/database/migration_file.h"

namespace accord::storage {

// This gives the files of the folder `migrations`; cmake/Embed.cmake writes this function.
std::vector<MigrationFile> MigrationFiles();

std::vector<Migration> CoreMigrations() { return MigrationsIn(MigrationFiles()); }

std::vector<Migration> WithCore(std::vector<Migration> own) {
  std::vector<Migration> all = CoreMigrations();
  std::move(own.begin(), own.end(), std::back_inserter(all));
  return all;
}

}  // namespace accord::storage
