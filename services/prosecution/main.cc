#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/host/calendar.h"
#include "common/host/run.h"
#include "services/prosecution/board_store.h"
#include "services/prosecution/services.h"

namespace accord::prosecution {
namespace {

// Services by a calendar that may run fast.
struct Process {
  Process(const host::Environment& environment, const FastClock& clock, Rules rules)
      : calendar(clock),
        services(environment.database, environment.page_tokens, &calendar, std::move(rules)) {}
  FastClock calendar;
  Services services;
};

}  // namespace
}  // namespace accord::prosecution

int main(int argc, char** argv) {
  namespace ns = accord::prosecution;
  accord::host::v1::ProsecutionConfig config;
  return accord::host::RunService(
      argc, argv, &config, ns::ProsecutionMigrations(),
      [&](const accord::host::Environment& environment,
          accord::host::Handlers* handlers) -> absl::StatusOr<std::shared_ptr<void>> {
        ACCORD_ASSIGN_OR_RETURN(ns::Rules rules, ns::Rules::Load(config.rules_file()));
        ACCORD_ASSIGN_OR_RETURN(
            const accord::FastClock calendar,
            accord::host::CalendarOf(config.host(), config.unsafe_calendar_speed(), environment.clock));
        auto process = std::make_shared<ns::Process>(environment, calendar, std::move(rules));
        process->services.Register(handlers);
        process->services.sweeper().Start();
        return process;
      });
}
