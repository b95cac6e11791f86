#include "common/host/run.h"
#include "services/protocols/protocol_store.h"
#include "services/protocols/services.h"

int main(int argc, char** argv) {
  return accord::host::RunService(argc, argv, accord::protocols::ProtocolMigrations(),
                                  accord::protocols::Serve);
}
