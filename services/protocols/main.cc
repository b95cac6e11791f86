#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/host/calendar.h"
#include "common/host/run.h"
#include "services/protocols/protocol_store.h"
#include "services/protocols/services.h"

namespace accord::protocols {
namespace {

// Services by a calendar that may run fast.
struct Process {
  Process(const host::Environment& environment, const FastClock& clock, Policy policy)
      : calendar(clock),
        services(environment.database, environment.page_tokens, &calendar, std::move(policy)) {}
  FastClock calendar;
  Services services;
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
        ACCORD_ASSIGN_OR_RETURN(
            const accord::FastClock calendar,
            accord::host::CalendarOf(config.host(), config.unsafe_calendar_speed(), environment.clock));
        ACCORD_ASSIGN_OR_RETURN(
            ns::Policy policy,
            ns::Policy::Load(config.rules_file(), config.territories_file(), config.template_file()));
        auto process = std::make_shared<ns::Process>(environment, calendar, std::move(policy));
        process->services.Register(handlers);
        process->services.sweeper().Start();
        return process;
      });
}
