#include "common/storage/retention/history.h"

#include "common/base/error.h"
#include "common/storage/database/row_set.h"

namespace accord::storage {
absl::StatusOr<Swept> SweepEvents(Transaction& tx, absl::Time before, int limit, EventPass* pass) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t settled, SettledUpTo(tx));
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<int64_t, int64_t, int64_t, int64_t>(
                              "select e.position, e.seq, e.at_us, case when exists (select 1 from held h "
                              "where h.name = e.name) or "
                              "exists (select 1 from legal_hold h where h.name = e.name) then 1 else 0 end "
                              "from event e where e.position > :p1 and e.position < :p2 and "
                              "e.position < (select max(position) from event) order by e.position limit :p3",
                              pass->after, settled, limit)));
  Swept swept;
  RowSet old("event", {{"seq", RowSet::kNumber}});
  swept.more = static_cast<int>(rows.size()) == limit;
  for (const auto& [position, seq, at, held] : rows) {
    // After a young event all are young, or so little older that a later pass can remove them.
    if (at >= absl::ToUnixMicros(before)) {
      swept.more = false;
      break;
    }
    pass->after = position;
    if (held != 0) continue;
    old.Add({static_cast<long long>(seq)});
    ++swept.dropped;
  }
  ACCORD_RETURN_IF_ERROR(old.Delete(tx));
  return swept;
}

absl::StatusOr<Swept> SweepRevisions(Transaction& tx, absl::Time before, int limit, RevisionPass* pass) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t settled, SettledUpTo(tx));
  if (settled == 0) return Swept();
  // A change and its event have the same instant. An event that was removed was settled then.
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, std::string, std::string, int64_t, int64_t>(
          "select r.at_us, r.kind, r.name, r.version, case when "
          "exists (select 1 from held h where h.name = r.name) or "
          "exists (select 1 from legal_hold h where h.name = r.name) or "
          "exists (select 1 from resource s where s.kind = r.kind and s.name = r.name and "
          "s.version = r.version) or "
          "exists (select 1 from event e where e.at_us = r.at_us and e.kind = r.kind and e.name = r.name and "
          "e.version in (0, r.version) and (e.position is null or e.position >= :p1)) "
          "then 1 else 0 end from revision r where r.at_us < :p2 and "
          "(r.at_us, r.kind, r.name, r.version) > (:p3, :p4, :p5, :p6) "
          "order by r.at_us, r.kind, r.name, r.version limit :p7",
          settled, absl::ToUnixMicros(before), pass->at_us, pass->kind, pass->name, pass->version, limit)));
  Swept swept;
  RowSet old("revision", {{"kind", RowSet::kText}, {"name", RowSet::kText}, {"version", RowSet::kNumber}});
  swept.more = static_cast<int>(rows.size()) == limit;
  for (const auto& [at, kind, name, version, keep] : rows) {
    *pass = {at, kind, name, version};
    if (keep != 0) continue;
    old.Add({kind, name, static_cast<long long>(version)});
    ++swept.dropped;
  }
  ACCORD_RETURN_IF_ERROR(old.Delete(tx));
  return swept;
}

}  // namespace accord::storage
