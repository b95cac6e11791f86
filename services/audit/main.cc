#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/host/run.h"
#include "services/audit/audit_service.h"

int main(int argc, char** argv) {
  namespace ns = accord::audit;
  accord::host::v1::AuditConfig config;
  auto migrations = accord::storage::CoreMigrations();
  for (auto& migration : ns::AuditMigrations()) migrations.push_back(std::move(migration));
  return accord::host::RunService(
      argc, argv, &config, migrations,
      [&](const accord::host::Environment& environment,
          accord::host::Handlers* handlers) -> absl::StatusOr<std::shared_ptr<void>> {
        if (config.origin().empty()) return absl::InvalidArgumentError("origin is missing");
        ACCORD_ASSIGN_OR_RETURN(std::string pem, accord::ReadFile(config.checkpoint_key_file()));
        ACCORD_ASSIGN_OR_RETURN(accord::Key key, accord::LoadPrivateKey(pem));
        ACCORD_RETURN_IF_ERROR(
            ns::CheckExtendsWitnessed(environment.database, config.witnessed_file(), config.origin(), key));
        const int batch = config.max_batch() > 0 ? config.max_batch() : 4096;
        ACCORD_ASSIGN_OR_RETURN(auto sequencer, ns::Sequencer::Start(environment.database, batch));
        auto service = std::make_shared<ns::AuditService>(environment.database, environment.page_tokens,
                                                          std::move(sequencer), config.origin(),
                                                          std::move(key), config.witnessed_file());
        service->Register(handlers);
        return service;
      });
}
