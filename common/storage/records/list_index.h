// This writes index rows for lists, for resources that were stored by a program version that did not write
// such rows. The column `listed` of a resource is the version of it that is indexed. So a resource that
// another program version has stored is recognized.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_LIST_INDEX_H_
#define ACCORD_COMMON_STORAGE_RECORDS_LIST_INDEX_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This says whether some resource, of one kind or of any, is not indexed in its present version. The order by
// name is needed on PostgreSQL: it expects nearly every row to differ in the two columns and would scan the
// whole table, whereas the order makes it use the partial index `resource_unlisted`, which is usually empty.
inline constexpr char kUnlistedOfKind[] =
    "select 1 from resource where kind = :p1 and listed <> version order by name limit 1";
inline constexpr char kUnlistedOfAny[] =
    "select 1 from resource where listed <> version order by kind, name limit 1";

// This fails with UNAVAILABLE and rule LIST_NOT_READY while some resource of the kind is not indexed in its
// present version, because a list might miss it.
absl::Status CheckListed(Transaction& tx, const std::string& kind);

// This says whether some resource of any kind is not indexed.
absl::StatusOr<bool> SomeUnlisted(Transaction& tx);
// This writes the index rows of at most `limit` such resources, for those who see them now, and gives how
// many. `service` is that of the proto package, for example `protocols`. A resource that cannot be read gets
// no rows and does not delay others.
absl::StatusOr<int> ListOlder(Transaction& tx, std::string_view service, int limit);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_LIST_INDEX_H_
