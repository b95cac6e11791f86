#include "tests/e2e/postgres.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tests/e2e/stack.h"

namespace accord::e2e {
namespace {

std::string ScriptFile() { return Env("ACCORD_SOURCE_DIR") + "/k8s/local/postgres.sh"; }

}  // namespace

Postgres* Postgres::OfEnvironment() {
  const char* chosen = std::getenv("ACCORD_E2E_DATABASE");
  if (chosen == nullptr || std::string(chosen) == "sqlite") return nullptr;
  if (std::string(chosen) != "postgres") Fail("ACCORD_E2E_DATABASE is sqlite or postgres");
  static Postgres server(false, false);
  return &server;
}

Postgres::Postgres(bool pair, bool durable) : pair_(pair) {
  for (const char* node : {"a", "b"}) ports_[node] = FreePort();
  std::vector<std::string> init = {"a", absl::StrCat(ports_["a"])};
  if (!durable) init.push_back("off");
  Script("init", init);
  // DSNs name both servers from the start.
  if (pair) std::ofstream(directory_.path("b.port")) << ports_["b"] << "\n";
  Launch("a");
  Script("wait", {"a"});
  if (pair) Follow();
}

Postgres::~Postgres() {
  for (const char* node : {"a", "b"}) {
    if (servers_.contains(node)) End(node, SIGQUIT);
  }
}

std::string Postgres::Script(const std::string& command, const std::vector<std::string>& arguments) const {
  std::string line = absl::StrCat(ScriptFile(), " ", command, " ", directory_.path());
  for (const auto& argument : arguments) absl::StrAppend(&line, " '", argument, "'");
  std::FILE* pipe = popen(line.c_str(), "r");
  std::string out;
  char buffer[4096];
  for (std::size_t n; pipe != nullptr && (n = fread(buffer, 1, sizeof(buffer), pipe)) > 0;)
    out.append(buffer, n);
  if (pipe == nullptr || pclose(pipe) != 0) {
    for (const char* node : {"a", "b"}) {
      std::ifstream log(directory_.path(absl::StrCat(node, ".log")));
      std::fprintf(stderr, "-- PostgreSQL %s\n%s", node,
                   std::string(std::istreambuf_iterator<char>(log), {}).c_str());
    }
    Fail(line);
  }
  absl::StripTrailingAsciiWhitespace(&out);
  return out;
}

void Postgres::Launch(const std::string& node) {
  const std::string script = ScriptFile(), log = directory_.path(node + ".log");
  const pid_t pid = fork();
  if (pid == 0) {
    const int fd = open(log.c_str(), O_CREAT | O_APPEND | O_WRONLY, 0600);
    dup2(fd, 1);
    dup2(fd, 2);
    setenv("ACCORD_PG_DIES_WITH_PARENT", "1", 1);
    execl(script.c_str(), script.c_str(), "run", directory_.path().c_str(), node.c_str(), nullptr);
    _exit(127);
  }
  servers_[node] = pid;
}

void Postgres::End(const std::string& node, int signal) {
  if (signal != 0) kill(servers_.at(node), signal);
  waitpid(servers_.at(node), nullptr, 0);
  servers_.erase(node);
}

std::string Postgres::NewDatabase() {
  const std::string name = absl::StrCat("accord_", ++databases_);
  Script("roles", {leader_, name});
  return name;
}

std::string Postgres::Dsn(const std::string& role, const std::string& database) const {
  std::vector<std::string> arguments = {role, database, "a"};
  if (pair_) arguments.push_back("b");
  return Script("dsn", arguments);
}

void Postgres::Follow() {
  const std::string other = Other();
  Script("replica", {other, leader_, absl::StrCat(ports_.at(other))});
  Launch(other);
  Script("follow", {leader_, other});
}

void Postgres::KillLeader() {
  Script("kill", {leader_});
  End(leader_, 0);
}

void Postgres::Promote() {
  Script("promote", {Other()});
  leader_ = Other();
}

void Postgres::Dump(const std::string& database, const std::string& schema, const std::string& file) const {
  Script("dump", {leader_, database, "-Fc", "-n", schema, "-f", file});
}

void Postgres::Restore(const std::string& database, const std::string& file) const {
  Script("restore", {leader_, database, "--clean", "--if-exists", "--exit-on-error", file});
}

}  // namespace accord::e2e
