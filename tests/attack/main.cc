// This program runs one attack against a gateway on loopback for some seconds, and prints the report as one
// line of JSON.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/attack/attack.h"

namespace accord::attack {
namespace {

std::vector<Attack> AllAttacks() {
  std::vector<Attack> all;
  for (const auto& family : {HeaderAttacks(), FrameAttacks(), ConnectionAttacks(), BodyAttacks(),
                             CallAttacks(), FormAttacks(), GoodNeighbours(), DatabaseFills()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

double CpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

void Print(const Attack& attack, const Report& report) {
  const nlohmann::json line = {
      {"attack", attack.name},     {"calls", report.calls},     {"answers", report.answers},
      {"opened", report.opened},   {"refused", report.refused}, {"closed", report.closed},
      {"figures", report.figures}, {"wrong", report.wrong},     {"cpu_seconds", CpuSeconds()}};
  std::puts(line.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace).c_str());
}

// This raises the limit of open files for ten thousand sockets.
void RaiseFiles() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

int Run(int argc, char** argv) {
  CLI::App app("Attacks the gateway of an Accord that runs on this machine for tests.");
  app.require_subcommand(0, 1);
  bool list = false;
  app.add_flag("--list", list, "Every attack, one a line");
  Order order;
  std::map<CLI::App*, Attack> commands;
  for (const Attack& attack : AllAttacks()) {
    CLI::App* command = app.add_subcommand(attack.name, attack.about);
    commands[command] = attack;
    command->add_option("--port", order.target.port, "On loopback")->required();
    command->add_option("--address", order.target.address, "Of this machine, to come from [127.0.0.1]");
    command->add_option("--ca", order.target.ca, "Authority of the gateway")->required();
    command->add_option("--cert", order.target.certificate, "PEM");
    command->add_option("--key", order.target.key, "PEM");
    command->add_option("--agency", order.agency, "Whom the certificate names");
    command->add_option("--actor", order.actor, "A person of it");
    command->add_option("--purpose", order.purpose, "Of the calls");
    command->add_option("--seconds", order.seconds, "[4]");
    command->add_option("--connections", order.connections, "[4]")->check(CLI::Range(1, 1000));
    command->add_option("--count", order.count, "Of what the attack counts");
    command->add_option("--resource", order.resource, "Where the attack needs a name");
  }
  CLI11_PARSE(app, argc, argv);
  if (list) {
    for (const Attack& attack : AllAttacks()) std::printf("%s\t%s\n", attack.name, attack.about);
    return 0;
  }
  RaiseFiles();
  std::signal(SIGPIPE, SIG_IGN);
  for (CLI::App* command : app.get_subcommands()) {
    order.start = Clock::now();
    const Report report = commands[command].run(order);
    Print(commands[command], report);
    return report.wrong.empty() ? 0 : 1;
  }
  return 2;
}

}  // namespace
}  // namespace accord::attack

int main(int argc, char** argv) { return accord::attack::Run(argc, argv); }
