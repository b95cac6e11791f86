#include "services/protocols/protocol_store.h"

#include "common/storage/database/migration_file.h"

namespace accord::protocols {
// cmake/Embed.cmake writes this function, which gives the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> ProtocolMigrations() { return storage::MigrationsIn(MigrationFiles()); }

}  // namespace accord::protocols
