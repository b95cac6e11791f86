#include "common/host/status.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "accord/host/v1/status.pb.h"
#include "common/base/version.h"
#include "common/storage/records/schedule.h"
#include "common/storage/sealing/keyring.h"
#include "common/storage/sealing/reseal.h"

namespace accord::host {
namespace {

using storage::Migration;
using storage::Transaction;

// This is the most rows under older keys that are counted in each table.
constexpr int kCounted = 10'000;

google::protobuf::Duration StatusDuration(absl::Duration duration) {
  google::protobuf::Duration out;
  const int64_t micros = absl::ToInt64Microseconds(duration);
  out.set_seconds(micros / 1'000'000);
  out.set_nanos(static_cast<int>(micros % 1'000'000) * 1000);
  return out;
}

absl::Status AddSchemaStatus(Transaction& tx, const std::vector<Migration>& migrations,
                             v1::ServiceStatus* status) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<int64_t>("select version from schema_migration order by version"));
  std::set<int64_t> applied;
  for (const auto& [version] : rows) applied.insert(version);
  if (!applied.empty()) status->set_schema_applied(*applied.rbegin());
  for (const Migration& migration : migrations) {
    status->set_schema_known(std::max<int64_t>(status->schema_known(), migration.version));
    if (!applied.contains(migration.version))
      status->set_migrations_missing(status->migrations_missing() + 1);
  }
  return absl::OkStatus();
}

absl::Status AddScheduleStatus(Transaction& tx, absl::Time now, v1::ServiceStatus* status) {
  ACCORD_ASSIGN_OR_RETURN(const storage::Overdue overdue, storage::OverdueAt(tx, now));
  status->set_overdue(overdue.count);
  if (overdue.count > 0) *status->mutable_oldest_overdue() = StatusDuration(now - overdue.oldest);
  return absl::OkStatus();
}

absl::Status AddSealingStatus(Transaction& tx, v1::ServiceStatus* status) {
  if (tx.keyring() == nullptr) return absl::OkStatus();
  status->set_seal_key(tx.keyring()->current());
  ACCORD_ASSIGN_OR_RETURN(const int64_t rows, storage::RowsUnderOldKeys(tx, kCounted));
  status->set_rows_under_old_keys(rows);
  return absl::OkStatus();
}

absl::Status AddReplicationStatus(Transaction& tx, v1::ServiceStatus* status) {
  ACCORD_ASSIGN_OR_RETURN(const auto recovery,
                          tx.Query<int64_t>("select cast(pg_is_in_recovery() as integer)"));
  status->set_primary(std::get<0>(recovery.at(0)) == 0);
  if (!status->primary()) return absl::OkStatus();
  // Without the role pg_monitor, PostgreSQL gives null for the positions of others' connections.
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<std::string, int64_t, std::optional<int64_t>>(
          "select application_name, cast(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) as bigint), "
          "cast(extract(epoch from replay_lag) * 1000000 as bigint) from pg_stat_replication "
          "where replay_lsn is not null order by application_name")));
  for (const auto& [name, bytes, micros] : rows) {
    auto* standby = status->add_standbys();
    standby->set_name(name);
    standby->set_lag_bytes(bytes);
    if (micros) *standby->mutable_lag() = StatusDuration(absl::Microseconds(*micros));
  }
  return absl::OkStatus();
}

}  // namespace

void RegisterStatus(const std::string& service, const std::vector<Migration>& migrations, absl::Time start,
                    Handlers* handlers) {
  handlers->Read<v1::GetServiceStatusRequest, v1::ServiceStatus>(
      absl::StrCat("/accord.", service, ".v1.StatusService/GetServiceStatus"),
      [service, migrations, start, law = handlers->law(), tell = handlers->tell_status()](
          Call& call, Transaction& tx,
          const v1::GetServiceStatusRequest&) -> absl::StatusOr<v1::ServiceStatus> {
        v1::ServiceStatus status;
        status.set_service(service);
        status.set_version(Version());
        status.set_gateway(call.caller().gateway);
        *status.mutable_time() = accord::ToProto(call.now());
        *status.mutable_start_time() = accord::ToProto(start);
        if (!law.checked_to().empty()) *status.mutable_law() = law;
        if (tell) ACCORD_RETURN_IF_ERROR(tell(tx, &status));
        status.set_database(tx.postgres() ? v1::DATABASE_KIND_POSTGRESQL : v1::DATABASE_KIND_SQLITE);
        ACCORD_RETURN_IF_ERROR(AddSchemaStatus(tx, migrations, &status));
        ACCORD_RETURN_IF_ERROR(AddScheduleStatus(tx, call.now(), &status));
        ACCORD_RETURN_IF_ERROR(AddSealingStatus(tx, &status));
        if (tx.postgres()) ACCORD_RETURN_IF_ERROR(AddReplicationStatus(tx, &status));
        return status;
      });
}

}  // namespace accord::host
