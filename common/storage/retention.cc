#include "common/storage/retention.h"

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/erasing.h"
#include "common/storage/idempotency.h"

namespace accord::storage {

absl::Status EraseContent(Transaction& tx, const std::string& kind, const std::string& name) {
  // Stored answers hold what was said too.
  ACCORD_RETURN_IF_ERROR(EraseAnswers(tx, name));
  ACCORD_RETURN_IF_ERROR(EraseAnswersOfChanges(tx, kind, name));
  ACCORD_RETURN_IF_ERROR(tx.Exec(erasing::kRevisions, kind, name).status());
  return tx.Exec(erasing::kResource, kind, name).status();
}

absl::Status EndRecord(Transaction& tx, const std::string& kind, const std::string& name,
                       std::string_view reason, End end, absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const bool held, IsHeld(tx, name));
  if (held) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "LEGAL_HOLD", "This record must be kept.");
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows, (tx.Query<std::string, std::string>(
                           "select owner, body from resource where kind = :p1 and name = :p2", kind, name)));
  if (rows.empty()) return NotFound();
  const auto& [owner, body] = rows[0];
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from visible where kind = :p1 and name = :p2", kind, name).status());
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from due where kind = :p1 and name = :p2", kind, name).status());
  ACCORD_RETURN_IF_ERROR(EraseAnswers(tx, name));
  if (end == End::kPurged) ACCORD_RETURN_IF_ERROR(EraseContent(tx, kind, name));
  return tx
      .Exec(
          "insert into tombstone (owner, name, kind, at_us, reason, purged, digest) values (:p1, :p2, :p3, "
          ":p4, :p5, :p6, :p7)",
          owner, name, kind, absl::ToUnixMicros(now), reason, end == End::kPurged ? 1 : 0,
          Hex(Sha256(body.substr(0, body.find('\n')))))
      .status();
}

absl::StatusOr<bool> HasEnded(Transaction& tx, const std::string& owner, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select name from tombstone where owner = :p1 and name = :p2", owner, name));
  return !rows.empty();
}

absl::StatusOr<std::vector<TombstoneRow>> Tombstones(Transaction& tx, const std::string& owner,
                                                     const std::string& after, int limit) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<std::string, int64_t, std::string, int64_t, std::string>(
          "select name, at_us, reason, purged, digest from tombstone where owner = :p1 and name > :p2 "
          "order by name limit :p3",
          owner, after, limit)));
  std::vector<TombstoneRow> stones;
  for (const auto& [name, at, reason, purged, digest] : rows) {
    stones.push_back(
        {name, absl::FromUnixMicros(at), reason, purged != 0 ? End::kPurged : End::kSealed, digest});
  }
  return stones;
}

absl::Status PlaceHold(Transaction& tx, const std::string& name, const std::string& reason,
                       const Write& write) {
  return tx
      .Exec("insert into legal_hold (name, reason, agency, actor, at_us) values (:p1, :p2, :p3, :p4, :p5)",
            name, reason, write.agency, write.actor, absl::ToUnixMicros(write.now))
      .status();
}

absl::StatusOr<std::string> LiftHold(Transaction& tx, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select reason from legal_hold where name = :p1", name));
  if (rows.empty()) return NotFound();
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from legal_hold where name = :p1", name).status());
  return std::get<0>(rows[0]);
}

absl::StatusOr<bool> IsHeld(Transaction& tx, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select name from legal_hold where name = :p1", name));
  return !rows.empty();
}

}  // namespace accord::storage
