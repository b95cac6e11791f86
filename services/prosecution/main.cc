#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/host/run.h"
#include "services/prosecution/board_store.h"
#include "services/prosecution/services.h"

int main(int argc, char** argv) {
  namespace ns = accord::prosecution;
  accord::host::v1::ServiceConfig config;
  return accord::host::RunService(
      argc, argv, &config, ns::ProsecutionMigrations(),
      [&](const accord::host::Environment& environment,
          accord::host::Handlers* handlers) -> absl::StatusOr<std::shared_ptr<void>> {
        ACCORD_ASSIGN_OR_RETURN(ns::Rules rules, ns::Rules::Load(config.rules_file()));
        auto services = std::make_shared<ns::Services>(environment.database, environment.page_tokens,
                                                       environment.clock, std::move(rules));
        services->Register(handlers);
        services->sweeper().Start();
        return services;
      });
}
