// This writes many rows of one table with one statement. A batch costs as many statements as it fills tables,
// however many rows it has.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_ROW_SET_H_
#define ACCORD_COMMON_STORAGE_DATABASE_ROW_SET_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

struct Insertion;

class RowSet {
 public:
  enum Type { kNumber, kText };
  struct Column {
    std::string name;
    Type type;
  };
  RowSet(std::string table, std::vector<Column> columns);

  // This adds a row: a value for each column, of the column's type.
  void Add(std::vector<Value> row);
  bool empty() const { return rows_.empty(); }

  enum OnConflict { kFail, kLeave };
  // This inserts the rows. kLeave: rows that exist already are left unchanged.
  absl::Status Insert(Transaction& tx, OnConflict on_conflict) const;
  // This deletes the rows of the table that equal these in these columns.
  absl::Status Delete(Transaction& tx) const;
  // This gives for each row whether the table has one that equals it in these columns.
  absl::StatusOr<std::vector<bool>> Present(Transaction& tx) const;

 private:
  friend absl::StatusOr<int64_t> InsertAll(Transaction& tx, std::span<const Insertion> insertions,
                                           std::string_view last, std::vector<Value> params);

  std::string InsertSql() const;
  absl::Status ExecEach(Transaction& tx, const std::string& sql) const;
  // This gives `column = :p1 and ...`.
  std::string Conditions() const;
  // This gives `unnest` of all rows, with one parameter for each column.
  std::string Unnested(std::vector<Value>* params) const;

  const std::string table_;
  const std::vector<Column> columns_;
  std::vector<std::vector<Value>> rows_;
};

struct Insertion {
  const RowSet* rows;
  RowSet::OnConflict on_conflict = RowSet::kFail;
};

// This inserts into several tables, then runs `last` with `params`, and gives the number of rows that
// `last` affected. On PostgreSQL all of it is one statement, to save round trips. `last` must not read what
// is inserted.
absl::StatusOr<int64_t> InsertAll(Transaction& tx, std::span<const Insertion> insertions,
                                  std::string_view last, std::vector<Value> params);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_ROW_SET_H_
