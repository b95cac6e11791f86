// Organisations by their folded names, so that each is there once.
#ifndef ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ORGANISATION_STORE_H_
#define ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ORGANISATION_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::strategy {

// Which organisation has this key from now on: the one that had it, or `name` if none did. Of two who come at
// once with one key, both are told the same.
absl::StatusOr<std::string> OrganisationOfKey(storage::Transaction& tx, const std::string& key,
                                              const std::string& name);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ORGANISATION_STORE_H_
