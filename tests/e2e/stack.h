// These are the real processes on loopback, with certificates of a throwaway PKI, and clients that call
// through the gateway.
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
#include "tests/e2e/agency_client.h"
#include "tests/e2e/deployment.h"
#include "tests/e2e/free_port.h"
#include "tests/e2e/postgres.h"

namespace accord::e2e {

// This ends the test process, which cannot go on.
[[noreturn]] void Fail(const std::string& what);
// This gives the value of a variable that ctest sets.
std::string Env(const char* name);

// This gives every process, the gateway last. These are the folders of services/ that have a main.cc.
const std::vector<std::string>& Processes();

class Stack {
 public:
  // With `metrics` each process serves its own page, and takes seconds to end. `postgres` is null for SQLite.
  explicit Stack(bool metrics = false, Postgres* postgres = Postgres::OfEnvironment());
  ~Stack();

  pid_t pid(const std::string& name) const;
  // This directory holds everything that processes of this stack write: databases, logs and configuration.
  const testing::TempDir& directory() const { return directory_; }
  // This gives the place of a service's SQLite database.
  std::string data(const std::string& name) const;
  // This gives the content of every file that the processes wrote or read, by its path. It adds what
  // PostgreSQL holds, because its files may be compressed or not yet written.
  std::map<std::string, std::string> Written() const;
  // This gives a service that calls through the gateway its identity.
  void GiveIdentity(const std::string& service, const testing::TestCertificate& identity) const;
  // This gives the place of the databases on disk.
  std::string data() const { return postgres_ != nullptr ? postgres_->directory() : directory_.path(); }
  // This is the name of this stack's database on PostgreSQL.
  const std::string& database() const { return database_; }
  // This sets the database that a service uses from its next launch on.
  void UseDatabase(const std::string& service, const Postgres& postgres, const std::string& database);
  // Migrates the schemas of services to this version, as their owners. On PostgreSQL this precedes their
  // first launch.
  void Migrate(const std::vector<std::string>& services) const;
  // This gives IP:PORT where a process serves its metrics.
  std::string metrics_address(const std::string& name) const;

  // This gives the file where accordctl finds a process's configuration. Changes to it take effect at the
  // next launch.
  std::string config(const std::string& name) const;
  // This gives the address at which agencies reach the gateway.
  std::string address() const;
  const testing::TestCertificate& console_files() const { return console_; }

  AgencyClient Client(const testing::TestCertificate& certificate) const;
  // This gives the coordination office's console, whose actor `admin` administers the registry.
  AgencyClient Console() const { return Client(console_); }
  testing::TestPki& pki() { return pki_; }
  const testing::TestPki& pki() const { return pki_; }

  // This ends a process with SIGKILL and starts it again on the same port and files.
  void KillAndRestart(const std::string& name);
  void Kill(const std::string& name);
  // This stops a process with SIGSTOP, and waits until each of its threads stands still, because on a busy
  // machine some run on for a while after the signal was sent. SIGCONT lets it continue.
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
