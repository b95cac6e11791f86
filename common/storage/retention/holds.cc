#include "common/storage/retention/holds.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/page_sql.h"
#include "common/storage/retention/bare_version.h"
#include "common/storage/sealing/keyring.h"

namespace accord::storage {

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
  // Where versions are swept, no resource keeps the number, and the log accepts each number only once.
  event.version = std::max<int64_t>(std::get<0>(rows.at(0)) + 1, absl::ToUnixMicros(write.now));
  return StoreBareVersion(tx, StatementBatch(), event, write);
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
