#include "tests/bench/stored_log.h"

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/storage/records/resources.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/sequencer.h"
#include "tests/bench/compare.h"

namespace accord::bench {

StoredLog::StoredLog(bool postgres, int delay_us) {
  std::string dsn = directory_.path("log.db");
  if (postgres) dsn = testing::PostgresCluster::Shared().NewDatabase();
  const auto direct = storage::Database::Open({dsn, 1});
  Require(direct.ok() && (*direct)->Migrate(storage::WithCore(audit::AuditMigrations())).ok());
  // This makes room in advance for inserts that do not ask for it.
  const auto room = [](storage::Transaction& tx) -> absl::Status {
    if (!tx.postgres()) return absl::OkStatus();
    return tx.Query<int64_t>("select log_extend(1048576, 1048576)").status();
  };
  Require((*direct)->Transact(room).ok());
  storage::Options writing{delay_us > 0 ? Behind(dsn, delay_us) : dsn, 2};
  writing.cache_kib = audit::kWriterCacheKib;
  auto database = storage::Database::Open(writing);
  Require(database.ok());
  database_ = *std::move(database);
}

StoredLog::~StoredLog() {
  database_.reset();
  if (relay_ != nullptr) pclose(relay_);
}

// The cluster's DSNs are `postgresql://accord@/NAME?host=DIRECTORY`.
std::string StoredLog::Behind(const std::string& dsn, int delay_us) {
  const std::size_t name = dsn.find("@/") + 2, host = dsn.find("?host=");
  Require(name != std::string::npos && host != std::string::npos);
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "delay_relay";
  const std::string port_file = directory_.path("port");
  relay_ = popen(absl::StrCat("exec ", program, " --to ", dsn.substr(host + 6), "/.s.PGSQL.5432 --delay-us ",
                              delay_us, " --port-file ", port_file)
                     .c_str(),
                 "w");
  Require(relay_ != nullptr);
  int port = 0;
  Require(testing::Eventually([&] { return static_cast<bool>(std::ifstream(port_file) >> port); }));
  return absl::StrCat("postgresql://accord@127.0.0.1:", port, "/", dsn.substr(name, host - name),
                      "?sslmode=disable");
}

}  // namespace accord::bench
