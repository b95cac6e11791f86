// By what entries are found: the agencies they concern, the changes they tell of, and, in touched_index.h,
// the resources they touched. Pages of them are read in entry_pages.h, changes looked for in told_changes.h.
#ifndef ACCORD_SERVICES_AUDIT_LOG_AUDIT_INDEX_H_
#define ACCORD_SERVICES_AUDIT_LOG_AUDIT_INDEX_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "common/storage/database/database.h"
#include "common/storage/database/row_set.h"

namespace accord::audit {

// The index rows of a batch of entries: a statement for each index, however many entries there are.
class IndexRows {
 public:
  void Add(int64_t index, const v1::AuditRecord& record);
  absl::Status Insert(storage::Transaction& tx) const;
  // This adds what Insert inserts. `told` says what to do with a change that the log tells of already.
  void AddTo(storage::RowSet::OnConflict told, std::vector<storage::Insertion>* insertions) const;

 private:
  void AddConcerned(int64_t index, const v1::AuditRecord& record);

  static constexpr auto kNumber = storage::RowSet::kNumber;
  static constexpr auto kText = storage::RowSet::kText;
  storage::RowSet concerned_{"concerned", {{"agency", kText}, {"as_owner", kNumber}, {"idx", kNumber}}};
  storage::RowSet revised_{"revised", {{"digest", kText}, {"idx", kNumber}}};
  storage::RowSet revising_{"revising", {{"service", kText}, {"idx", kNumber}}};
  storage::RowSet requested_{"requested", {{"agency", kText}, {"request_id", kText}, {"idx", kNumber}}};
  std::set<std::string> services_;
};

// This indexes what another version of this service appended, which knows fewer indexes, from `from` up
// to `to`.
absl::Status IndexGap(storage::Transaction& tx, int64_t from, int64_t to);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_AUDIT_INDEX_H_
