// The statements that read pages of what somebody sees. Private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_PAGE_SQL_H_
#define ACCORD_COMMON_STORAGE_RECORDS_PAGE_SQL_H_

#include <string>
#include <string_view>

#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// The first string that no name with this prefix reaches.
std::string EndOf(std::string prefix);

// `sql` selects `columns`, among them `body`, in this order. SQLite reads row by row until the limit is
// reached; PostgreSQL would send everything, so it is told to stop. It may send one row beyond the first that
// is too much, because one window over all rows but the last two costs half of what an exact answer takes.
std::string WithinBytes(const Transaction& tx, std::string_view columns, std::string_view order,
                        const ByteLimit& limit, std::string sql);

// The names of a kind that the viewer sees by its own and everybody's rows, in order, after a name unless
// that is empty.
std::string SeenSql(const std::string& kind, const ListQuery& query, const std::string& after, int limit,
                    const Bind& bind);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_PAGE_SQL_H_
