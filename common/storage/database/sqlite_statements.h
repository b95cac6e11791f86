// These are the prepared statements of one SQLite connection. They are private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_SQLITE_STATEMENTS_H_
#define ACCORD_COMMON_STORAGE_DATABASE_SQLITE_STATEMENTS_H_

#include <soci/soci.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/storage/database/database.h"

namespace accord::storage {

// Parameters stand for :p1, :p2, ... Statements throw what SOCI throws.
class SqliteStatements {
 public:
  // The session outlives this.
  explicit SqliteStatements(soci::session* session) : session_(session) {}

  // This gives how many rows the statement changed.
  int64_t Execute(std::string_view sql, const std::vector<Value>& params);
  // This gives a value for each column: text, or a number. There are no more rows than the limit allows.
  std::vector<std::vector<Value>> Fetch(std::string_view sql, const std::vector<bool>& text_columns,
                                        const std::vector<Value>& params, ByteLimit* limit);
  // This forgets the statement that ran last, as one that failed must be.
  void ForgetLast() { prepared_.erase(last_); }
  void Forget() { prepared_.clear(); }

 private:
  // This is stable storage for a prepared statement's parameters and columns.
  struct Slot {
    bool is_text;
    long long number = 0;
    std::string text;
    soci::indicator indicator = soci::i_null;
  };
  struct Prepared {
    std::vector<std::unique_ptr<Slot>> in, out;
    std::unique_ptr<soci::statement> statement;
  };

  Prepared& Prepare(std::string_view sql, const std::vector<bool>& text_columns,
                    const std::vector<Value>& params);

  soci::session* const session_;
  std::map<std::string, Prepared> prepared_;
  // This is the key of the statement used last.
  std::string last_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_SQLITE_STATEMENTS_H_
