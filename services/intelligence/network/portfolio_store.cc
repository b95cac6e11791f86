#include "services/intelligence/network/portfolio_store.h"

#include "common/base/error.h"

namespace accord::intelligence {

absl::Status KeepPortfolio(storage::Transaction& tx, const std::string& police_service,
                           const std::string& position) {
  // The key is the police service: a second position cannot share the service but only take it over.
  return tx
      .Exec(
          "insert into portfolio (police_service, position) values (:p1, :p2) on conflict (police_service) "
          "do "
          "update set position = excluded.position",
          police_service, position)
      .status();
}

absl::StatusOr<std::map<std::string, std::string>> Portfolio(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, (tx.Query<std::string, std::string>("select police_service, position from portfolio")));
  std::map<std::string, std::string> portfolio;
  for (auto& [service, position] : rows) portfolio[service] = position;
  return portfolio;
}

}  // namespace accord::intelligence
