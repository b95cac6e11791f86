// This is one PostgreSQL connection with its prepared statements, which SOCI opens and libpq uses. To save
// round trips, the begin of a transaction and the preparation of a statement are sent together with the first
// statement that needs them, and nobody waits for the end of a transaction that changed nothing. It is
// private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_PG_STATEMENTS_H_
#define ACCORD_COMMON_STORAGE_DATABASE_PG_STATEMENTS_H_

#include <libpq-fe.h>
#include <soci/soci.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/storage/database/database.h"
#include "common/storage/database/pg_result.h"

namespace accord::storage {

// This is the most statements that a connection keeps prepared, on either database. When there are more, all
// are forgotten, and those that are still used are prepared again.
inline constexpr std::size_t kMostPrepared = 500;

class PgStatements {
 public:
  // This opens a connection; lost() tells whether that failed.
  explicit PgStatements(const std::string& dsn);
  // This gives the error with which opening failed.
  const std::string& open_error() const { return open_error_; }

  // This sends `begin` together with the next statement.
  void BeginLater(const char* begin) { begin_ = begin; }
  // This says that nothing was sent since BeginLater.
  bool not_begun() const { return begin_ != nullptr; }
  void ForgetBegin() { begin_ = nullptr; }

  // This runs a statement with parameters :p1, :p2, ..., and gives the answer or the first error.
  PgResult Run(std::string_view sql, const std::vector<Value>& params);
  // This runs a statement unprepared and without parameters.
  PgResult Plain(const std::string& sql);
  // This sends a statement whose answer is ignored.
  void Send(const char* sql);
  // The connection is no longer usable.
  bool lost() const { return PQstatus(connection_) == CONNECTION_BAD; }

 private:
  struct Arguments;
  // This reads the remaining results of the previous statement.
  void Settle();
  void ForgetPrepared();
  // This runs a statement together with what is sent with it. `prepare` is its text if it must be prepared
  // first; `prepared` then tells whether it was.
  PgResult RunTogether(const std::string& name, const std::string* prepare, const Arguments& arguments,
                       bool* prepared);

  soci::session session_;
  std::string open_error_;
  // This is the SOCI session's connection; it is null if it was never opened.
  PGconn* connection_ = nullptr;
  const char* begin_ = nullptr;
  // These are the names of the prepared statements, keyed by their text.
  std::map<std::string, std::string, std::less<>> names_;
  int named_ = 0;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_PG_STATEMENTS_H_
