// This is one connection with its prepared statements. It is private to common/storage.
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
  // kWhenNeeded opens the connection at the first Begin.
  explicit DatabaseSession(std::string dsn, int cache_kib = Options().cache_kib, Opening opening = kByOpen);

  // From the next Open on, `checkpoints` copies SQLite's write-ahead log into the file, instead of
  // this session's commits.
  void LeaveLogTo(Checkpoints* checkpoints) { checkpoints_ = checkpoints; }
  absl::Status Open();
  bool postgres() const { return postgres_; }
  // This returns true after an error that makes the connection unusable.
  bool broken() const { return broken_; }

  enum Kind { kReads, kWrites };
  // `begin` is the SQL statement, which decides what the transaction sees; its text must live as long as the
  // process. On PostgreSQL it is sent with the first statement, which also reports its errors.
  absl::Status Begin(const char* begin, Kind kind = kWrites);
  // Rolls back and returns an error if a statement has failed since Begin, even if that error was
  // ignored. PostgreSQL alone would roll back without reporting it.
  absl::Status Commit();
  void Rollback();

  // This begins a part of a transaction that is kept or undone as a whole.
  absl::Status Mark();
  absl::Status Keep();
  absl::Status Undo();
  // This gives the final status of work in this transaction that returned `status`. A conflict or a lost
  // connection that occurred takes precedence over what the work made of it, and the status is never OK after
  // a failed statement. The failure is forgotten afterwards.
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
  // Commits the open transaction, unless nothing was sent in it.
  absl::Status End();
  // This turns the result of a statement on PostgreSQL into a status.
  absl::Status Judge(const PgResult& result);
  // This runs a statement, and opens a new connection for it if the idle one has been closed meanwhile.
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
  // This is the statement that begins the open transaction.
  const char* begin_ = nullptr;
  // This is the first failed statement of this transaction or of its last part.
  absl::Status failure_;
  // These are the statements of the open connection, on PostgreSQL only.
  std::unique_ptr<PgStatements> postgres_statements_;
  // The members from here on are for SQLite only.
  soci::session sql_;
  Checkpoints* checkpoints_ = nullptr;
  SqliteStatements sqlite_statements_{&sql_};
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_DATABASE_SESSION_H_
