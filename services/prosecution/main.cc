#include "common/host/run.h"
#include "services/prosecution/prosecution_store.h"
#include "services/prosecution/services.h"

int main(int argc, char** argv) {
  return accord::host::RunService(argc, argv, accord::prosecution::ProsecutionMigrations(),
                                  accord::prosecution::Serve);
}
