// A real PostgreSQL of the test's own: Debian's binaries, a private cluster on a unix socket.
#ifndef ACCORD_COMMON_TESTING_POSTGRES_H_
#define ACCORD_COMMON_TESTING_POSTGRES_H_

#include <string>

#include "common/testing/temp_dir.h"

namespace accord::testing {

class PostgresCluster {
 public:
  // The cluster of this test process, started at the first call; aborts with a message if it cannot start.
  static PostgresCluster& Shared();
  // The cluster keeps so much of its tables in memory of its own, as PostgreSQL writes sizes: `1GB`. It is
  // said before the first call of Shared; otherwise it is PostgreSQL's default, 128 MB.
  static void UseBuffers(const std::string& size);
  ~PostgresCluster();

  // DSN of a new, empty database.
  std::string NewDatabase();

 private:
  PostgresCluster();
  std::string Dsn(const std::string& database) const;
  // The command runs as the operating system user that PostgreSQL may run under.
  int Run(const std::string& command) const;

  TempDir directory_;
  std::string bin_;
  int databases_ = 0;
  static std::string buffers_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_POSTGRES_H_
