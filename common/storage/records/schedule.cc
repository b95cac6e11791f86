#include "common/storage/records/schedule.h"

#include "common/base/error.h"

namespace accord::storage {

absl::Status Schedule(Transaction& tx, const std::string& kind, const std::string& name,
                      std::optional<absl::Time> at) {
  if (!at) return tx.Exec("delete from due where kind = :p1 and name = :p2", kind, name).status();
  // It does not check first whether there is a row: two serializable PostgreSQL transactions would
  // conflict if they looked for adjacent rows and then stored them.
  return tx
      .Exec(
          "insert into due (kind, name, at_us) values (:p1, :p2, :p3) on conflict (kind, name) do update "
          "set at_us = excluded.at_us, retry_us = 0",
          kind, name, absl::ToUnixMicros(*at))
      .status();
}

absl::Status Postpone(Transaction& tx, const std::string& kind, const std::string& name, absl::Time at) {
  return tx
      .Exec("update due set retry_us = :p1 where kind = :p2 and name = :p3", absl::ToUnixMicros(at), kind,
            name)
      .status();
}

absl::StatusOr<std::vector<Due>> DueAt(Transaction& tx, const std::string& kind, absl::Time now, int limit) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, int64_t>(
                                         "select name, at_us from due where kind = :p1 and at_us <= :p2 and "
                                         "retry_us <= :p3 order by at_us limit :p4",
                                         kind, absl::ToUnixMicros(now), absl::ToUnixMicros(now), limit)));
  std::vector<Due> due;
  for (auto& [name, at] : rows) due.push_back({kind, name, absl::FromUnixMicros(at)});
  return due;
}

absl::StatusOr<Overdue> OverdueOfKind(Transaction& tx, const std::string& kind, absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<int64_t, std::optional<int64_t>>(
                              "select count(*), min(at_us) from (select at_us from due where kind = :p1 and "
                              "at_us <= :p2 order by at_us limit :p3) as overdue",
                              kind, absl::ToUnixMicros(now), kCountedOverdue)));
  const auto& [count, oldest] = rows.at(0);
  Overdue overdue;
  overdue.count = count;
  if (oldest) overdue.oldest = absl::FromUnixMicros(*oldest);
  return overdue;
}

absl::StatusOr<Overdue> OverdueAt(Transaction& tx, absl::Time now) {
  Overdue all;
  // Steps from kind to kind by the index, which begins with the kind, because the table may be large.
  for (std::string kind;;) {
    ACCORD_ASSIGN_OR_RETURN(
        auto next,
        tx.Query<std::string>("select kind from due where kind > :p1 order by kind limit 1", kind));
    if (next.empty()) return all;
    kind = std::get<0>(next[0]);
    ACCORD_ASSIGN_OR_RETURN(const Overdue of_kind, OverdueOfKind(tx, kind, now));
    all.count += of_kind.count;
    all.oldest = std::min(all.oldest, of_kind.oldest);
  }
}

}  // namespace accord::storage
