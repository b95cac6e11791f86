#include "common/storage/retention/tombstones.h"

#include "common/base/error.h"

namespace accord::storage {

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

}  // namespace accord::storage
