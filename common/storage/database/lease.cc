#include "common/storage/database/lease.h"

#include <algorithm>
#include <string>

namespace accord::storage {
namespace {

// This is the largest difference between the clocks of two replicas, unless one of them is wrong.
constexpr absl::Duration kClocksDiffer = absl::Minutes(1);

}  // namespace

absl::StatusOr<bool> TakeLease(Transaction& tx, std::string_view name, std::string_view holder,
                               absl::Time now, absl::Duration life, absl::Duration longest) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, int64_t>(
                                         "select holder, expires_us from lease where name = :p1", name)));
  const int64_t expires = absl::ToUnixMicros(now + life);
  if (rows.empty()) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into lease (name, holder, expires_us) values (:p1, :p2, :p3)", name, holder, expires)
            .status());
    return true;
  }
  const auto& [owner, until] = rows.front();
  const int64_t latest = absl::ToUnixMicros(now + std::max(life, longest) + kClocksDiffer);
  if (owner != holder && until > absl::ToUnixMicros(now) && until <= latest) return false;
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("update lease set holder = :p1, expires_us = :p2 where name = :p3", holder, expires, name)
          .status());
  return true;
}

}  // namespace accord::storage
