#include "tests/e2e/stack.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/testing/eventually.h"
#include "common/testing/files.h"

namespace accord::e2e {

void Fail(const std::string& what) {
  std::fprintf(stderr, "end-to-end stack: %s\n", what.c_str());
  std::abort();
}

namespace {

// This says whether every thread of a process is stopped. The state of a thread follows its name in brackets.
bool StandsStill(pid_t process) {
  std::error_code gone;
  for (const auto& thread :
       std::filesystem::directory_iterator(absl::StrCat("/proc/", process, "/task"), gone)) {
    std::ifstream stat(thread.path() / "stat");
    std::string state;
    std::getline(stat, state);
    const std::size_t name_end = state.rfind(')');
    if (name_end != std::string::npos && state.compare(name_end, 3, ") T") != 0) return false;
  }
  return true;
}

}  // namespace

std::string Env(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) Fail(absl::StrCat(name, " is not set; run it by ctest or ./accord test"));
  return value;
}

const std::vector<std::string>& Processes() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names;
    for (const auto& folder : std::filesystem::directory_iterator(Env("ACCORD_SOURCE_DIR") + "/services")) {
      const std::string name = folder.path().filename();
      if (name != "gateway" && std::filesystem::exists(folder.path() / "main.cc")) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    names.push_back("gateway");
    return names;
  }();
  return all;
}

Stack::Stack(bool metrics, Postgres* postgres)
    : metrics_(metrics),
      postgres_(postgres),
      database_(postgres != nullptr ? postgres->NewDatabase() : ""),
      elsewhere_(Deployment::OfEnvironment()),
      pki_(elsewhere_ ? elsewhere_->keys : ""),
      console_(elsewhere_ ? elsewhere_->console : pki_.Agency("co-pahtco", "console")) {
  if (elsewhere_) {
    AwaitGateway();
    return;
  }
  WriteConfigs();
  if (postgres != nullptr) Migrate({Processes().begin(), Processes().end() - 1});
  for (const auto& name : Processes()) Launch(name);
  AwaitGateway();
}

Stack::~Stack() {
  for (const auto& [name, pid] : processes_) kill(pid, SIGTERM);
  for (const auto& [name, pid] : processes_) waitpid(pid, nullptr, 0);
}

pid_t Stack::Spawn(const std::string& name, const char* option) const {
  const std::string binary = absl::StrCat(Env("ACCORD_BIN_DIR"), "/accord-", name);
  const std::string config = this->config(name);
  const std::string log = directory_.path(name + ".log");
  const pid_t pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // Whatever ends the test also ends its processes.
    const int fd = open(log.c_str(), O_CREAT | O_APPEND | O_WRONLY, 0600);
    dup2(fd, 2);
    execl(binary.c_str(), binary.c_str(), "--config", config.c_str(), option, nullptr);
    _exit(127);
  }
  return pid;
}

void Stack::Launch(const std::string& name) {
  if (elsewhere_) return void(elsewhere_->Ask("launch " + name));
  processes_[name] = Spawn(name, nullptr);
}

void Stack::Migrate(const std::vector<std::string>& services) const {
  std::map<std::string, pid_t> running;
  for (const auto& service : services) running[service] = Spawn(service, "--migrate");
  for (const auto& [service, pid] : running) {
    int status = 0;
    waitpid(pid, &status, 0);
    if (status != 0) Fail(absl::StrCat("--migrate: ", testing::Slurp(directory_.path(service + ".log"))));
  }
}

std::string Stack::config(const std::string& name) const {
  return elsewhere_ ? elsewhere_->Ask("config " + name) : directory_.path(name + ".textproto");
}

std::string Stack::address() const {
  return elsewhere_ ? elsewhere_->address : absl::StrCat("127.0.0.1:", ports_.at("gateway"));
}

pid_t Stack::pid(const std::string& name) const {
  return elsewhere_ ? std::stoi(elsewhere_->Ask("pid " + name)) : processes_.at(name);
}

