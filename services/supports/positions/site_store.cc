#include "services/supports/positions/site_store.h"

#include <cstdint>

#include "common/base/error.h"

namespace accord::supports {

absl::StatusOr<bool> TakeSite(storage::Transaction& tx, const std::string& program, const std::string& site,
                              const std::string& position) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec(
          "insert into taken_site (program, site, position) values (:p1, :p2, :p3) on conflict do nothing",
          program, site, position));
  return taken == 1;
}

absl::Status LeaveSite(storage::Transaction& tx, const std::string& position) {
  return tx.Exec("delete from taken_site where position = :p1", position).status();
}

}  // namespace accord::supports
