// Rows by which lists are narrowed and ordered, of resources that a version stored which did not write them.
// `listed` of a resource is the version of it whose rows stand in the index, so that whatever another version
// stores shows.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_LISTED_H_
#define ACCORD_COMMON_STORAGE_RECORDS_LISTED_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// Whether some resource, of the kind or of any, is not in the index as it is now. PostgreSQL expects nearly
// every row to differ in two columns, and would read the whole table for one that does: the order makes it
// look in the partial index `resource_unlisted`, where nothing stands as a rule.
inline constexpr char kUnlistedOfKind[] =
    "select 1 from resource where kind = :p1 and listed <> version order by name limit 1";
inline constexpr char kUnlistedOfAny[] =
    "select 1 from resource where listed <> version order by kind, name limit 1";

// UNAVAILABLE with rule LIST_NOT_READY while some resource of the kind is not in the index as it is now: a
// list by it might miss that one.
absl::Status CheckListed(Transaction& tx, const std::string& kind);

// Says whether some resource of any kind is not.
absl::StatusOr<bool> SomeUnlisted(Transaction& tx);
// Writes the rows of at most `limit` of them, for those who see them now; how many. `service` is that of the
// proto package, for example `protocols`. One that cannot be read has none, and holds up no other.
absl::StatusOr<int> ListOlder(Transaction& tx, std::string_view service, int limit);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_LISTED_H_
