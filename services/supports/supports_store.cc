#include "services/supports/supports_store.h"

#include "common/storage/database/migration_file.h"

namespace accord::supports {

// cmake/Embed.cmake generates this function, which gives the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> SupportsMigrations() { return storage::MigrationsIn(MigrationFiles()); }

}  // namespace accord::supports
