#include "common/storage/retention/retention.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/database/statement_batch.h"
#include "common/storage/records/erasing.h"
#include "common/storage/records/feed_steps.h"
#include "common/storage/records/gone.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/records/page_sql.h"
#include "common/storage/records/visible_rows.h"
#include "common/storage/sealing/keyring.h"

namespace accord::storage {
namespace {

// Adds to `change` the version without content that `event` reports. Without it, the change could
// not be compared with the log, nor be noticed after an older copy is restored.
absl::Status StoreBare(Transaction& tx, StatementBatch change, const Event& event, const Write& write) {
  change.Add(
      "insert into revision (kind, name, version, at_us, agency, actor, request_id, body, seal_key) "
      "values (:p1, :p2, :p3, :p4, :p5, :p6, :p7, '{}', '')",
      {event.kind, event.name, static_cast<long long>(event.version),
       static_cast<long long>(absl::ToUnixMicros(event.at)), write.agency, write.actor, write.request_id});
  AddEvent(tx, event, write.request_id, &change);
  ACCORD_RETURN_IF_ERROR(change.Run(tx));
  tx.Wrote({event.name, event.version, event.kind, write.agency});
  return absl::OkStatus();
}

absl::Status StoreEnd(Transaction& tx, const Event& event, const Write& write) {
  StatementBatch change;
  // Nobody sees the record any more, so this version counts as indexed.
  change.Add(
      "update resource set version = :p1, listed = :p2, update_us = :p3 where kind = :p4 and name = :p5",
      {static_cast<long long>(event.version), static_cast<long long>(event.version),
       static_cast<long long>(absl::ToUnixMicros(event.at)), event.kind, event.name});
  return StoreBare(tx, std::move(change), event, write);
}

}  // namespace

absl::Status EraseContent(Transaction& tx, const std::string& kind, const std::string& name) {
  // Stored answers contain the record's earlier content too.
  ACCORD_RETURN_IF_ERROR(EraseAnswers(tx, name));
  ACCORD_RETURN_IF_ERROR(EraseAnswersOfChanges(tx, kind, name));
  ACCORD_RETURN_IF_ERROR(tx.Exec(erasing::kRevisions, kind, name).status());
  return tx.Exec(erasing::kResource, kind, name).status();
}

absl::Status EndRecord(Transaction& tx, const std::string& kind, const std::string& name,
                       std::string_view reason, End end, const Write& write,
                       const std::vector<std::string>& told) {
  ACCORD_ASSIGN_OR_RETURN(const bool held, IsHeld(tx, name));
  if (held) {
    return Refuse(rules::kLegalHold, "This record must be kept.");
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<std::string, std::string, int64_t>(
          "select owner, body, version from resource where kind = :p1 and name = :p2", kind, name)));
  if (rows.empty()) return NotFound();
  const auto& [owner, body, version] = rows[0];
  ACCORD_ASSIGN_OR_RETURN(
      const auto viewers,
      tx.Query<std::string>("select agency from visible where kind = :p1 and name = :p2 and field = '' and "
                            "value = ''",
                            kind, name));
  // A viewer that may only count the record has only rows with a field.
  ACCORD_RETURN_IF_ERROR(
      tx.Exec(
            "delete from visible where kind = :p1 and name = :p2 and (agency = :p3 or agency in (select "
            "v.agency from visible v where v.kind = :p4 and v.name = :p5 and v.field = '' and v.value = ''))",
            kind, name, kOwnRows, kind, name)
          .status());
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from due where kind = :p1 and name = :p2", kind, name).status());
  ACCORD_RETURN_IF_ERROR(EraseContent(tx, kind, name));
  ACCORD_RETURN_IF_ERROR(StoreEnd(tx,
                                  {.kind = kind,
                                   .name = name,
                                   .owner = owner,
                                   .state = end == End::kPurged ? "purged" : "sealed",
                                   .version = version + 1,
                                   .at = write.now,
                                   .agency = write.agency,
                                   .act = write.act},
                                  write));
  std::set<std::string> agencies(told.begin(), told.end());
  if (agencies.empty()) agencies.insert(owner);
  const std::string digest = Hex(Sha256(body.substr(0, body.find('\n'))));
  for (const std::string& agency : agencies) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into tombstone (owner, name, kind, at_us, reason, purged, digest) values "
                "(:p1, :p2, :p3, :p4, :p5, :p6, :p7)",
                agency, name, kind, absl::ToUnixMicros(write.now), reason, end == End::kPurged ? 1 : 0,
                digest)
            .status());
  }
  // Nobody is told of a sealed record, not even its name.
  if (end == End::kSealed) return absl::OkStatus();
  std::vector<std::string> saw;
  for (const auto& [viewer] : viewers) {
    if (agencies.contains(viewer)) saw.push_back(viewer);
  }
  return TellGone(tx, kind, name, Gone::kPurged, saw, write.now);
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
      .Exec("insert into held (name, agency, reason, actor, at_us) values (:p1, :p2, :p3, :p4, :p5)", name,
            write.agency, reason, write.actor, absl::ToUnixMicros(write.now))
      .status();
}

