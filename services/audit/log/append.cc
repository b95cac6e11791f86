#include "services/audit/log/append.h"

#include <deque>
#include <set>
#include <tuple>

#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/audit/log/told_changes.h"

namespace accord::audit {
namespace {

constexpr int kForgottenAtOnce = 10'000;

// This gives the records that the log does not have, each once.
absl::StatusOr<std::vector<const Prepared*>> FindUnappended(storage::Transaction& tx,
                                                            const std::vector<const Prepared*>& records) {
  storage::RowSet asked("appended", {{"call_id", storage::RowSet::kText},
                                     {"phase", storage::RowSet::kNumber},
                                     {"part", storage::RowSet::kNumber}});
  for (const Prepared* prepared : records) {
    const v1::AuditRecord& record = prepared->record;
    asked.Add(
        {record.call_id(), static_cast<long long>(record.phase()), static_cast<long long>(record.part())});
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> known, asked.Present(tx));
  std::set<std::tuple<std::string, int, int>> batch;
  std::vector<const Prepared*> fresh;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const v1::AuditRecord& record = records[i]->record;
    const bool first = batch.emplace(record.call_id(), record.phase(), record.part()).second;
    if (!known[i] && first) fresh.push_back(records[i]);
  }
  return fresh;
}

// This makes room for entries up to, and without, `end`.
absl::Status MakeRoomToAppend(storage::Transaction& tx, const Head& head, int64_t end, int64_t span) {
  if (end <= head.room) return absl::OkStatus();
  if (tx.postgres()) return tx.Query<int64_t>("select log_extend(:p1, :p2)", end, span).status();
  int64_t first = head.room;
  for (; first < end; first += span) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into log_span (first, beyond) values (:p1, :p2)", first, first + span).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status InsertEntries(storage::Transaction& tx, const Head& head, const EntryRows& rows,
                           storage::RowSet::OnConflict told, const merkle::Frontier& end, int64_t span) {
  ACCORD_RETURN_IF_ERROR(MakeRoomToAppend(tx, head, end.size(), span));
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t moved,
      storage::InsertAll(tx, rows.Insertions(told),
                         "update log_head set size = :p1, root = :p2 where id = 1 and size = :p3 and "
                         "(root = :p4 or size = 0)",
                         {static_cast<long long>(end.size()), Base64(end.Root()),
                          static_cast<long long>(head.size), Base64(head.root)}));
  if (moved == 1) return absl::OkStatus();
  return Refuse(rules::kLogForked, "Another process wrote to the log.");
}

absl::Status AppendAll(storage::Transaction& tx, const Head& head, std::span<const Prepared> records,
                       const AppendOptions& options, merkle::Frontier* frontier, TouchedRows* touched) {
  *touched = TouchedRows(head.size);
  std::deque<Prepared> rests;
  const bool look = options.look || head.old_keys;
  ACCORD_ASSIGN_OR_RETURN(std::vector<const Prepared*> untold, Untold(tx, records, look, &rests));
  if (options.look) {
    ACCORD_ASSIGN_OR_RETURN(untold, FindUnappended(tx, untold));
  }
  EntryRows rows(options.now);
  for (const Prepared* prepared : untold) {
    touched->Add(prepared->record);
    Prepared stored = *prepared;
    rows.Add(&stored, frontier);
  }
  const auto told = look ? storage::RowSet::kLeave : storage::RowSet::kFail;
  return InsertEntries(tx, head, rows, told, *frontier, options.span);
}

absl::StatusOr<int64_t> ForgetAppended(storage::Transaction& tx, absl::Time horizon) {
  return tx.Exec(
      "delete from appended where (call_id, phase, part) in (select call_id, phase, part from appended where "
      "at_us < :p1 order by at_us limit :p2)",
      absl::ToUnixMicros(horizon), kForgottenAtOnce);
}

}  // namespace accord::audit
