// The real processes on loopback, with certificates of a throwaway PKI, and clients that call through
// the gateway.
#ifndef ACCORD_TESTS_E2E_STACK_H_
#define ACCORD_TESTS_E2E_STACK_H_

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"
#include "tests/e2e/free_port.h"
#include "tests/e2e/postgres.h"

namespace accord::e2e {

// Ends the test process, which cannot go on.
[[noreturn]] void Fail(const std::string& what);
// This is the value of a variable that ctest sets.
std::string Env(const char* name);

// Every process, the gateway last: the folders of services/ that have a main.cc.
const std::vector<std::string>& Processes();

// One agency's system, able to call as any of its people.
class AgencyClient {
 public:
  explicit AgencyClient(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}

  template <class Res, class Req>
  absl::StatusOr<Res> Call(const std::string& path, const std::string& actor, const std::string& purpose,
                           const Req& request) const {
    absl::StatusOr<std::string> bytes =
        CallBytes(path, {{"accord-actor", actor}, {"accord-purpose", purpose}}, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Res response;
    response.ParseFromString(*bytes);
    return response;
  }
  // Empty header values are not sent.
  // `received`: how many bytes of an answer arrived, whatever the status said.
  absl::StatusOr<std::string> CallBytes(const std::string& path,
                                        const std::multimap<std::string, std::string>& headers,
                                        const std::string& request, std::size_t* received = nullptr) const;

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

// This is an Accord that somebody else started, empty.
struct Deployment {
  // HOST:PORT of its gateway.
  std::string address;
  // The authority of its agencies, and the first administrator.
  std::string keys;
  testing::TestCertificate console;
  // A program that reaches its processes: tests/kube/pod.sh says what it is asked.
  std::string control;

  // ACCORD_E2E_GATEWAY, ACCORD_E2E_CONTROL, with the files of ACCORD_E2E_KEYS as `pki init` names them.
  static std::optional<Deployment> OfEnvironment();
  // Gives what the program prints, without the end of the line; a failure ends the test.
  std::string Ask(const std::string& question) const;
};

class Stack {
 public:
  // `metrics`: each process serves its own; ending them then takes seconds. `postgres`: null for SQLite.
  explicit Stack(bool metrics = false, Postgres* postgres = Postgres::OfEnvironment());
  ~Stack();

  pid_t pid(const std::string& name) const;
  // Holds everything that processes write which this stack started: databases, logs, configuration.
  const testing::TempDir& directory() const { return directory_; }
  // Where a service's SQLite is.
  std::string data(const std::string& name) const;
  // Gives the content of every file that the processes wrote or read, by its path; and what PostgreSQL holds,
  // where its files may compress it or not have it yet.
  std::map<std::string, std::string> Written() const;
  // Gives a service that calls through the gateway its identity there.
  void GiveIdentity(const std::string& service, const testing::TestCertificate& identity) const;
  // Where the databases are on disk.
  std::string data() const { return postgres_ != nullptr ? postgres_->directory() : directory_.path(); }
  // The name of this stack's database on PostgreSQL.
  const std::string& database() const { return database_; }
  // A service's database from its next launch on.
  void UseDatabase(const std::string& service, const Postgres& postgres, const std::string& database);
  // Brings services' schemas to this version, as their owners. Before their first launch on a PostgreSQL.
  void Migrate(const std::vector<std::string>& services) const;
  // IP:PORT where a process serves its metrics.
  std::string metrics_address(const std::string& name) const;

  // Where accordctl finds a process's configuration. What changes there counts from the next launch on.
  std::string config(const std::string& name) const;
  // Says where agencies reach the gateway.
  std::string address() const;
  const testing::TestCertificate& console_files() const { return console_; }

  AgencyClient Client(const testing::TestCertificate& certificate) const;
  // Gives the coordination office's console, whose actor `admin` administers the registry.
  AgencyClient Console() const { return Client(console_); }
  testing::TestPki& pki() { return pki_; }
  const testing::TestPki& pki() const { return pki_; }

  // Ends a process with SIGKILL and starts it again on the same port and files.
  void KillAndRestart(const std::string& name);
  void Kill(const std::string& name);
  // Stops a process with SIGSTOP, and waits until each of its threads stands still: on a busy machine some
  // run on for a while after the signal was sent. SIGCONT lets it go on.
  void Freeze(const std::string& name) const;
  void Launch(const std::string& name);
  // This waits until a call through the gateway is answered.
  void AwaitGateway() const;

 private:
  std::string HostConfig(const std::string& name, const std::string& gateway_key);
  void WriteConfigs();

  std::string MetricsLine(const std::string& name) const;
  std::string DatabaseLine(const std::string& name) const;
  pid_t Spawn(const std::string& name, const char* option) const;
  void Put(const std::string& file, const std::string& text) const;

  const bool metrics_;
  Postgres* const postgres_;
  const std::string database_;
  const std::optional<Deployment> elsewhere_;
  testing::TestPki pki_;
  testing::TempDir directory_;
  testing::TestCertificate console_;
  std::map<std::string, int> ports_, metrics_ports_;
  std::map<std::string, pid_t> processes_;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_STACK_H_
