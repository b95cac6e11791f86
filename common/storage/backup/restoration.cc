#include "common/storage/backup/restoration.h"

#include "common/base/error.h"
#include "common/storage/database/has_table.h"

namespace accord::storage {

absl::StatusOr<Restoration> RestorationOf(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const bool told, HasTable(tx, "restoration"));
  if (!told) return Restoration();
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, int64_t>("select log_from, replayed from restoration where id = 1")));
  if (rows.empty()) return Restoration();
  const auto& [from, replayed] = rows[0];
  return Restoration{true, replayed != 0, from};
}

absl::Status MarkRestored(Transaction& tx, int64_t log_from, absl::Time now) {
  for (const char* table :
       {"create table if not exists restoration (id bigint primary key, at_us bigint not null, "
        "log_from bigint not null, replayed bigint not null)",
        "create table if not exists closed_record (kind text not null, name text not null, "
        "method text not null, at_us bigint not null, primary key (kind, name))"}) {
    ACCORD_RETURN_IF_ERROR(tx.Exec(table).status());
  }
  return tx
      .Exec(
          "insert into restoration (id, at_us, log_from, replayed) values (1, :p1, :p2, 0) "
          "on conflict (id) do update set at_us = excluded.at_us, log_from = excluded.log_from, "
          "replayed = 0",
          absl::ToUnixMicros(now), log_from)
      .status();
}

absl::Status MarkReplayed(Transaction& tx) {
  return tx.Exec("update restoration set replayed = 1 where id = 1").status();
}

}  // namespace accord::storage
