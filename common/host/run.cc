#include "common/host/run.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/log.h"
#include "common/base/tls.h"
#include "common/base/trust_domain.h"
#include "common/grpclog/grpc_log.h"
#include "common/host/open_database.h"
#include "common/host/reseal_all.h"
#include "common/host/serving/server.h"
#include "common/host/status.h"
#include "common/host/upkeep/answer_sweep.h"
#include "common/host/upkeep/calendar.h"
#include "common/host/upkeep/upkeep.h"
#include "common/startup/startup.h"

namespace accord::host {
namespace {

// This is shorter than a retrying client waits. A call that still runs then ends as UNAVAILABLE, and its
// repetition runs once.
constexpr absl::Duration kDrain = absl::Seconds(3);

const v1::HostConfig& HostConfigOf(const google::protobuf::Message& config) {
  const auto* field = config.GetDescriptor()->FindFieldByName("host");
  return static_cast<const v1::HostConfig&>(config.GetReflection()->GetMessage(config, field));
}

// This gives the speed of the calendar from the configuration of a service that has one.
double CalendarSpeedOf(const google::protobuf::Message& config) {
  const auto* field = config.GetDescriptor()->FindFieldByName("unsafe_calendar_speed");
  return field == nullptr ? 0 : config.GetReflection()->GetDouble(config, field);
}

absl::StatusOr<std::shared_ptr<AssertionVerifier>> VerifierOf(const v1::HostConfig& config) {
  std::vector<Key> keys;
  for (const auto& file : config.gateway_key_files()) {
    ACCORD_ASSIGN_OR_RETURN(std::string pem, ReadFile(file));
    ACCORD_ASSIGN_OR_RETURN(Key key, LoadPublicKey(pem));
    keys.push_back(std::move(key));
  }
  if (keys.empty()) return absl::InvalidArgumentError("gateway_key_files is empty");
  return std::make_shared<AssertionVerifier>(config.name(), std::move(keys));
}

std::map<std::string, std::vector<std::string>> AllowListOf(const v1::HostConfig& config) {
  std::map<std::string, std::vector<std::string>> allow;
  for (const auto& entry : config.allow()) {
    auto& peers = allow[entry.service()];
    peers.insert(peers.end(), entry.peers().begin(), entry.peers().end());
  }
  return allow;
}

absl::Status ServeUntilSignal(const google::protobuf::Message& config,
                              const std::vector<storage::Migration>& migrations, DatabaseTask task,
                              const Signals& signals, const Build& build) {
  const v1::HostConfig& host = HostConfigOf(config);
  ACCORD_ASSIGN_OR_RETURN(auto verifier, VerifierOf(host));
  ACCORD_ASSIGN_OR_RETURN(std::string token_key, ReadFile(host.page_token_key_file()));
  std::unique_ptr<storage::Database> database;
  ACCORD_RETURN_IF_ERROR(WhileUnavailable(signals, [&]() -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(database, OpenDatabase(host, migrations, task));
    return absl::OkStatus();
  }));
  if (task == DatabaseTask::kMigrate) return absl::OkStatus();
  if (task == DatabaseTask::kReseal) return ResealAll(database.get(), host.name());
  ACCORD_RETURN_IF_ERROR(AwaitReplay(signals, database.get()));

  ACCORD_ASSIGN_OR_RETURN(const FastClock calendar,
                          CalendarOf(host, CalendarSpeedOf(config), &Clock::Real()));
  const storage::PageTokens page_tokens(token_key);
  ACCORD_ASSIGN_OR_RETURN(auto metrics, Metrics::Start(host.metrics_listen()));
  std::unique_ptr<Handlers> handlers;
  std::shared_ptr<void> service;
  ACCORD_RETURN_IF_ERROR(WhileUnavailable(signals, [&]() -> absl::Status {
    handlers = std::make_unique<Handlers>(database.get());
    const Environment environment{
        database.get(),
        &page_tokens,
        &Clock::Real(),
        &calendar,
        [&](const storage::Options& options) { return OpenSessions(host, task, options); },
        metrics.get()};
    ACCORD_ASSIGN_OR_RETURN(service, build(environment, handlers.get()));
    return absl::OkStatus();
  }));
  RegisterStatus(host.name(), migrations, absl::Now(), handlers.get());
  ACCORD_RETURN_IF_ERROR(handlers->Seal(AllowListOf(host), verifier, &Clock::Real()));
  if (host.require_signed_requests()) handlers->RequireSignedRequests();
  handlers->feed().Start();
  metrics->Show("accord_feed_lag_seconds",
                "How long the oldest change waits to be told to who watches, or the database was not read.",
                handlers->feed().lag());
  AnswerSweep answers(database.get(), &Clock::Real(), host);
  answers.Start();
  Upkeep upkeep(database.get(), &Clock::Real(), host);
  upkeep.Start();
  ACCORD_ASSIGN_OR_RETURN(auto server, Server::Start(host, handlers.get(), metrics.get()));
  LogInfo("serving", {{"port", server->port()}});
  const int signal = signals.Await();
  LogInfo("draining", {{"signal", signal}});
  server->Drain(kDrain);
  return absl::OkStatus();
}

}  // namespace

int RunService(int argc, char** argv, google::protobuf::Message* config,
               std::vector<storage::Migration> migrations, const Build& build) {
  bool check_only = false, migrate_only = false, reseal = false;
  const Startup startup =
      BeginProcess(argc, argv, "A service of Accord.",
                   {{"--check-config", "Read the configuration and stop", &check_only},
                    {"--reseal", "Seal everything under the first of seal_key_files and stop", &reseal},
                    {"--migrate", "Bring the database to this version's schema and stop", &migrate_only}},
                   config);
  if (startup.exit_code) return *startup.exit_code;
  const Signals signals({SIGTERM, SIGINT});
  RouteGrpcLog();
  RequireTls13();
  const v1::HostConfig& host = HostConfigOf(*config);
  if (host.name().empty() || host.listen().empty()) {
    std::fprintf(stderr, "%s: host needs name and listen\n", startup.config_file.c_str());
    return 1;
  }
  if (const auto prefix = ServicePrefix(host.trust_domain()); !prefix.ok()) {
    std::fprintf(stderr, "%s: %s\n", startup.config_file.c_str(),
                 std::string(prefix.status().message()).c_str());
    return 1;
  }
  if (check_only) return 0;
  SetLogService(host.name());
  const absl::Status status = ServeUntilSignal(*config, storage::WithCore(std::move(migrations)),
                                               migrate_only ? DatabaseTask::kMigrate
                                               : reseal     ? DatabaseTask::kReseal
                                                            : DatabaseTask::kServe,
                                               signals, build);
  if (status.ok() || absl::IsCancelled(status)) return 0;
  LogError("stopped", {{"why", std::string(status.message())}});
  return 2;
}

}  // namespace accord::host
