// This stores many records at once in the form in which services store them, fast enough for a benchmark.
// They have no events, so nobody is told about them.
#ifndef ACCORD_TESTS_BENCH_STORED_ROWS_H_
#define ACCORD_TESTS_BENCH_STORED_ROWS_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "common/storage/database/row_set.h"
#include "common/storage/records/resources.h"
#include "common/storage/records/visible_rows.h"

namespace accord::bench {

class StoredRows {
 public:
  // This adds the first version of a record, under the record's own name.
  absl::Status Add(storage::Transaction& tx, const std::string& kind, const google::protobuf::Message& record,
                   const storage::Placement& placement, const storage::Write& write);
  // This stores everything that was added.
  absl::Status Insert(storage::Transaction& tx) const;

 private:
  storage::RowSet resources_{"resource",
                             {{"kind", storage::RowSet::kText},
                              {"name", storage::RowSet::kText},
                              {"owner", storage::RowSet::kText},
                              {"state", storage::RowSet::kText},
                              {"version", storage::RowSet::kNumber},
                              {"create_us", storage::RowSet::kNumber},
                              {"update_us", storage::RowSet::kNumber},
                              {"body", storage::RowSet::kText},
                              {"seal_key", storage::RowSet::kText},
                              {"listed", storage::RowSet::kNumber}}};
  storage::RowSet revisions_{"revision",
                             {{"kind", storage::RowSet::kText},
                              {"name", storage::RowSet::kText},
                              {"version", storage::RowSet::kNumber},
                              {"at_us", storage::RowSet::kNumber},
                              {"agency", storage::RowSet::kText},
                              {"actor", storage::RowSet::kText},
                              {"request_id", storage::RowSet::kText},
                              {"body", storage::RowSet::kText},
                              {"seal_key", storage::RowSet::kText}}};
  storage::RowSet visible_ = storage::VisibleRows();
};

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_STORED_ROWS_H_