// A hold from before each agency had its own is in the table legal_hold.
absl::StatusOr<std::string> LiftHold(Transaction& tx, const std::string& name, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select reason from held where name = :p1 and agency = :p2 union all "
                            "select reason from legal_hold where name = :p3 and agency = :p4",
                            name, agency, name, agency));
  if (rows.empty()) return NotFound();
  for (const char* table : {"held", "legal_hold"}) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec(absl::StrCat("delete from ", table, " where name = :p1 and agency = :p2"), name, agency)
            .status());
  }
  return std::get<0>(rows[0]);
}

absl::StatusOr<HoldPage> HoldsOf(Transaction& tx, const std::string& agency, const std::string& after,
                                 int size) {
  ByteLimit limit{kPageBytes};
  const std::string sql = WithinBytes(
      tx, "name, body, actor, at_us", "name", limit,
      "select name, reason as body, actor, at_us from held where agency = :p1 and name > :p2 union all "
      "select name, reason, actor, at_us from legal_hold where agency = :p3 and name > :p4 "
      "order by name limit :p5");
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows, (tx.QueryValues<std::string, std::string, std::string, int64_t>(
                           sql, {agency, after, agency, after, static_cast<long long>(size) + 1}, &limit)));
  HoldPage page;
  page.more = static_cast<int>(rows.size()) > size || limit.reached;
  for (const auto& [name, reason, actor, at] : rows) {
    if (static_cast<int>(page.rows.size()) == size) break;
    page.rows.push_back({name, reason, actor, absl::FromUnixMicros(at)});
  }
  return page;
}

absl::Status NoteHold(Transaction& tx, const std::string& name, std::string_view state, const Write& write) {
  const Keyring* ring = tx.keyring();
  const std::string key = ring != nullptr ? ring->Index("legal_hold", name) : Hex(Sha256(name));
  Event event{.kind = "legal_hold",
              .name = absl::StrCat("agencies/", write.agency, "/legalHolds/", key.substr(0, 32)),
              .owner = write.agency,
              .state = std::string(state),
              .at = write.now,
              .agency = write.agency,
              .act = write.act};
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<int64_t>("select coalesce(max(version), 0) from revision where "
                                            "kind = :p1 and name = :p2",
                                            event.kind, event.name));
  // Where versions are swept, no resource keeps the number, and the log accepts each number
  // only once.
  event.version = std::max<int64_t>(std::get<0>(rows.at(0)) + 1, absl::ToUnixMicros(write.now));
  return StoreBare(tx, StatementBatch(), event, write);
}

absl::StatusOr<bool> IsHeld(Transaction& tx, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select name from held where name = :p1 union all "
                                                "select name from legal_hold where name = :p2",
                                                name, name));
  return !rows.empty();
}

absl::StatusOr<bool> IsHeldBy(Transaction& tx, const std::string& name, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select name from held where name = :p1 and agency = :p2 union all "
                            "select name from legal_hold where name = :p3 and agency = :p4",
                            name, agency, name, agency));
  return !rows.empty();
}

}  // namespace accord::storage
