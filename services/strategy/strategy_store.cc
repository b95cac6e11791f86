#include "services/strategy/strategy_store.h"

#include "common/storage/database/migration_file.h"

namespace accord::strategy {

// cmake/Embed.cmake generates this function, which gives the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> StrategyMigrations() { return storage::MigrationsIn(MigrationFiles()); }

}  // namespace accord::strategy
