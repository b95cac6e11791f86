// These SQL statements read pages of a narrowed list. They are private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_NARROWED_SQL_H_
#define ACCORD_COMMON_STORAGE_RECORDS_NARROWED_SQL_H_

#include <string>

#include "common/storage/records/narrowed.h"

namespace accord::storage {

// This selects `value` and `name` of at most `limit` matching rows, in order, from the first `rows` rows of
// the range.
std::string NarrowedSql(const NarrowedPage& page, int rows, int limit, const Bind& bind);
// This selects `value` and `name` of the last of kLookedAt rows of the range, or gives no row if the range
// ends earlier.
std::string LastLookedAtSql(const NarrowedPage& page, const Bind& bind);
// This gives ` desc`, or nothing.
std::string DirectionOf(const Narrowed& by);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_NARROWED_SQL_H_
