// Rows of the table `visible`. Private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_VISIBLE_ROWS_H_
#define ACCORD_COMMON_STORAGE_RECORDS_VISIBLE_ROWS_H_

#include "common/storage/database/row_set.h"

namespace accord::storage {

// As its agency, a row of a list has this where it is the resource's own and the same for all who see that.
// No viewer is called so, and without a row of its own nobody is asked about it.
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
