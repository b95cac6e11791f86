#include "services/protocols/oversight/emergency_store.h"

#include <string>

#include "common/base/error.h"

namespace accord::protocols {

absl::Status OpenInEmergency(storage::Transaction& tx, const std::string& agency, const std::string& name,
                             absl::Time until) {
  return tx
      .Exec(
          "insert into emergency (agency, name, until_us) values (:p1, :p2, :p3) on conflict (agency, name) "
          "do "
          "update set until_us = excluded.until_us",
          agency, name, absl::ToUnixMicros(until))
      .status();
}

absl::StatusOr<bool> IsOpenInEmergency(storage::Transaction& tx, const std::string& agency,
                                       const std::string& name, absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select until_us from emergency where agency = :p1 and name = :p2 and until_us > :p3",
                        agency, name, absl::ToUnixMicros(now)));
  return !rows.empty();
}

}  // namespace accord::protocols
