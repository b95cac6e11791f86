#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/host/run.h"
#include "services/protocols/protocol_service.h"
#include "services/protocols/referral_service.h"

namespace accord::protocols {
namespace {

struct Services {
  Services(const host::Environment& environment, Rules loaded)
      : rules(std::move(loaded)),
        protocols(environment.page_tokens, &rules),
        referrals(environment.database, environment.page_tokens, &rules) {}
  Rules rules;
  ProtocolService protocols;
  ReferralService referrals;
};

}  // namespace
}  // namespace accord::protocols

int main(int argc, char** argv) {
  namespace ns = accord::protocols;
  accord::host::v1::ProtocolsConfig config;
  return accord::host::RunService(
      argc, argv, &config, accord::storage::CoreMigrations(),
      [&](const accord::host::Environment& environment,
          accord::host::Handlers* handlers) -> absl::StatusOr<std::shared_ptr<void>> {
        ACCORD_ASSIGN_OR_RETURN(ns::Rules rules, ns::Rules::Load(config.rules_file()));
        auto services = std::make_shared<ns::Services>(environment, std::move(rules));
        services->protocols.Register(handlers);
        services->referrals.Register(handlers);
        return services;
      });
}
