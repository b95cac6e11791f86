// These are rows of the table `visible`. They are private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_VISIBLE_ROWS_H_
#define ACCORD_COMMON_STORAGE_RECORDS_VISIBLE_ROWS_H_

#include "common/storage/database/row_set.h"

namespace accord::storage {

// This is the `agency` of list rows that belong to the resource itself and are the same for all who see it.
// No viewer has this name, and without a row of its own no viewer reads it.
inline constexpr char kOwnRows[] = ":";

inline RowSet VisibleRows() {
  return RowSet("visible", {{"kind", RowSet::kText},
                            {"agency", RowSet::kText},
                            {"field", RowSet::kText},
                            {"value", RowSet::kText},
                            {"name", RowSet::kText}});
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_VISIBLE_ROWS_H_
