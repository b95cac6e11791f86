// This is one step by which the schema of a database is made or changed.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_H_
#define ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_H_

#include <string>

namespace accord::storage {

// This is one step of a schema, forward only. `sql` is statements separated by ";\n". `{autoinc}` stands for
// an automatic bigint primary key, `{text}` for text that is ordered by its bytes, `{app}` for the role that
// serves; a `grant` is for PostgreSQL alone, as is a statement that begins with `{postgres}`, and one that
// begins with `{sqlite}` for SQLite. A step whose statements are all `create index {concurrently} NAME on`
// holds up no writer of PostgreSQL: it runs outside of a transaction, and again from where it was broken off.
// migration_file.h reads steps from files.
struct Migration {
  int version;
  std::string name;
  std::string sql;
  // If this is true, the version of the build before this one cannot serve beside it.
  bool breaking = false;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_H_
