// This measures what a call costs the whole platform: CPU of the gateway, the service, the log, the
// registry and the database server, compared with a plain gRPC service that runs the same SQL. The
// two alternate in one run; figures are medians, and each ratio is within one round.
// platform_bench [--json FILE] [--rounds R] [--database sqlite|postgres]
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "CLI/CLI.hpp"
#include "tests/bench/compare.h"
#include "tests/bench/plain_service.h"
#include "tests/bench/platform_side.h"
#include "tests/bench/process_cpu.h"
#include "tests/e2e/case.h"

namespace accord::bench {
namespace {

using namespace protocols::v1;
using namespace annotations::v1;

constexpr Load kWorks[] = {{Load::kGet, "get", 1500, 2.5, 0},
                           {Load::kList, "list", 200, 0, 3},
                           {Load::kCreate, "create", 400, 3, 0}};

double Sum(const Costs& costs) {
  double sum = 0;
  for (const auto& [process, cost] : costs) sum += cost;
  return sum;
}

// These are a database server and its process.
struct Server {
  std::unique_ptr<e2e::Postgres> postgres;
  pid_t process = 0;
};

Server Launch() {
  const auto before = ChildrenOf(getpid());
  Server server{std::make_unique<e2e::Postgres>()};
  for (const pid_t child : ChildrenOf(getpid())) {
    if (std::find(before.begin(), before.end(), child) == before.end()) server.process = child;
  }
  return server;
}

// These are the platform and the plain service on one kind of database.
class PlatformAndPlain : public e2e::ACase {
 public:
  PlatformAndPlain(const Server* platform, const Server* plain)
      : ACase(false, platform != nullptr ? platform->postgres.get() : nullptr) {
    LiftQuota();
    const auto society = Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR}, {"worker", ROLE_CAS_WORKER}});
    const auto police = Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}});
    const Protocol protocol = Agree(society, police);
    std::map<std::string, pid_t> processes;
    for (const char* name : {"gateway", "protocols", "audit", "registry"}) processes[name] = stack_.pid(name);
    if (platform != nullptr) processes["postgres"] = platform->process;
    platform_ = std::make_unique<PlatformSide>(society, police, Letter(protocol), processes);

    const auto client = StartPlain(protocol, plain);
    processes = {{"plain", plain_process_}};
    if (plain != nullptr) processes["postgres"] = plain->process;
    plain_ = std::make_unique<PlatformSide>(client, client, Letter(protocol), processes);
  }
  ~PlatformAndPlain() override {
    kill(plain_process_, SIGKILL);
    waitpid(plain_process_, nullptr, 0);
  }

  PlatformSide& platform() { return *platform_; }
  PlatformSide& plain() { return *plain_; }

 private:
  void TestBody() override {}

  void LiftQuota() {
    std::ofstream(stack_.config("gateway"), std::ios::app)
        << "limits { agency_calls_per_second: 1e9 agency_open_calls: 100000 }\n";
    stack_.KillAndRestart("gateway");
  }

  e2e::AgencyClient StartPlain(const Protocol& protocol, const Server* server) {
    const auto own = stack_.pki().Service("plain"), caller = stack_.pki().Service("gateway");
    const std::string address = absl::StrCat("127.0.0.1:", e2e::FreePort());
    const std::string dsn =
        server == nullptr ? stack_.directory().path("plain.db")
                          : server->postgres->Dsn("accord_protocols_owner", server->postgres->NewDatabase());
    const std::vector<std::string> arguments = {"platform_bench",
                                                "--plain",
                                                address,
                                                dsn,
                                                own.certificate_file,
                                                own.key_file,
                                                stack_.pki().service_ca_file(),
                                                stack_.pki().Write("protocol", protocol.SerializeAsString())};
    plain_process_ = fork();
    if (plain_process_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      std::vector<char*> raw;
      for (const auto& each : arguments) raw.push_back(const_cast<char*>(each.c_str()));
      raw.push_back(nullptr);
      execv("/proc/self/exe", raw.data());
      _exit(127);
    }
    grpc::SslCredentialsOptions tls{testing::Slurp(stack_.pki().service_ca_file()),
                                    testing::Slurp(caller.key_file), testing::Slurp(caller.certificate_file)};
    grpc::ChannelArguments channel;
    channel.SetSslTargetNameOverride("localhost");
    channel.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
    channel.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
    e2e::AgencyClient client(
        grpc::CreateCustomChannel("ipv4:" + address, grpc::SslCredentials(tls), channel));
    const bool up = e2e::Eventually([&] {
      return client
          .Call<ListReferralsResponse>(e2e::kReferrals + "ListReferrals", "", "", ListReferralsRequest())
          .ok();
    });
    if (!up) e2e::Fail("the plain service does not answer");
    return client;
  }

  pid_t plain_process_ = -1;
  std::unique_ptr<PlatformSide> platform_, plain_;
};

