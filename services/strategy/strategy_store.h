// This gives the schema of what the service keeps beside its resources.
#ifndef ACCORD_SERVICES_STRATEGY_STRATEGY_STORE_H_
#define ACCORD_SERVICES_STRATEGY_STRATEGY_STORE_H_

#include <vector>

#include "common/storage/database/database.h"

namespace accord::strategy {

std::vector<storage::Migration> StrategyMigrations();

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_STRATEGY_STORE_H_
