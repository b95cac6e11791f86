#include "services/strategy/engagement/organisation_store.h"

#include <tuple>

#include "common/base/error.h"

namespace accord::strategy {

absl::StatusOr<std::string> OrganisationOfKey(storage::Transaction& tx, const std::string& key,
                                              const std::string& name) {
  // This is one statement: whoever comes second with this key waits for the first, or tries again after it.
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t fresh,
      tx.Exec("insert into organisation_key (key, name) values (:p1, :p2) on conflict do nothing", key,
              name));
  if (fresh == 1) return name;
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<std::string>("select name from organisation_key where key = :p1", key));
  return rows.empty() ? name : std::get<0>(rows[0]);
}

}  // namespace accord::strategy
