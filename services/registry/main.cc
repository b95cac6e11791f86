#include "common/host/run.h"
#include "services/registry/registry_store.h"
#include "services/registry/services.h"

int main(int argc, char** argv) {
  return accord::host::RunService(argc, argv, accord::registry::RegistryMigrations(),
                                  accord::registry::Serve);
}
