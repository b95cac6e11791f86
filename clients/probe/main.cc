// `accord-probe --config FILE [--alive]` exits with 0 if the process with this configuration is well, and
// with 1 if it is not.
#include <cstdio>

#include "CLI/CLI.hpp"
#include "clients/probe/probe.h"
#include "common/grpclog/grpc_log.h"

int main(int argc, char** argv) {
  CLI::App app("Asks the process that runs here with this configuration for its health.");
  std::string file;
  bool alive = false;
  double seconds = 2;
  app.add_option("--config", file, "The process's own configuration")->required();
  app.add_flag("--alive", alive, "Any answer will do, also that it cannot serve now");
  app.add_option("--timeout", seconds, "Seconds to wait [2]");
  CLI11_PARSE(app, argc, argv);
  accord::RouteGrpcErrors();
  const auto serving = accord::probe::IsServing(file, absl::Seconds(seconds));
  if (!serving.ok()) {
    std::fprintf(stderr, "accord-probe: %s\n", std::string(serving.status().message()).c_str());
    return 1;
  }
  std::puts(*serving ? "serving" : "not serving");
  return *serving || alive ? 0 : 1;
}
