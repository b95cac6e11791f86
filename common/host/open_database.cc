#include "common/host/open_database.h"

#include <utility>

#include "common/base/file.h"
#include "common/storage/backup/restoration.h"
#include "common/storage/sealing/keyring.h"

namespace accord::host {
namespace {

absl::StatusOr<std::string> DatabaseName(const v1::HostConfig& config, DatabaseTask task) {
  if (config.database().empty() == config.database_file().empty()) {
    return absl::InvalidArgumentError("set exactly one of database and database_file");
  }
  const bool as_owner = task != DatabaseTask::kServe && !config.owner_database_file().empty();
  if (!as_owner && !config.database().empty()) return config.database();
  auto dsn = ReadFile(as_owner ? config.owner_database_file() : config.database_file());
  if (dsn.ok()) dsn->erase(dsn->find_last_not_of(" \n\r\t") + 1);
  return dsn;
}

}  // namespace

absl::StatusOr<std::unique_ptr<storage::Database>> OpenSessions(const v1::HostConfig& host, DatabaseTask task,
                                                                storage::Options options) {
  ACCORD_ASSIGN_OR_RETURN(options.dsn, DatabaseName(host, task));
  ACCORD_ASSIGN_OR_RETURN(options.keyring,
                          storage::Keyring::Load({host.seal_key_files().begin(), host.seal_key_files().end()},
                                                 host.index_key_file()));
  return storage::Database::Open(options);
}

absl::StatusOr<std::unique_ptr<storage::Database>> OpenDatabase(
    const v1::HostConfig& host, const std::vector<storage::Migration>& migrations, DatabaseTask task) {
  storage::Options options;
  options.sessions = 1;
  if (task == DatabaseTask::kServe) {
    options.sessions = host.database_sessions() > 0 ? host.database_sessions() : 8;
    options.reserved_sessions = host.reserved_database_sessions() > 0 ? host.reserved_database_sessions() : 2;
  }
  ACCORD_ASSIGN_OR_RETURN(auto database, OpenSessions(host, task, std::move(options)));
  ACCORD_RETURN_IF_ERROR(database->Migrate(migrations));
  return database;
}

absl::Status AwaitReplay(const Signals& signals, storage::Database* database) {
  for (bool told = false;; told = true) {
    const auto state = database->Read(storage::RestorationOf);
    if (!state.ok() && !absl::IsUnavailable(state.status())) return state.status();
    if (state.ok() && state->replayed) return absl::OkStatus();
    if (!told) LogWarning("restored_not_replayed", {{"rule", "RESTORED_NOT_REPLAYED"}});
    if (signals.CameWithinASecond()) return absl::CancelledError("ended by a signal");
  }
}

}  // namespace accord::host
