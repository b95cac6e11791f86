#include "common/storage/database/pg_result.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/numbers.h"

namespace accord::storage {
namespace {

// This gives a number, or a boolean as 0 or 1, or a text.
Value PgValueAt(const PGresult* result, int row, int column, bool is_text) {
  if (PQgetisnull(result, row, column) != 0) return {};
  const char* value = PQgetvalue(result, row, column);
  if (is_text) return std::string(value, static_cast<std::size_t>(PQgetlength(result, row, column)));
  if (*value == 't') return 1LL;
  return static_cast<long long>(std::strtoll(value, nullptr, 10));
}

}  // namespace

bool IsAnswer(const PgResult& result) {
  const ExecStatusType status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

std::string SqlStateOf(const PgResult& result) {
  const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  return state != nullptr ? state : "";
}

int64_t RowsChangedBy(const PgResult& result) {
  int64_t rows = 0;
  return absl::SimpleAtoi(PQcmdTuples(result.get()), &rows) ? rows : 0;
}

std::vector<std::vector<Value>> RowsInResult(const PgResult& result, const std::vector<bool>& text_columns,
                                             ByteLimit* limit) {
  const int count = PQntuples(result.get());
  std::vector<std::vector<Value>> rows;
  rows.reserve(static_cast<std::size_t>(count));
  std::size_t bytes = 0;
  for (int i = 0; i < count; ++i) {
    std::vector<Value> row;
    row.reserve(text_columns.size());
    for (std::size_t column = 0; column < text_columns.size(); ++column) {
      row.push_back(PgValueAt(result.get(), i, static_cast<int>(column), text_columns[column]));
      if (const auto* text = std::get_if<std::string>(&row.back())) bytes += text->size();
    }
    if (limit != nullptr && bytes > limit->bytes && !rows.empty()) {
      limit->reached = true;
      return rows;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace accord::storage
