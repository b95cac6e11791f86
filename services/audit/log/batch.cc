#include "services/audit/log/batch.h"

#include <utility>

#include "absl/time/clock.h"

namespace accord::audit {

Batch::Batch(merkle::Frontier begin)
    : begin_(std::move(begin)), end_(begin_), rows_(absl::Now()), touched_(begin_.size()) {}

Batch Batch::Next() const {
  Batch next(end_);
  if (!rows_) next.DropRows();
  return next;
}

void Batch::Add(std::vector<Prepared> prepared, int64_t bytes, std::promise<absl::StatusOr<int64_t>> done) {
  for (Prepared& each : prepared) {
    if (rows_) AddRow(&each);
    records_.push_back(std::move(each.record));
  }
  bytes_ += bytes;
  waiting_.push_back(std::move(done));
}

void Batch::BuildRows(merkle::Frontier begin) {
  begin_ = std::move(begin);
  end_ = begin_;
  touched_ = TouchedRows(begin_.size());
  rows_.emplace(absl::Now());
  std::vector<Prepared> prepared = PreparedFrom(std::exchange(records_, {}));
  for (Prepared& each : prepared) {
    AddRow(&each);
    records_.push_back(std::move(each.record));
  }
}

void Batch::AddRow(Prepared* prepared) {
  touched_.Add(prepared->record);
  rows_->Add(prepared, &end_);
}

bool Batch::Follows(const Head& head) const {
  return rows_ && head.size == begin_.size() && head.root == begin_.Root();
}

absl::Status Batch::Insert(storage::Transaction& tx, const Head& head, int64_t span) const {
  return InsertEntries(tx, head, *rows_, storage::RowSet::kFail, end_, span);
}

void Batch::Tell(const absl::StatusOr<int64_t>& result) {
  for (auto& each : waiting_) each.set_value(result);
}

}  // namespace accord::audit