std::string Stack::data(const std::string& name) const {
  return elsewhere_ ? elsewhere_->Ask("data " + name) : directory_.path(name + "-data");
}

std::string Stack::metrics_address(const std::string& name) const {
  return elsewhere_ ? elsewhere_->Ask("metrics " + name)
                    : absl::StrCat("127.0.0.1:", metrics_ports_.at(name));
}

std::map<std::string, std::string> Stack::Written() const {
  const testing::TempDir collected;
  std::vector<std::string> roots = {directory_.path(), data()};
  if (elsewhere_) {
    elsewhere_->Ask("collect " + collected.path());
    roots = {collected.path()};
  }
  std::map<std::string, std::string> files;
  for (const std::string& root : roots) files.merge(testing::FilesUnder(root));
  if (postgres_ != nullptr) files["what the database holds"] = postgres_->Text(database_);
  return files;
}

void Stack::GiveIdentity(const std::string& service, const testing::TestCertificate& identity) const {
  if (elsewhere_) {
    elsewhere_->Ask(
        absl::StrCat("identity ", service, " ", identity.key_file, " ", identity.certificate_file));
    return;
  }
  constexpr auto kReplace = std::filesystem::copy_options::overwrite_existing;
  std::filesystem::copy_file(identity.key_file, directory_.path(service + "-door.key"), kReplace);
  std::filesystem::copy_file(identity.certificate_file, directory_.path(service + "-door.crt"), kReplace);
}

void Stack::Kill(const std::string& name) {
  if (elsewhere_) return void(elsewhere_->Ask("kill " + name));
  kill(processes_.at(name), SIGKILL);
  waitpid(processes_.at(name), nullptr, 0);
  processes_.erase(name);
}

void Stack::Freeze(const std::string& name) const {
  const pid_t process = pid(name);
  kill(process, SIGSTOP);
  if (!testing::Eventually([&] { return StandsStill(process); })) Fail(name + " does not stop");
}

void Stack::KillAndRestart(const std::string& name) {
  Kill(name);
  Launch(name);
  AwaitGateway();
}

AgencyClient Stack::Client(const testing::TestCertificate& certificate) const {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = testing::Slurp(pki_.agency_ca_file());
  options.pem_private_key = testing::Slurp(certificate.key_file);
  options.pem_cert_chain = testing::Slurp(certificate.certificate_file);
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride("localhost");
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  return AgencyClient(
      grpc::CreateCustomChannel(absl::StrCat("ipv4:", address()), grpc::SslCredentials(options), arguments));
}

// Even a machine whose disk is busy with other work brings all processes up in this time.
constexpr absl::Duration kStarting = absl::Minutes(2);

void Stack::AwaitGateway() const {
  // The administrator may call this method of each service behind the gateway.
  std::vector<std::string> probes = {"/accord.audit.v1.AuditService/GetCheckpoint"};
  for (const auto& name : Processes()) {
    if (name == "audit" || name == "gateway") continue;
    probes.push_back(absl::StrCat("/accord.", name, ".v1.StatusService/GetServiceStatus"));
  }
  const AgencyClient console = Console();
  const absl::Time until = absl::Now() + kStarting;
  absl::Status status;
  do {
    status = absl::OkStatus();
    for (const auto& probe : probes)
      status.Update(
          console.CallBytes(probe, {{"accord-actor", "admin"}, {"accord-purpose", "administration"}}, "")
              .status());
    if (status.ok()) return;
    // This is the pause between two attempts to get an answer from the gateway.
    absl::SleepFor(absl::Milliseconds(50));
  } while (absl::Now() < until);
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  for (const auto& name : elsewhere_ ? std::vector<std::string>() : Processes()) {
    std::fprintf(stderr, "-- %s\n%s", name.c_str(), testing::Slurp(directory_.path(name + ".log")).c_str());
  }
  Fail("the gateway does not answer");
}

}  // namespace accord::e2e
