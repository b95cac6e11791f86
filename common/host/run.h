// A service's main in five lines.
#ifndef ACCORD_COMMON_HOST_RUN_H_
#define ACCORD_COMMON_HOST_RUN_H_

#include <functional>
#include <memory>

#include "accord/host/v1/config.pb.h"
#include "common/host/handlers.h"
#include "common/host/metrics.h"
#include "common/storage/page_tokens.h"

namespace accord::host {

// What RunService made for the service out of its configuration.
struct Environment {
  storage::Database* database;
  const storage::PageTokens* page_tokens;
  const Clock* clock;
  // Opens the same database again, with sessions that nothing else takes; the name and the keys in `options`
  // are filled in here.
  std::function<absl::StatusOr<std::unique_ptr<storage::Database>>(const storage::Options& options)> open;
  Metrics* metrics;
};

// Reads `--config FILE` strictly into `config` (whose field `host` is a HostConfig), opens and migrates the
// database, lets `build` register handlers, and serves with mutual TLS until SIGTERM. `--check-config` stops
// after reading; `--migrate` after migrating; `--reseal` after a change of the sealing key. While the
// database is out of reach it waits. Returns the exit code: 0, 1 for a bad configuration, 2 for a failure.
// What `build` returns lives as long as the server.
int RunService(
    int argc, char** argv, google::protobuf::Message* config,
    const std::vector<storage::Migration>& migrations,
    const std::function<absl::StatusOr<std::shared_ptr<void>>(const Environment&, Handlers*)>& build);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_RUN_H_
