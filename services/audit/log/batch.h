// A batch holds records that wait for the log's writer together, and the rows that they become. The rows, the
// hashes and the tree are made as the records come, while the writer waits for the disk or for the server.
#ifndef ACCORD_SERVICES_AUDIT_LOG_BATCH_H_
#define ACCORD_SERVICES_AUDIT_LOG_BATCH_H_

#include <cstdint>
#include <future>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/merkle/tree.h"
#include "services/audit/log/append.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/entry_rows.h"
#include "services/audit/log/touched_index.h"

namespace accord::audit {

class Batch {
 public:
  // The rows are those of a log that ends where `begin` does.
  explicit Batch(merkle::Frontier begin);
  // This gives an empty batch for the records that come after these.
  Batch Next() const;

  // This adds the records of one request, of so many bytes. `done` is told once the batch is written.
  void Add(std::vector<Prepared> prepared, int64_t bytes, std::promise<absl::StatusOr<int64_t>> done);
  // This drops the rows, because the log ends elsewhere than they expect. BuildRows makes them anew, for a
  // log that ends where `begin` does.
  void DropRows() { rows_.reset(); }
  bool has_rows() const { return rows_.has_value(); }
  void BuildRows(merkle::Frontier begin);

  // This says whether there are rows, and the log ends where they begin.
  bool Follows(const Head& head) const;
  // This inserts the rows. It fails with rule ALREADY_EXISTS if the log has one of the records, or tells of
  // one of the changes, and with LOG_FORKED as AppendAll does.
  absl::Status Insert(storage::Transaction& tx, const Head& head, int64_t span) const;
  // This tells everybody who waits for the batch what became of it.
  void Tell(const absl::StatusOr<int64_t>& result);

  const std::vector<v1::AuditRecord>& records() const { return records_; }
  int64_t bytes() const { return bytes_; }
  // The tree behind the rows, and what they touched.
  const merkle::Frontier& end() const { return end_; }
  const TouchedRows& touched() const { return touched_; }

 private:
  void AddRow(Prepared* prepared);

  merkle::Frontier begin_, end_;
  std::vector<v1::AuditRecord> records_;
  // Without them the writer makes rows of the records itself.
  std::optional<EntryRows> rows_;
  TouchedRows touched_;
  int64_t bytes_ = 0;
  std::vector<std::promise<absl::StatusOr<int64_t>>> waiting_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_BATCH_H_
