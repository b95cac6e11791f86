#include "services/prosecution/prosecution_store.h"

#include "common/storage/database/migration_file.h"

namespace accord::prosecution {
// cmake/Embed.cmake writes this function, which gives the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> ProsecutionMigrations() { return storage::MigrationsIn(MigrationFiles()); }

}  // namespace accord::prosecution
