#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/host/calendar.h"
#include "common/host/run.h"
#include "services/training/observation_relay.h"
#include "services/training/services.h"
#include "services/training/training_store.h"

namespace accord::training {
namespace {

// Services by a calendar that may run fast.
struct Process {
  Process(const host::Environment& environment, const FastClock& clock, v1::RuleSet rules,
          const host::v1::DoorConfig& door)
      : calendar(clock),
        services(environment.database, environment.page_tokens, &calendar, std::move(rules)),
        relay(environment.database, environment.page_tokens, environment.clock, ThroughTheDoor(door)) {}
  FastClock calendar;
  Services services;
  ObservationRelay relay;
};

}  // namespace
}  // namespace accord::training

int main(int argc, char** argv) {
  namespace ns = accord::training;
  accord::host::v1::TrainingConfig config;
  return accord::host::RunService(
      argc, argv, &config, ns::TrainingMigrations(),
      [&](const accord::host::Environment& environment,
          accord::host::Handlers* handlers) -> absl::StatusOr<std::shared_ptr<void>> {
        ns::v1::RuleSet rules;
        ACCORD_RETURN_IF_ERROR(accord::ReadTextProto(config.rules_file(), &rules));
        ACCORD_ASSIGN_OR_RETURN(
            const accord::FastClock calendar,
            accord::host::CalendarOf(config.host(), config.unsafe_calendar_speed(), environment.clock));
        auto process = std::make_shared<ns::Process>(environment, calendar, std::move(rules), config.door());
        process->services.Register(handlers);
        process->services.sweeper().Start();
        if (config.has_door()) process->relay.Start();
        return process;
      });
}
