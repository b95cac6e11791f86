#include "common/storage/database/has_table.h"

#include "common/base/error.h"

namespace accord::storage {

absl::StatusOr<bool> HasTable(Transaction& tx, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>(tx.postgres()
                            ? "select count(*) from pg_tables where schemaname = current_schema() and "
                              "tablename = :p1"
                            : "select count(*) from sqlite_master where type = 'table' and name = :p1",
                        name));
  return std::get<0>(rows.at(0)) > 0;
}

}  // namespace accord::storage
