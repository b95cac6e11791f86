// Many rows for one table in one statement: a batch costs as many statements as it fills tables, whatever its
// size.
#ifndef ACCORD_COMMON_STORAGE_ROW_SET_H_
#define ACCORD_COMMON_STORAGE_ROW_SET_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database.h"

namespace accord::storage {

class RowSet {
 public:
  enum Type { kNumber, kText };
  struct Column {
    std::string name;
    Type type;
  };
  RowSet(std::string table, std::vector<Column> columns);

  // A value for each column, of its type.
  void Add(std::vector<Value> row);
  bool empty() const { return rows_.empty(); }

  enum OnConflict { kFail, kLeave };
  // kLeave: rows that are there already are left alone.
  absl::Status Insert(Transaction& tx, OnConflict on_conflict) const;
  // The rows of the table that are the same in these columns.
  absl::Status Delete(Transaction& tx) const;
  // Those of the rows that the table has, by these columns.
  absl::StatusOr<std::vector<bool>> Present(Transaction& tx) const;

 private:
  absl::Status ExecEach(Transaction& tx, const std::string& sql) const;
  // `column = :p1 and ...`.
  std::string Conditions() const;
  // `unnest` of all rows, a parameter for each column.
  std::string Unnested(std::vector<Value>* params) const;

  const std::string table_;
  const std::vector<Column> columns_;
  std::vector<std::vector<Value>> rows_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_ROW_SET_H_
