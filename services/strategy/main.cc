#include "common/host/run.h"
#include "services/strategy/services.h"
#include "services/strategy/strategy_store.h"

int main(int argc, char** argv) {
  return accord::host::RunService(argc, argv, accord::strategy::StrategyMigrations(),
                                  accord::strategy::Serve);
}
