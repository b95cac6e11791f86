#include "services/strategy/strategy_store.h"

namespace accord::strategy {

std::vector<storage::Migration> StrategyMigrations() {
  std::vector<storage::Migration> migrations;
  // The row of the whole envelope has no fiscal year.
  migrations.push_back({100, "what is committed of envelopes", R"sql(
create table envelope_balance (
  envelope {text} not null, fiscal_year {text} not null, ceiling bigint, committed bigint not null,
  primary key (envelope, fiscal_year))
)sql"});
  return migrations;
}

}  // namespace accord::strategy
