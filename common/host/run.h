// This is the main function that all services share.
#ifndef ACCORD_COMMON_HOST_RUN_H_
#define ACCORD_COMMON_HOST_RUN_H_

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "accord/host/v1/config.pb.h"
#include "common/host/calls/handlers.h"
#include "common/host/environment.h"
#include "common/host/serving/metrics.h"
#include "common/storage/records/page_tokens.h"

namespace accord::host {

// This registers a service's handlers. The object that it returns lives as long as the server.
using Build = std::function<absl::StatusOr<std::shared_ptr<void>>(const Environment&, Handlers*)>;

// This reads `--config FILE` strictly into `config` (whose field `host` is a HostConfig), opens the
// database, migrates it to the core schema and the service's own `migrations`, lets `build` register
// handlers, and serves over mutual TLS until SIGTERM. `--check-config` stops after reading, `--migrate`
// after migrating, and `--reseal` after sealing everything with the current key. It waits while the database
// cannot be reached. It gives the exit code: 0; 1 for a bad configuration; 2 for a failure; another for a
// bad command line.
int RunService(int argc, char** argv, google::protobuf::Message* config,
               std::vector<storage::Migration> migrations, const Build& build);

// This does the same for a service that is a function of its configuration.
template <class Config>
int RunService(int argc, char** argv, std::vector<storage::Migration> migrations,
               absl::StatusOr<std::shared_ptr<void>> (*serve)(const Config&, const Environment&, Handlers*)) {
  Config config;
  return RunService(argc, argv, &config, std::move(migrations),
                    [&](const Environment& environment, Handlers* handlers) {
                      return serve(config, environment, handlers);
                    });
}

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_RUN_H_
