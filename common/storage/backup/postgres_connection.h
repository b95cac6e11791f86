// This is a connection to a PostgreSQL database that only a backup uses.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_CONNECTION_H_
#define ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_CONNECTION_H_

#include <libpq-fe.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/backup/backup_rows.h"

namespace accord::storage {

class PostgresConnection {
 public:
  ~PostgresConnection() { PQfinish(connection_); }
  absl::Status Open(const std::string& dsn) {
    connection_ = PQconnectdb(dsn.c_str());
    return PQstatus(connection_) == CONNECTION_OK ? absl::OkStatus() : BackupFailed("reached");
  }
  absl::StatusOr<BackupRows> Query(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_, sql.c_str()), &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return BackupFailed("read");
    BackupRows rows(PQntuples(result.get()));
    for (int i = 0; i < PQntuples(result.get()); ++i) {
      for (int j = 0; j < PQnfields(result.get()); ++j) rows[i].emplace_back(PQgetvalue(result.get(), i, j));
    }
    return rows;
  }

 private:
  PGconn* connection_ = nullptr;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_CONNECTION_H_
