// This is the index by which entries are found from the resources they touched. Its rows are written a little
// after their entries, for many entries at once: lists of the same records touch the same names repeatedly,
// and one row stands for many entries of one agency and resource. These rows never overlap, because the
// writers of the index take turns. The index is complete up to the entry in `log_head.indexed`. A reader also
// reads the few entries after that one, so no answer is older than the log.
#ifndef ACCORD_SERVICES_AUDIT_LOG_TOUCHED_INDEX_H_
#define ACCORD_SERVICES_AUDIT_LOG_TOUCHED_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/audit/v1/resources.pb.h"
#include "common/storage/database/database.h"
#include "common/storage/database/row_set.h"

namespace accord::audit {

// A row of the index has so many entries at the most, so that a page reads little more than it shows.
inline constexpr int kEntriesInRow = 64;

// This is what the entries from `begin` to before `end` touched.
class TouchedRows {
 public:
  explicit TouchedRows(int64_t begin = 0) : begin_(begin), end_(begin) {}

  // This adds the entry at end().
  void Add(const v1::AuditRecord& record);
  // This adds what the entries after these touched. If `next` does not begin where these end, it replaces
  // them, because the database has the entries in between.
  void Join(TouchedRows next);
  // These are the rows of entries from `from` on in the order of their keys. `firsts` has the first entry of
  // each span: no row reaches from one span of the log into the next, so that a span can be moved out whole.
  storage::RowSet RowsFrom(int64_t from, const std::vector<int64_t>& firsts) const;
  // This inserts the rows of entries from `from` on. Rows that exist already are left alone.
  absl::Status Insert(storage::Transaction& tx, int64_t from) const;

  int64_t begin() const { return begin_; }
  int64_t end() const { return end_; }
  // This counts each agency once for each resource, whatever the number of entries.
  std::size_t keys() const { return keys_; }

 private:
  // These are the entries in which an agency touched a resource, or in which its own resource was touched.
  struct Toucher {
    std::string agency;
    int as_owner;
    std::vector<int64_t> entries;
  };
  std::vector<int64_t>& EntriesOf(const std::string& resource, const std::string& agency, int as_owner);

  int64_t begin_, end_;
  absl::flat_hash_map<std::string, std::vector<Toucher>> by_resource_;
  std::size_t keys_ = 0;
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
