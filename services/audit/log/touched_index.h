// By which resources entries are found. These rows are written a little after their entries, many entries'
// together: lists of the same records touch the same pages of the index again and again, and a batch of an
// append would write each of these pages anew. `log_head.indexed` says up to which entry the index is whole.
// Whoever looks in it reads the few entries behind that one besides: no answer is ever older than the log.
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

  // Adds the entry at end().
  void Add(const v1::AuditRecord& record);
  // Adds what follows. What does not begin where this ends takes its place: the database has the rest.
  void Join(TouchedRows next);
  // Inserts the rows of entries from `from` on in the order of their keys, and leaves alone what is there.
  absl::Status Insert(storage::Transaction& tx, int64_t from) const;

  int64_t begin() const { return begin_; }
  int64_t end() const { return end_; }
  std::size_t rows() const { return rows_.size(); }

 private:
  // The agency, whether it is the owner, the resource and the entry.
  using Row = std::tuple<std::string, int, std::string, int64_t>;
  int64_t begin_, end_;
  std::vector<Row> rows_;
};

// Whether the index has a row of this resource for an entry with this record, if `agency` looks it up.
bool Touches(const v1::AuditRecord& record, const std::string& agency, bool as_owner_only,
             const std::string& resource);

// Indexes entries that are not indexed yet, out of `held` if it has them, and a bounded number of them
// otherwise. Runs in the turn of whoever appends. Returns how many entries are left.
absl::StatusOr<int64_t> IndexTouched(storage::Transaction& tx, const TouchedRows& held);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_TOUCHED_INDEX_H_
