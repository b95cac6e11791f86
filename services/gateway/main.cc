// This is the gateway's process: accord-gateway --config FILE [--check-config].
#include <csignal>
#include <cstdio>
#include <cstring>

#include "common/base/file.h"
#include "common/base/log.h"
#include "common/base/process.h"
#include "services/gateway/gateway.h"

int main(int argc, char** argv) {
  accord::NeverDump();
  accord::PrivateFiles();
  accord::RaiseFileLimit();
  std::string path;
  bool check = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--check-config") == 0) {
      check = true;
    } else if (std::strcmp(argv[i], "--config") == 0 && i + 1 < argc) {
      path = argv[++i];
    } else {
      path.clear();
      break;
    }
  }
  if (path.empty()) {
    std::fprintf(stderr, "usage: accord-gateway --config FILE [--check-config]\n");
    return 2;
  }
  accord::SetLogService("gateway");
  const auto fail = [](const absl::Status& status) {
    std::fprintf(stderr, "accord-gateway: %s\n", std::string(status.message()).c_str());
    return 1;
  };
  accord::gateway::v1::GatewayConfig config;
  if (const absl::Status status = accord::ReadTextProto(path, &config); !status.ok()) return fail(status);
  auto gateway = accord::gateway::Gateway::Create(config);
  if (!gateway.ok()) return fail(gateway.status());
  if (check) return 0;

  // Blocked before the first thread, so that only sigwait sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  if (const absl::Status status = (*gateway)->Start(); !status.ok()) return fail(status);
  accord::LogInfo("serving", {{"port", (*gateway)->port()}});
  int received = SIGHUP;
  while (received == SIGHUP) {
    sigwait(&signals, &received);
    if (received == SIGHUP) (*gateway)->ReopenLog();
  }
  accord::LogInfo("draining");
  (*gateway)->Stop();
  return 0;
}
