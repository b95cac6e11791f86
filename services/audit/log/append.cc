#include "services/audit/log/append.h"

#include <deque>
#include <set>
#include <tuple>

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/merkle/tiles.h"
#include "services/audit/log/audit_index.h"
#include "services/audit/log/told_changes.h"

namespace accord::audit {
namespace {

constexpr auto kNumber = storage::RowSet::kNumber;
constexpr auto kText = storage::RowSet::kText;
constexpr int kForgottenAtOnce = 10'000;

storage::Value Number(int64_t number) { return static_cast<long long>(number); }

// These are the rows of new entries.
class EntryRows {
 public:
  explicit EntryRows(absl::Time now) : now_(now) {}

  void Add(const Prepared& prepared, merkle::Frontier* frontier) {
    const v1::AuditRecord& record = prepared.record;
    const int64_t index = frontier->size();
    entries_.Add({Number(index), record.call_id(), Number(record.phase()), Number(record.part()),
                  prepared.salt, prepared.bytes, prepared.leaf});
    AddAppended(record, now_, &appended_);
    index_.Add(index, record);
    frontier->Append(prepared.leaf_hash, [&](int level, int64_t node, const std::string& hash) {
      if (level % merkle::kTileHeight == 0) nodes_.Add({Number(level), Number(node), Base64(hash)});
    });
  }
  // `told` says what to do with a change that the log tells of already.
  std::vector<storage::Insertion> Insertions(storage::RowSet::OnConflict told) const {
    std::vector<storage::Insertion> all = {{&entries_}, {&appended_}, {&nodes_}};
    index_.AddTo(told, &all);
    return all;
  }

 private:
  const absl::Time now_;
  storage::RowSet entries_{"entry", EntryColumns()};
  storage::RowSet appended_{"appended", AppendedColumns()};
  storage::RowSet nodes_{"node", {{"level", kNumber}, {"idx", kNumber}, {"hash", kText}}};
  IndexRows index_;
};

// Gives the records that the log does not have, each once.
absl::StatusOr<std::vector<const Prepared*>> Fresh(storage::Transaction& tx,
                                                   const std::vector<const Prepared*>& records) {
  storage::RowSet asked("appended", {{"call_id", kText}, {"phase", kNumber}, {"part", kNumber}});
  for (const Prepared* prepared : records) {
    const v1::AuditRecord& record = prepared->record;
    asked.Add({record.call_id(), Number(record.phase()), Number(record.part())});
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
absl::Status MakeRoom(storage::Transaction& tx, const Head& head, int64_t end, int64_t span) {
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

Prepared::Prepared(v1::AuditRecord of) : record(std::move(of)) {
  const std::string plain_salt = RandomBytes(16), plain_bytes = record.SerializeAsString();
  leaf_hash = merkle::LeafHash(plain_salt + plain_bytes);
  salt = Base64(plain_salt);
  bytes = Base64(plain_bytes);
  leaf = Base64(leaf_hash);
}

std::vector<storage::RowSet::Column> EntryColumns() {
  return {{"idx", kNumber}, {"call_id", kText}, {"phase", kNumber}, {"part", kNumber},
          {"salt", kText},  {"record", kText},  {"leaf", kText}};
}

std::vector<storage::RowSet::Column> AppendedColumns() {
  return {{"call_id", kText}, {"phase", kNumber}, {"part", kNumber}, {"at_us", kNumber}};
}

void AddAppended(const v1::AuditRecord& record, absl::Time at, storage::RowSet* appended) {
  appended->Add(
      {record.call_id(), Number(record.phase()), Number(record.part()), Number(absl::ToUnixMicros(at))});
}

absl::Status AppendAll(storage::Transaction& tx, const Head& head, std::span<const Prepared> records,
                       const AppendOptions& options, merkle::Frontier* frontier, TouchedRows* touched) {
  *touched = TouchedRows(head.size);
  std::deque<Prepared> rests;
  const bool look = options.look || head.old_keys;
  ACCORD_ASSIGN_OR_RETURN(std::vector<const Prepared*> untold, Untold(tx, records, look, &rests));
  if (options.look) {
    ACCORD_ASSIGN_OR_RETURN(untold, Fresh(tx, untold));
  }
  EntryRows rows(options.now);
  for (const Prepared* prepared : untold) {
    rows.Add(*prepared, frontier);
    touched->Add(prepared->record);
  }
  ACCORD_RETURN_IF_ERROR(MakeRoom(tx, head, frontier->size(), options.span));
  const auto told = look ? storage::RowSet::kLeave : storage::RowSet::kFail;
  ACCORD_ASSIGN_OR_RETURN(const int64_t moved,
                          storage::InsertAll(tx, rows.Insertions(told),
                                             "update log_head set size = :p1, root = :p2 where id = 1 and "
                                             "size = :p3 and (root = :p4 or size = 0)",
                                             {Number(frontier->size()), Base64(frontier->Root()),
                                              Number(head.size), Base64(head.root)}));
  if (moved == 1) return absl::OkStatus();
  return Refuse(rules::kLogForked, "Another process wrote to the log.");
}

absl::StatusOr<int64_t> ForgetAppended(storage::Transaction& tx, absl::Time horizon) {
  return tx.Exec(
      "delete from appended where (call_id, phase, part) in (select call_id, phase, part from appended where "
      "at_us < :p1 order by at_us limit :p2)",
      absl::ToUnixMicros(horizon), kForgottenAtOnce);
}

}  // namespace accord::audit
