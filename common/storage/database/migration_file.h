// A migration as the program carries it, apart from what reads it (migration_files.h).
#ifndef ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_

#include <string>
#include <string_view>
#include <vector>

namespace accord::storage {

struct MigrationFile {
  // The name has no folders.
  std::string name;
  std::string_view text;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_
