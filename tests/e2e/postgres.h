// This is a PostgreSQL of the test's own, as k8s/local/postgres.sh makes it: TLS, certificates instead of
// passwords, a schema and two roles a service, and a replica that every commit waits for.
#ifndef ACCORD_TESTS_E2E_POSTGRES_H_
#define ACCORD_TESTS_E2E_POSTGRES_H_

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "common/testing/temp_dir.h"

namespace accord::e2e {

// This aborts the test process on any failure, because nothing can be tested without a database.
class Postgres {
 public:
  // It is one server, or two that can replace each other. It need not be durable, because no test is about
  // what a crash of the machine would lose.
  explicit Postgres(bool pair = false, bool durable = true);
  ~Postgres();
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;

  // This gives the PostgreSQL of this test process if ACCORD_E2E_DATABASE is `postgres`; it is null
  // for SQLite.
  static Postgres* OfEnvironment();

  // This makes a database that has every service's schema and roles, and gives its name.
  std::string NewDatabase();
  // This gives the DSN of `accord_<service>` or `accord_<service>_owner`, whichever server leads.
  std::string Dsn(const std::string& role, const std::string& database) const;
  // This directory holds everything that the servers write.
  std::string directory() const { return directory_.path(); }

  // This makes the other server a new copy of the one that leads. From then on commits wait for it.
  void Follow();
  void KillLeader();
  // This makes the other server lead, and returns when it takes writes.
  void Promote();

  // This gives every row of every schema, as a person reads it.
  std::string Text(const std::string& database) const { return Script("dump", {leader_, database}); }
  // These copy one schema into a file in pg_dump's custom format, and back.
  void Dump(const std::string& database, const std::string& schema, const std::string& file) const;
  void Restore(const std::string& database, const std::string& file) const;

 private:
  std::string Other() const { return leader_ == "a" ? "b" : "a"; }
  // This gives what `postgres.sh COMMAND DIR ARGUMENTS...` prints.
  std::string Script(const std::string& command, const std::vector<std::string>& arguments) const;
  void Launch(const std::string& node);
  void End(const std::string& node, int signal);

  const bool pair_;
  testing::TempDir directory_;
  std::string leader_ = "a";
  std::map<std::string, pid_t> servers_;
  std::map<std::string, int> ports_;
  int databases_ = 0;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_POSTGRES_H_
