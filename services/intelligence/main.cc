#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/host/run.h"
#include "services/intelligence/intelligence_store.h"
#include "services/intelligence/services.h"

int main(int argc, char** argv) {
  namespace ns = accord::intelligence;
  accord::host::v1::ServiceConfig config;
  return accord::host::RunService(
      argc, argv, &config, ns::IntelligenceMigrations(),
      [&](const accord::host::Environment& environment,
          accord::host::Handlers* handlers) -> absl::StatusOr<std::shared_ptr<void>> {
        ns::v1::RuleSet rules;
        ACCORD_RETURN_IF_ERROR(accord::ReadTextProto(config.rules_file(), &rules));
        auto services = std::make_shared<ns::Services>(environment.database, environment.page_tokens,
                                                       environment.clock, std::move(rules));
        services->Register(handlers);
        services->sweeper().Start();
        return services;
      });
}
