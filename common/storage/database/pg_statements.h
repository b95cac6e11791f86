// One PostgreSQL connection with its prepared statements, that SOCI opens and libpq asks: what begins a
// transaction, and what prepares a statement, goes out together with the statement that needs it, and nobody
// waits for the end of a transaction that changed nothing. Private to common/storage.
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

namespace accord::storage {

// Statements that a connection keeps prepared, on either database. Past it all are forgotten, and those that
// are in use are prepared again.
inline constexpr std::size_t kMostPrepared = 500;

struct PgResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, PgResultDeleter>;

// Says whether it is an answer and no error. Null is what a lost connection gives.
bool IsAnswer(const PgResult& result);
// The five characters of its SQLSTATE; empty if the server did not say any.
std::string StateOf(const PgResult& result);
// Rows that a statement changed.
int64_t ChangedBy(const PgResult& result);
// Gives a value for each column: text, or a number, where a truth is 0 or 1. No more than the limit allows.
std::vector<std::vector<Value>> RowsOf(const PgResult& result, const std::vector<bool>& text_columns,
                                       ByteLimit* limit);

class PgStatements {
 public:
  // Opens a connection; `lost` says whether it failed.
  explicit PgStatements(const std::string& dsn);
  // This is the error with which opening failed.
  const std::string& open_error() const { return open_error_; }

  // `begin` goes out with the next statement.
  void BeginLater(const char* begin) { begin_ = begin; }
  // Nothing was sent since BeginLater.
  bool not_begun() const { return begin_ != nullptr; }
  void ForgetBegin() { begin_ = nullptr; }

  // Parameters stand for :p1, :p2, ... The answer, or the first error.
  PgResult Run(std::string_view sql, const std::vector<Value>& params);
  // This runs a statement unprepared and without parameters.
  PgResult Plain(const std::string& sql);
  // This sends a statement whose answer nobody looks at.
  void Send(const char* sql);
  // The connection is of no more use.
  bool lost() const { return PQstatus(connection_) == CONNECTION_BAD; }

 private:
  struct Arguments;
  // Takes what is left of the statement before.
  void Settle();
  void ForgetPrepared();
  // Gives a statement with what goes out with it. `prepare`: its text, if it has to be prepared; then whether
  // it was.
  PgResult RunTogether(const std::string& name, const std::string* prepare, const Arguments& arguments,
                       bool* prepared);

  soci::session session_;
  std::string open_error_;
  // The session's own; null if it was never opened.
  PGconn* connection_ = nullptr;
  const char* begin_ = nullptr;
  // The prepared statements are found by their text.
  std::map<std::string, std::string, std::less<>> names_;
  int named_ = 0;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_PG_STATEMENTS_H_