class Report {
 public:
  explicit Report(const std::string& json_file) : json_(json_file.empty() ? "/dev/null" : json_file) {}

  void Print(const std::string& database, const Load& work, const std::vector<Costs>& platform,
             const std::vector<Costs>& plain) {
    std::vector<double> ours, theirs, ratios;
    for (std::size_t i = 0; i < platform.size(); ++i) {
      ours.push_back(Sum(platform[i]));
      theirs.push_back(Sum(plain[i]));
      ratios.push_back(ours.back() / theirs.back());
    }
    const double us = Median(ours), ratio = Median(ratios);
    std::printf("%-9s %-11s %9.0f us %9.0f us %6.2f", database.c_str(), work.name, us, Median(theirs), ratio);
    if (work.most_times > 0) Verdict(absl::StrCat(work.most_times, " times"), ratio <= work.most_times);
    if (work.most_ms > 0) Verdict(absl::StrCat(work.most_ms, " ms"), us <= work.most_ms * 1000);
    std::printf("\n");
    for (const auto* side : {&platform, &plain}) {
      std::printf("          %s", side == &platform ? "platform:" : "plain:   ");
      for (const auto& [process, cost] : side->front()) {
        std::vector<double> of_process;
        for (const Costs& costs : *side) of_process.push_back(costs.at(process));
        std::printf("  %s %.0f", process.c_str(), Median(of_process));
      }
      std::printf("\n");
    }
    json_ << nlohmann::ordered_json{{"bench", "platform"},
                                    {"subject", database},
                                    {"metric", absl::StrCat(work.name, " cpu_us")},
                                    {"value", us},
                                    {"peer", "plain gRPC"},
                                    {"peer_value", Median(theirs)},
                                    {"ratio", ratio},
                                    {"runs", platform.size()}}
                 .dump()
          << "\n";
  }

 private:
  static void Verdict(const std::string& goal, bool met) {
    std::printf("   goal %s: %s", goal.c_str(), met ? "met" : "NOT MET");
  }

  std::ofstream json_;
};

void Measure(const std::string& database, int rounds, const std::set<std::string>& calls, Report* report) {
  const bool postgres = database == "postgres";
  const Server for_platform = postgres ? Launch() : Server(), for_plain = postgres ? Launch() : Server();
  PlatformAndPlain pair(postgres ? &for_platform : nullptr, postgres ? &for_plain : nullptr);
  std::printf("%-9s idle: %.1f ms of CPU a second, plain %.1f; taken off\n", database.c_str(),
              1e3 * Sum(pair.platform().idle()), 1e3 * Sum(pair.plain().idle()));
  std::fflush(stdout);
  for (const Load& work : kWorks) {
    if (!calls.contains(work.name)) continue;
    std::vector<Costs> platform, plain;
    // The first round warms up and does not count.
    for (int round = 0; round <= rounds; ++round) {
      for (const bool ours : {round % 2 == 0, round % 2 != 0}) {
        Costs costs = (ours ? pair.platform() : pair.plain()).Measure(work);
        if (round > 0) (ours ? platform : plain).push_back(std::move(costs));
      }
    }
    report->Print(database, work, platform, plain);
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace accord::bench

int main(int argc, char** argv) {
  CLI::App app("CPU of all processes a call, beside a plain gRPC service with the same SQL",
               "./accord bench platform");
  int rounds = 5;
  std::string json;
  std::vector<std::string> databases = {"sqlite", "postgres"}, plain;
  std::set<std::string> calls = {"get", "list", "create"};
  app.add_option("--json", json, "One object a line");
  app.add_option("--rounds", rounds, "Times that each is measured after a warm-up [5]");
  app.add_option("--database", databases, "sqlite, postgres [both]");
  app.add_option("--call", calls, "get, list, create [all]");
  // This is for the process that this program starts itself: LISTEN DSN CERTIFICATE KEY CA PROTOCOL.
  app.add_option("--plain", plain)->expected(6)->group("");
  CLI11_PARSE(app, argc, argv);
  if (!plain.empty()) {
    return accord::bench::ServePlain({plain[0], plain[1], plain[2], plain[3], plain[4], plain[5]});
  }
  std::printf("CPU of all processes a call, %d in flight\n%-9s %-11s %12s %12s %6s\n",
              accord::bench::kInFlight, "database", "call", "platform", "plain", "ratio");
  accord::bench::Report report(json);
  for (const auto& database : databases) accord::bench::Measure(database, rounds, calls, &report);
  return 0;
}
