// These are the tables of the log.
#include "common/storage/database/migration_file.h"
#include "services/audit/log/audit_store.h"

namespace accord::audit {

// cmake/Embed.cmake writes this, which gives the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> AuditMigrations() { return storage::MigrationsIn(MigrationFiles()); }

}  // namespace accord::audit
