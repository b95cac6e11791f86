#include "absl/strings/match.h"
#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/host/run.h"
#include "services/protocols/coverage_service.h"
#include "services/protocols/protocol_service.h"
#include "services/protocols/referral_service.h"
#include "services/protocols/sweeper.h"

namespace accord::protocols {
namespace {

struct Services {
  Services(const host::Environment& environment, Rules law, Territories land, double calendar_speed)
      : rules(std::move(law)),
        territories(std::move(land)),
        protocols(environment.page_tokens, &rules, &territories),
        referrals(environment.database, environment.page_tokens, &rules, &territories),
        coverage(&territories),
        calendar(environment.clock, calendar_speed),
        sweeper(environment.database, &calendar, &protocols, &referrals) {}
  Rules rules;
  Territories territories;
  ProtocolService protocols;
  ReferralService referrals;
  CoverageService coverage;
  FastClock calendar;
  Sweeper sweeper;
};

}  // namespace
}  // namespace accord::protocols

int main(int argc, char** argv) {
  namespace ns = accord::protocols;
  accord::host::v1::ProtocolsConfig config;
  return accord::host::RunService(
      argc, argv, &config, ns::ProtocolMigrations(),
      [&](const accord::host::Environment& environment,
          accord::host::Handlers* handlers) -> absl::StatusOr<std::shared_ptr<void>> {
        const double speed = config.unsafe_calendar_speed();
        if (speed != 0 && (speed < 1 || !absl::StartsWith(config.host().listen(), "127."))) {
          return absl::InvalidArgumentError(
              "unsafe_calendar_speed is at least 1, and needs a loopback address");
        }
        ACCORD_ASSIGN_OR_RETURN(ns::Rules rules, ns::Rules::Load(config.rules_file()));
        ACCORD_ASSIGN_OR_RETURN(ns::Territories territories,
                                ns::Territories::Load(config.territories_file()));
        auto services = std::make_shared<ns::Services>(environment, std::move(rules), std::move(territories),
                                                       speed == 0 ? 1 : speed);
        services->protocols.Register(handlers);
        services->referrals.Register(handlers);
        services->coverage.Register(handlers);
        services->sweeper.Start();
        return services;
      });
}
