// These are the log's tables in a new database, on this machine or behind a network with a delay.
#ifndef ACCORD_TESTS_BENCH_STORED_LOG_H_
#define ACCORD_TESTS_BENCH_STORED_LOG_H_

#include <cstdio>
#include <memory>
#include <string>

#include "common/storage/database/database.h"
#include "common/testing/temp_dir.h"

namespace accord::bench {

class StoredLog {
 public:
  // `delay_us` is the delay in one direction, in microseconds; only PostgreSQL can be behind
  // a network.
  StoredLog(bool postgres, int delay_us);
  ~StoredLog();
  StoredLog(const StoredLog&) = delete;
  StoredLog& operator=(const StoredLog&) = delete;
  storage::Database* database() { return database_.get(); }

 private:
  // This gives the DSN of the same database through a delay_relay process.
  std::string Behind(const std::string& dsn, int delay_us);

  testing::TempDir directory_;
  std::FILE* relay_ = nullptr;
  std::unique_ptr<storage::Database> database_;
};

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_STORED_LOG_H_
