#include "common/host/run.h"
#include "services/intelligence/intelligence_store.h"
#include "services/intelligence/services.h"

int main(int argc, char** argv) {
  return accord::host::RunService(argc, argv, accord::intelligence::IntelligenceMigrations(),
                                  accord::intelligence::Serve);
}
