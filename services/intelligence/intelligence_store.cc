#include "services/intelligence/intelligence_store.h"

#include "common/storage/database/migration_file.h"

namespace accord::intelligence {
// cmake/Embed.cmake writes this function, which gives the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> IntelligenceMigrations() { return storage::MigrationsIn(MigrationFiles()); }

}  // namespace accord::intelligence
