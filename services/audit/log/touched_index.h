// This is the index by which entries are found from the resources they touched. Its rows are written a little
// after their entries, for many entries at once: lists of the same records touch the same pages of the index
// repeatedly, and each append would write these pages again. The index is complete up to the entry in
// `log_head.indexed`. A reader also reads the few entries after that one, so no answer is older than the log.
#ifndef ACCORD_SERVICES_AUDIT_LOG_TOUCHED_INDEX_H_
#define ACCORD_SERVICES_AUDIT_LOG_TOUCHED_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/audit/v1/resources.pb.h"
#include "common/storage/database/database.h"

namespace accord::audit {

// These are the rows of what the entries from `begin` to before `end` touched.
class TouchedRows {
 public:
  explicit TouchedRows(int64_t begin = 0) : begin_(begin), end_(begin) {}

  // This adds the entry at end().
  void Add(const v1::AuditRecord& record);
  // This adds the rows that follow these. If `next` does not begin where these rows end, it replaces them,
  // because the database has the rows in between.
  void Join(TouchedRows next);
  // This inserts the rows of entries from `from` on in the order of their keys. Rows that exist already are
  // left alone.
  absl::Status Insert(storage::Transaction& tx, int64_t from) const;

  int64_t begin() const { return begin_; }
  int64_t end() const { return end_; }
  std::size_t rows() const { return rows_.size(); }

 private:
  // A row has the agency, whether it is the owner, the resource and the entry.
  using Row = std::tuple<std::string, int, std::string, int64_t>;
  int64_t begin_, end_;
  std::vector<Row> rows_;
};

// This says whether the index has, for an entry with this record, a row of this resource that is found when
// `agency` looks it up.
bool Touches(const v1::AuditRecord& record, const std::string& agency, bool as_owner_only,
             const std::string& resource);

// Indexes entries that are not indexed yet: those of `held` if it has them, and otherwise a bounded number of
// entries from the database. Runs in the turn of Database::InTurn that appends. It returns how many entries
// are left.
absl::StatusOr<int64_t> IndexTouched(storage::Transaction& tx, const TouchedRows& held);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_TOUCHED_INDEX_H_
