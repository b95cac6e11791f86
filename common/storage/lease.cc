#include "common/storage/lease.h"

#include <string>

namespace accord::storage {

absl::StatusOr<bool> TakeLease(Transaction& tx, std::string_view name, std::string_view holder,
                               absl::Time now, absl::Duration life) {
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
  if (owner != holder && until > absl::ToUnixMicros(now)) return false;
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("update lease set holder = :p1, expires_us = :p2 where name = :p3", holder, expires, name)
          .status());
  return true;
}

}  // namespace accord::storage
