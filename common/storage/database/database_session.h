// One connection with its prepared statements. Private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_DATABASE_SESSION_H_
#define ACCORD_COMMON_STORAGE_DATABASE_DATABASE_SESSION_H_

#include <soci/soci.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/storage/database/database.h"
#include "common/storage/database/pg_statements.h"
#include "common/storage/database/sqlite_statements.h"

namespace accord::storage {

class Checkpoints;

class DatabaseSession {
 public:
  enum Opening { kByOpen, kWhenNeeded };
  // kWhenNeeded: the first Begin opens it.
  explicit DatabaseSession(std::string dsn, int cache_kib = Options().cache_kib, Opening opening = kByOpen);

  // From the next Open on, this session's commits leave SQLite's write-ahead log to `checkpoints`, which
  // copies it into the file.
  void LeaveLogTo(Checkpoints* checkpoints) { checkpoints_ = checkpoints; }
  absl::Status Open();
  bool postgres() const { return postgres_; }
  // True after an error that makes the connection useless.
  bool broken() const { return broken_; }

  enum Kind { kReads, kWrites };
  // `begin`: the statement, which decides what the transaction sees. It lives as long as the process. On
  // PostgreSQL it goes out with the first statement, which then fails with what it failed with.
  absl::Status Begin(const char* begin, Kind kind = kWrites);
  // It is not OK, and rolls back, if a statement failed since Begin, whatever became of its error: PostgreSQL
  // would roll back and say nothing.
  absl::Status Commit();
  void Rollback();

  // A part of a transaction that is kept or undone as a whole.
  absl::Status Mark();
  absl::Status Keep();
  absl::Status Undo();
  // This is what became of work in this transaction that came to `status`. A conflict or a lost connection
  // that it met, and took for something else, is what became of it; and nothing is well after a statement
  // that failed. Forgets the failure.
  absl::Status Outcome(absl::Status status);

  absl::StatusOr<int64_t> Execute(std::string_view sql, const std::vector<Value>& params);
  absl::StatusOr<std::vector<std::vector<Value>>> Fetch(std::string_view sql,
                                                        const std::vector<bool>& text_columns,
                                                        const std::vector<Value>& params,
                                                        ByteLimit* limit = nullptr);
  // Runs without a prepared statement, as schema changes and transaction control need it.
  absl::Status Plain(const std::string& sql);

 private:
  absl::Status OpenPostgres();
  // Ends the open transaction with what it did.
  absl::Status End();
  // OK, or what became of a statement on PostgreSQL.
  absl::Status Judge(const PgResult& result);
  // Runs a statement, on a new connection if the one that was idle until now has ended meanwhile.
  absl::Status RunOnPostgres(std::string_view sql, const std::vector<Value>& params, PgResult* result);
  template <class Fn>
  absl::Status Guarded(Fn fn);
  template <class Fn>
  absl::Status GuardedStatement(Fn fn);

  std::string dsn_;
  int cache_kib_;
  bool postgres_;
  bool broken_ = false;
  bool open_transaction_ = false;
  Kind kind_ = kWrites;
  // This is what the open transaction begins with.
  const char* begin_ = nullptr;
  // The first failure of a statement in this transaction or its last part.
  absl::Status failure_;
  // On PostgreSQL, these are the statements of the open connection.
  std::unique_ptr<PgStatements> postgres_statements_;
  // The members from here on are used on SQLite.
  soci::session sql_;
  Checkpoints* checkpoints_ = nullptr;
  SqliteStatements sqlite_statements_{&sql_};
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_DATABASE_SESSION_H_
