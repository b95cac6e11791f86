#include "services/training/training_store.h"

#include "common/storage/database/migration_file.h"

namespace accord::training {
// cmake/Embed.cmake generates this function, which gives the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> TrainingMigrations() { return storage::MigrationsIn(MigrationFiles()); }

}  // namespace accord::training
