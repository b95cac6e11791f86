#include "services/registry/registry_store.h"

#include "common/storage/database/migration_file.h"

namespace accord::registry {

// cmake/Embed.cmake writes this, which gives the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> RegistryMigrations() { return storage::MigrationsIn(MigrationFiles()); }

}  // namespace accord::registry
