#include "common/host/run.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/services.h"

int main(int argc, char** argv) {
  return accord::host::RunService(argc, argv, accord::audit::AuditMigrations(), accord::audit::Serve);
}
