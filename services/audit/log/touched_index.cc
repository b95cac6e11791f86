#include "services/audit/log/touched_index.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "common/base/ids.h"
#include "common/storage/database/row_set.h"
#include "services/audit/log/audit_store.h"

namespace accord::audit {
namespace {

constexpr auto kNumber = storage::RowSet::kNumber;
constexpr auto kText = storage::RowSet::kText;
constexpr int64_t kReadAtOnce = 64;
// A transaction that rereads entries to index them ends when it has this many rows.
constexpr std::size_t kMostRows = 16'384;

absl::StatusOr<TouchedRows> ReadTouched(storage::Transaction& tx, int64_t from, int64_t to) {
  TouchedRows touched(from);
  while (touched.end() < to && touched.rows() < kMostRows) {
    const int64_t beyond = std::min(to, touched.end() + kReadAtOnce);
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>("select record from entry where idx >= :p1 and idx < :p2 order by idx",
                              touched.end(), beyond));
    if (static_cast<int64_t>(rows.size()) != beyond - touched.end()) return LogIncomplete();
    for (const auto& [text] : rows) {
      v1::AuditRecord record;
      if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
      touched.Add(record);
    }
  }
  return touched;
}

}  // namespace

void TouchedRows::Add(const v1::AuditRecord& record) {
  std::set<Row> rows;
  for (const auto& resource : record.resources()) {
    rows.emplace(resource.owner(), 1, resource.name(), end_);
    // The owner's row is also the caller's if both are the same agency.
    if (record.owner_only() || resource.owner() == record.agency()) continue;
    rows.emplace(record.agency(), 0, resource.name(), end_);
  }
  rows_.insert(rows_.end(), rows.begin(), rows.end());
  ++end_;
}

void TouchedRows::Join(TouchedRows next) {
  if (next.begin_ != end_) {
    *this = std::move(next);
    return;
  }
  rows_.insert(rows_.end(), std::make_move_iterator(next.rows_.begin()),
               std::make_move_iterator(next.rows_.end()));
  end_ = next.end_;
}

absl::Status TouchedRows::Insert(storage::Transaction& tx, int64_t from) const {
  std::vector<const Row*> sorted;
  for (const Row& row : rows_) {
    if (std::get<3>(row) >= from) sorted.push_back(&row);
  }
  std::sort(sorted.begin(), sorted.end(), [](const Row* one, const Row* other) { return *one < *other; });
  storage::RowSet set("touched_by",
                      {{"agency", kText}, {"as_owner", kNumber}, {"resource", kText}, {"idx", kNumber}});
  for (const Row* row : sorted) {
    const auto& [agency, as_owner, resource, index] = *row;
    set.Add({agency, static_cast<long long>(as_owner), resource, static_cast<long long>(index)});
  }
  return set.Insert(tx, storage::RowSet::kLeave);
}

bool Touches(const v1::AuditRecord& record, const std::string& agency, bool as_owner_only,
             const std::string& resource) {
  const bool called = !as_owner_only && !record.owner_only() && record.agency() == agency;
  return std::any_of(record.resources().begin(), record.resources().end(), [&](const auto& touched) {
    return touched.name() == resource && (called || touched.owner() == agency);
  });
}

absl::StatusOr<int64_t> IndexTouched(storage::Transaction& tx, const TouchedRows& held) {
  ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
  const int64_t from = head.indexed;
  TouchedRows read(from);
  const bool holds = held.begin() <= from && from < held.end();
  if (!holds) {
    ACCORD_ASSIGN_OR_RETURN(read, ReadTouched(tx, from, head.size));
  }
  const TouchedRows& next = holds ? held : read;
  ACCORD_RETURN_IF_ERROR(next.Insert(tx, from));
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("update log_head set indexed = :p1 where id = 1 and indexed < :p2", next.end(), next.end())
          .status());
  return std::max<int64_t>(head.size - next.end(), 0);
}

}  // namespace accord::audit
