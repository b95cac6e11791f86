#include "services/strategy/strategy_store.h"

namespace accord::strategy {

// What there is so far lies in the core's tables.
std::vector<storage::Migration> StrategyMigrations() { return {}; }

}  // namespace accord::strategy
