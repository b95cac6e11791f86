// This is the gateway's process, accord-gateway --config FILE [--check-config].
#include <cstdio>

#include "common/base/log.h"
#include "common/startup/startup.h"
#include "services/gateway/gateway.h"

namespace accord::gateway {
namespace {

int Failed(const absl::Status& status) {
  std::fprintf(stderr, "accord-gateway: %s\n", std::string(status.message()).c_str());
  return 1;
}

int Run(int argc, char** argv) {
  v1::GatewayConfig config;
  bool check_only = false;
  const Startup startup =
      BeginProcess(argc, argv, "The gateway of Accord.",
                   {{"--check-config", "Read the configuration and stop", &check_only}}, &config);
  if (startup.exit_code) return *startup.exit_code;
  const Signals signals({SIGTERM, SIGINT, SIGHUP});
  SetLogService("gateway");
  auto gateway = Gateway::Create(config);
  if (!gateway.ok()) return Failed(gateway.status());
  if (check_only) return 0;
  if (const absl::Status status = (*gateway)->Start(); !status.ok()) return Failed(status);
  LogInfo("serving", {{"port", (*gateway)->port()}});
  while (signals.Await() == SIGHUP) (*gateway)->ReopenLog();
  LogInfo("draining");
  (*gateway)->Stop();
  return 0;
}

}  // namespace
}  // namespace accord::gateway

int main(int argc, char** argv) { return accord::gateway::Run(argc, argv); }
