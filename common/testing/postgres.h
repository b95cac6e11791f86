// This is a real PostgreSQL for one test process: Debian's binaries and a private cluster on a unix socket.
#ifndef ACCORD_COMMON_TESTING_POSTGRES_H_
#define ACCORD_COMMON_TESTING_POSTGRES_H_

#include <string>

#include "common/testing/temp_dir.h"

namespace accord::testing {

class PostgresCluster {
 public:
  // This gives the cluster of this test process, which is started at the first call. It aborts with a message
  // if it cannot start.
  static PostgresCluster& Shared();
  // This sets how much of its tables the cluster keeps in shared memory, in PostgreSQL's notation: `1GB`.
  // Call it before the first call of Shared; the default is PostgreSQL's, 128 MB.
  static void UseBuffers(const std::string& size);
  ~PostgresCluster();

  // This gives the DSN of a new, empty database.
  std::string NewDatabase();

 private:
  PostgresCluster();
  std::string Dsn(const std::string& database) const;
  // This runs the command as the operating system user that PostgreSQL may run under.
  int Run(const std::string& command) const;

  TempDir directory_;
  std::string bin_;
  int databases_ = 0;
  static std::string buffers_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_POSTGRES_H_
