#include "services/registry/epoch.h"

#include "common/base/ids.h"

namespace accord::registry {

absl::StatusOr<std::string> EpochOf(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, tx.Query<std::string>("select epoch from registry_epoch where id = 1"));
  return rows.empty() ? "" : std::get<0>(rows[0]);
}

absl::Status BeginEpoch(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const std::string epoch, EpochOf(tx));
  if (!epoch.empty()) return absl::OkStatus();
  return tx.Exec("insert into registry_epoch (id, epoch) values (1, :p1)", Hex(RandomBytes(16))).status();
}

}  // namespace accord::registry
