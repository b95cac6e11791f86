#include "common/storage/backup/place_sqlite.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/storage/backup/contents.h"
#include "common/storage/backup/not_in_use.h"
#include "common/storage/backup/sync_file.h"

namespace accord::storage {
namespace {

namespace fs = std::filesystem;

}  // namespace

absl::StatusOr<std::string> PlaceSqlite(const std::string& copy, const std::string& database, bool replace) {
  std::string kept;
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(database));
  if (there) {
    ACCORD_ASSIGN_OR_RETURN(const Contents present, ContentsOf(database));
    if (present.tables > 0 && !replace) {
      return Refuse(
          rules::kDatabaseNotEmpty,
          absl::StrCat(database,
                       " holds a database: --replace puts the copy in its place and keeps it aside."));
    }
    ACCORD_RETURN_IF_ERROR(CheckSqliteNotInUse(database));
    kept = absl::StrCat(database, ".replaced-",
                        absl::FormatTime("%Y%m%dT%H%M%E3SZ", absl::Now(), absl::UTCTimeZone()));
  }
  const std::string fresh = database + ".restoring";
  std::error_code error;
  fs::copy_file(copy, fresh, fs::copy_options::overwrite_existing, error);
  if (!error) fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot write ", fresh, ": ", error.message()));
  ACCORD_RETURN_IF_ERROR(SyncFile(fresh));
  if (!kept.empty()) fs::rename(database, kept, error);
  if (!error && !kept.empty()) fs::permissions(kept, fs::perms::owner_read | fs::perms::owner_write, error);
  if (!error) fs::rename(fresh, database, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot replace ", database, ": ", error.message()));
  ACCORD_ASSIGN_OR_RETURN(const std::string place, AbsolutePath(database));
  ACCORD_RETURN_IF_ERROR(SyncFile(fs::path(place).parent_path().string()));
  return kept;
}

}  // namespace accord::storage
