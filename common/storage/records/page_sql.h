// These SQL statements read pages of what a viewer sees. They are private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_PAGE_SQL_H_
#define ACCORD_COMMON_STORAGE_RECORDS_PAGE_SQL_H_

#include <string>
#include <string_view>

#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// This gives the first string after all names with this prefix.
std::string EndOfPrefix(std::string prefix);

// This limits a query by bytes. `sql` selects `columns`, among them `body`, in this order. SQLite reads row
// by row and the caller stops at the limit; PostgreSQL would send everything, so the statement itself stops.
// It may send one row beyond the first that exceeds the limit, because one window over all rows but the last
// two costs half of an exact answer.
std::string WithinBytes(const Transaction& tx, std::string_view columns, std::string_view order,
                        const ByteLimit& limit, std::string sql);

// This selects the names of a kind that the viewer sees by its own rows or by those for everybody, in order,
// and after the name `after` unless that is empty.
std::string SeenPageSql(const std::string& kind, const ListQuery& query, const std::string& after, int limit,
                        const Bind& bind);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_PAGE_SQL_H_
