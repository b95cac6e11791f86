// This is the result of a statement on PostgreSQL. It is private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_PG_RESULT_H_
#define ACCORD_COMMON_STORAGE_DATABASE_PG_RESULT_H_

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/storage/database/value.h"

namespace accord::storage {

struct PgResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};

using PgResult = std::unique_ptr<PGresult, PgResultDeleter>;

// This says whether the result is an answer and not an error. A lost connection gives null.
bool IsAnswer(const PgResult& result);

// This gives the five characters of the result's SQLSTATE, or nothing if the server sent none.
std::string SqlStateOf(const PgResult& result);

// This gives the number of rows that a statement changed.
int64_t RowsChangedBy(const PgResult& result);

// This gives the values of each row, one for each column: text or a number, where a boolean is 0 or 1. It
// stops when `limit` is reached.
std::vector<std::vector<Value>> RowsInResult(const PgResult& result, const std::vector<bool>& text_columns,
                                             ByteLimit* limit);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_PG_RESULT_H_
