// This is how a process opens its database as it starts.
#ifndef ACCORD_COMMON_HOST_OPEN_DATABASE_H_
#define ACCORD_COMMON_HOST_OPEN_DATABASE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/startup/startup.h"
#include "common/storage/database/database.h"

namespace accord::host {

// This is what a process opens its database for. Only one that serves has no more than the rights of
// the service.
enum class DatabaseTask { kServe, kMigrate, kReseal };

// This opens sessions with the name and the keys of the configuration; it fills these in in `options`.
absl::StatusOr<std::unique_ptr<storage::Database>> OpenSessions(const v1::HostConfig& host, DatabaseTask task,
                                                                storage::Options options);

// This opens the database and brings its schema to that of `migrations`.
absl::StatusOr<std::unique_ptr<storage::Database>> OpenDatabase(
    const v1::HostConfig& host, const std::vector<storage::Migration>& migrations, DatabaseTask task);

// This repeats `fn` each second while the database cannot be reached, so that a process that starts during a
// fail-over serves after it.
template <class Fn>
absl::Status WhileUnavailable(const Signals& signals, Fn fn) {
  for (;;) {
    const absl::Status status = fn();
    if (!absl::IsUnavailable(status)) return status;
    LogWarning("waiting_for_database", {{"rule", RuleOf(status)}});
    if (signals.CameWithinASecond()) return absl::CancelledError("ended by a signal");
  }
}

// This waits before a restored database is used until the later changes in the audit log have been replayed;
// otherwise access that was ended after the copy would be open again.
absl::Status AwaitReplay(const Signals& signals, storage::Database* database);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_OPEN_DATABASE_H_
