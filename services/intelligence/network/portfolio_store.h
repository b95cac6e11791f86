// Stores which position of the bureau covers which police service.
#ifndef ACCORD_SERVICES_INTELLIGENCE_NETWORK_PORTFOLIO_STORE_H_
#define ACCORD_SERVICES_INTELLIGENCE_NETWORK_PORTFOLIO_STORE_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::intelligence {

// This assigns the police service to this position and to no other.
absl::Status KeepPortfolio(storage::Transaction& tx, const std::string& police_service,
                           const std::string& position);
// This gives the position that covers each police service, by police service.
absl::StatusOr<std::map<std::string, std::string>> Portfolio(storage::Transaction& tx);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_NETWORK_PORTFOLIO_STORE_H_
