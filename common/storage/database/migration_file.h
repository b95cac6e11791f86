// A migration file as it is embedded in the program; migration_files.h reads it.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_

#include <string>
#include <string_view>
#include <vector>

namespace accord::storage {

struct MigrationFile {
  // This is the file's name without folders.
  std::string name;
  std::string_view text;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_MIGRATION_FILE_H_
