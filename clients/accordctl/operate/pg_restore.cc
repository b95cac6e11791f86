#include "clients/accordctl/operate/pg_restore.h"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/process.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/storage/backup/postgres_environment.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

// This is a temporary folder that only its owner may open, removed with its content.
class TemporaryFolder {
 public:
  static absl::StatusOr<std::unique_ptr<TemporaryFolder>> Make() {
    std::error_code failed;
    const fs::path place = fs::temp_directory_path(failed);
    std::string pattern = (place / "accord-restore-XXXXXX").string();
    if (failed || ::mkdtemp(pattern.data()) == nullptr) {
      return absl::FailedPreconditionError(
          "no folder for the restore could be made: let TMPDIR name one with room for the dump as text");
    }
    return std::make_unique<TemporaryFolder>(pattern);
  }
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string File(const std::string& name) const { return fs::path(path_) / name; }

 private:
  const std::string path_;
};

// This empties a schema without dropping it, because it belongs to the administrator and its owner may not
// create one. pg_restore's own `--clean` fails on partitions of a table.
std::string EmptySchemaSql(const std::string& schema) {
  constexpr char kEmpty[] = R"sql(do $empty$
declare one record;
begin
  for one in select c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = '$schema' and c.relkind in ('r', 'p') and not c.relispartition loop
    execute format('drop table %I.%I cascade', '$schema', one.relname);
  end loop;
  for one in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = '$schema' and c.relkind = 'S' loop
    execute format('drop sequence %I.%I cascade', '$schema', one.relname);
  end loop;
  for one in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = '$schema' loop
    execute format('drop routine %s cascade', one.name);
  end loop;
end $empty$;
)sql";
  return absl::StrReplaceAll(kEmpty, {{"$schema", absl::StrReplaceAll(schema, {{"'", "''"}})}});
}

}  // namespace

absl::Status RestorePostgres(const std::string& file, const std::string& dsn, const std::string& schema,
                             bool replace) {
  ACCORD_ASSIGN_OR_RETURN(auto environment, storage::PostgresEnvironment(dsn));
  const std::string from = absl::StrCat("--schema=", schema);
  if (!replace) {
    return RunProgram({"pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", from,
                       absl::StrCat("--dbname=", environment["PGDATABASE"]), file},
                      environment);
  }
  ACCORD_ASSIGN_OR_RETURN(const auto folder, TemporaryFolder::Make());
  const std::string empty = folder->File("empty.sql"), restore = folder->File("restore.sql");
  ACCORD_RETURN_IF_ERROR(WriteFile(empty, EmptySchemaSql(schema), FileKind::kSecret));
  ACCORD_RETURN_IF_ERROR(RunProgram(
      {"pg_restore", "--exit-on-error", "--no-owner", from, absl::StrCat("--file=", restore), file}));
  return RunProgram({"psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
                     absl::StrCat("--file=", empty), absl::StrCat("--file=", restore)},
                    environment);
}

}  // namespace accord::ctl
