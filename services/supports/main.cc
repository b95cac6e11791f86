#include "common/host/run.h"
#include "services/supports/services.h"
#include "services/supports/supports_store.h"

int main(int argc, char** argv) {
  return accord::host::RunService(argc, argv, accord::supports::SupportsMigrations(),
                                  accord::supports::Serve);
}
