// `accord-connector --config FILE [--check-config]` calls Accord for a system that cannot do so itself.
// `accord-connector status [-o table|json]` is explained in status_command.h, and `accord-connector
// dead-letters` in dead_letters.h.
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "clients/connector/connector.h"
#include "clients/connector/dead_letters.h"
#include "clients/connector/status_command.h"
#include "common/base/log.h"
#include "common/grpclog/grpc_log.h"
#include "common/startup/startup.h"

namespace accord::connector {
namespace {

int PrintFailure(const absl::Status& status) {
  std::fprintf(stderr, "accord-connector: %s\n", std::string(status.message()).c_str());
  return 1;
}

int RunDeadLetters(std::vector<char*> arguments, const DeadLetterWords& words) {
  ConnectorConfig config;
  bool all = false;
  const Startup startup = BeginProcess(
      static_cast<int>(arguments.size()), arguments.data(),
      "dead-letters list, replay ID, or discard ID --reason TEXT: changes that no webhook took. In "
      "place of the ID stands --all.",
      {{"--all", "Replay or discard every dead letter", &all}}, &config);
  if (startup.exit_code) return *startup.exit_code;
  const absl::StatusOr<std::string> text = DoWithDeadLetters(config.state_folder(), words, all);
  if (!text.ok()) return PrintFailure(text.status());
  std::fputs(text->c_str(), stdout);
  return 0;
}

int RunStatus(std::vector<char*> arguments, const StatusWords& words) {
  ConnectorConfig config;
  const Startup startup = BeginProcess(
      static_cast<int>(arguments.size()), arguments.data(),
      "status [-o table|json]: what waits, what is wrong, and what to do about it.", {}, &config);
  if (startup.exit_code) return *startup.exit_code;
  bool troubled = false;
  const absl::StatusOr<std::string> text = TellStatus(config, words, &troubled);
  if (!text.ok()) return PrintFailure(text.status());
  std::fputs(text->c_str(), stdout);
  return troubled ? 1 : 0;
}

int RunConnector(int argc, char** argv) {
  std::vector<char*> arguments(argv, argv + argc);
  if (const std::optional<StatusWords> words = TakeStatusWords(&arguments)) {
    return RunStatus(std::move(arguments), *words);
  }
  if (const std::optional<DeadLetterWords> words = TakeDeadLetterWords(&arguments)) {
    return RunDeadLetters(std::move(arguments), *words);
  }
  ConnectorConfig config;
  bool check_only = false;
  const Startup startup =
      BeginProcess(argc, argv, "Calls Accord for an agency's system, and loses nothing while either is down.",
                   {{"--check-config", "Read the configuration and stop", &check_only}}, &config);
  if (startup.exit_code) return *startup.exit_code;
  const Signals signals({SIGTERM, SIGINT});
  SetLogService("connector");
  RouteGrpcErrors();
  if (check_only) {
    const absl::Status status = Connector::Check(config);
    return status.ok() ? 0 : PrintFailure(status);
  }
  const auto connector = Connector::Start(config);
  if (!connector.ok()) return PrintFailure(connector.status());
  LogInfo("serving", {{"port", (*connector)->port()}});
  signals.Await();
  LogInfo("draining");
  return 0;
}

}  // namespace
}  // namespace accord::connector

int main(int argc, char** argv) { return accord::connector::RunConnector(argc, argv); }
