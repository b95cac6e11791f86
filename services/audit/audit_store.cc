#include "services/audit/audit_store.h"

#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/merkle/tiles.h"
#include "services/audit/audit_index.h"

namespace accord::audit {
namespace {

// Subtrees are kept at the levels of tiles only: an entry costs about one row, and a proof reads at the most
// 256 siblings a level.
constexpr int kStep = merkle::kTileHeight;

constexpr auto kNumber = storage::RowSet::kNumber;
constexpr auto kText = storage::RowSet::kText;

// Rows of new entries: a statement for each table.
class EntryRows {
 public:
  void Add(const v1::AuditRecord& record, merkle::Frontier* frontier) {
    const int64_t index = frontier->size();
    const std::string bytes = record.SerializeAsString(), salt = RandomBytes(16);
    const std::string leaf = merkle::LeafHash(salt + bytes);
    entries_.Add({Number(index), record.call_id(), Number(record.phase()), Number(record.part()),
                  Base64(salt), Base64(bytes), Base64(leaf)});
    index_.Add(index, record);
    frontier->Append(leaf, [&](int level, int64_t node, const std::string& hash) {
      if (level % kStep == 0) nodes_.Add({Number(level), Number(node), Base64(hash)});
    });
  }
  absl::Status Insert(storage::Transaction& tx) const {
    ACCORD_RETURN_IF_ERROR(entries_.Insert(tx, storage::RowSet::kFail));
    ACCORD_RETURN_IF_ERROR(nodes_.Insert(tx, storage::RowSet::kFail));
    return index_.Insert(tx);
  }

 private:
  static storage::Value Number(int64_t number) { return static_cast<long long>(number); }

  storage::RowSet entries_{"entry",
                           {{"idx", kNumber},
                            {"call_id", kText},
                            {"phase", kNumber},
                            {"part", kNumber},
                            {"salt", kText},
                            {"record", kText},
                            {"leaf", kText}}};
  storage::RowSet nodes_{"node", {{"level", kNumber}, {"idx", kNumber}, {"hash", kText}}};
  IndexRows index_;
};

}  // namespace

std::vector<storage::Migration> AuditMigrations() {
  return {{100, "audit log", R"sql(
create table log_head (id bigint primary key, size bigint not null, root text not null);
create table entry (
  idx bigint primary key, call_id text not null, phase bigint not null, salt text not null, record text not null,
  leaf text not null);
create unique index entry_call on entry (call_id, phase);
create table concerned (
  agency {text} not null, as_owner bigint not null, idx bigint not null, primary key (agency, as_owner, idx));
create table touched (resource {text} not null, idx bigint not null, primary key (resource, idx));
create table node (level bigint not null, idx bigint not null, hash text not null, primary key (level, idx));
insert into log_head (id, size, root) values (1, 0, '')
)sql"},
          {101, "request ids, cosignatures", R"sql(
create table requested (
  agency {text} not null, request_id {text} not null, idx bigint not null,
  primary key (agency, request_id, idx));
create table cosignature (
  size bigint not null, witness {text} not null, note text not null, line text not null,
  primary key (size, witness))
)sql"},
          // On PostgreSQL the role that serves inserts; entries and hashes it can neither change nor delete.
          {102, "what the serving role changes", "grant update on log_head, cosignature to {app}"},
          // The version before goes on appending beside this one; what it does not index is indexed by the
          // next who appends. It fills `touched`, which nobody reads any more.
          {103, "parts of a record, what changed, who touched what", R"sql(
alter table entry add column part bigint not null default 0;
drop index entry_call;
create unique index entry_by_call on entry (call_id, phase, part);
create table touched_by (
  agency {text} not null, as_owner bigint not null, resource {text} not null, idx bigint not null,
  primary key (agency, as_owner, resource, idx));
insert into touched_by (agency, as_owner, resource, idx)
  select c.agency, c.as_owner, t.resource, t.idx from touched t join concerned c on c.idx = t.idx
  where c.as_owner = 0 or t.resource = 'agencies/' || c.agency
  or substr(t.resource, 1, length(c.agency) + 10) = 'agencies/' || c.agency || '/';
create table revised (digest {text} not null primary key, idx bigint not null);
create table revising (service {text} not null primary key, idx bigint not null);
create table reconciled (service {text} not null primary key, seq bigint not null, digest text not null);
alter table log_head add column indexed bigint not null default 0;
update log_head set indexed = size;
grant update on reconciled to {app}
)sql"}};
}

absl::StatusOr<Head> ReadHead(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<int64_t, std::string>("select size, root from log_head where id = 1")));
  if (rows.size() != 1) return LogIncomplete();
  Head head{std::get<0>(rows[0]), Unbase64(std::get<1>(rows[0])).value_or("")};
  if (head.size == 0) head.root = merkle::EmptyRoot();
  return head;
}

absl::Status LogIncomplete() {
  return Refuse(absl::StatusCode::kDataLoss, "LOG_INCOMPLETE", "The audit log is incomplete.");
}

absl::Status Rewound() {
  return Refuse(
      absl::StatusCode::kDataLoss, "LOG_REWOUND",
      "The log does not extend the checkpoint that was witnessed: an old backup or a rewritten log. "
      "Restore the newest backup; never delete the witnessed file to get past this.");
}

// The log that the database holds had this root at this size.
absl::StatusOr<bool> Holds(storage::Transaction& tx, const merkle::Checkpoint& checkpoint) {
  ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
  if (checkpoint.size > head.size) return false;
  if (checkpoint.size == 0) return true;
  ACCORD_ASSIGN_OR_RETURN(const std::string root, merkle::Root(HashesOf(tx), checkpoint.size));
  return root == checkpoint.root;
}

absl::Status LockLog(storage::Transaction& tx) {
  // SQLite's writers are alone anyway. On PostgreSQL a lock on the table comes before the snapshot, so who
  // waited sees what the other wrote; a lock on the row would come after it, and the transaction would have
  // to be repeated.
  if (!tx.postgres()) return absl::OkStatus();
  return tx.Exec("lock table log_head in exclusive mode").status();
}

absl::Status AppendAll(storage::Transaction& tx, std::span<const v1::AuditRecord> records,
                       merkle::Frontier* frontier) {
  const int64_t before = frontier->size();
  const std::string root = frontier->Root();
  ACCORD_ASSIGN_OR_RETURN(const auto head, tx.Query<int64_t>("select indexed from log_head where id = 1"));
  if (head.size() != 1) return LogIncomplete();
  ACCORD_RETURN_IF_ERROR(IndexGap(tx, std::get<0>(head[0]), before));
  ACCORD_ASSIGN_OR_RETURN(const auto untold, Untold(tx, records));
  storage::RowSet asked("entry", {{"call_id", kText}, {"phase", kNumber}, {"part", kNumber}});
  for (const auto& record : untold) {
    asked.Add(
        {record.call_id(), static_cast<long long>(record.phase()), static_cast<long long>(record.part())});
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> known, asked.Present(tx));
  std::set<std::tuple<std::string, int, int>> batch;
  EntryRows rows;
  for (std::size_t i = 0; i < untold.size(); ++i) {
    const v1::AuditRecord& record = untold[i];
    const bool repeated = !batch.emplace(record.call_id(), record.phase(), record.part()).second;
    if (!known[i] && !repeated) rows.Add(record, frontier);
  }
  ACCORD_RETURN_IF_ERROR(rows.Insert(tx));
  ACCORD_ASSIGN_OR_RETURN(
      int64_t moved,
      tx.Exec("update log_head set size = :p1, indexed = :p2, root = :p3 where id = 1 and "
              "size = :p4 and (root = :p5 or size = 0)",
              frontier->size(), frontier->size(), Base64(frontier->Root()), before, Base64(root)));
  if (moved == 1) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAborted, "LOG_FORKED", "Another process wrote to the log.");
}

absl::StatusOr<Position> ReadPosition(storage::Transaction& tx, const std::string& service) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, std::string>("select seq, digest from reconciled where service = :p1", service)));
  return rows.empty() ? Position() : Position{std::get<0>(rows[0]), std::get<1>(rows[0])};
}

absl::Status KeepPosition(storage::Transaction& tx, const std::string& service, const Position& position) {
  return tx
      .Exec(
          "insert into reconciled (service, seq, digest) values (:p1, :p2, :p3) "
          "on conflict (service) do update set seq = excluded.seq, digest = excluded.digest",
          service, position.sequence, position.digest)
      .status();
}

absl::Status KeepCosignature(storage::Transaction& tx, int64_t size, const std::string& note,
                             const std::string& witness, const std::string& line) {
  return tx
      .Exec(
          "insert into cosignature (size, witness, note, line) values (:p1, :p2, :p3, :p4) "
          "on conflict (size, witness) do update set line = excluded.line",
          size, witness, note, line)
      .status();
}

absl::StatusOr<Witnessed> NewestWitnessed(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, std::string, std::string>(
          "select size, note, line from cosignature where size = (select max(size) from cosignature) "
          "order by witness")));
  Witnessed witnessed;
  for (const auto& [size, note, line] : rows) {
    witnessed.size = size;
    witnessed.note = note;
    witnessed.lines.push_back(line);
  }
  return witnessed;
}

absl::StatusOr<std::vector<std::string>> StoredHashes(storage::Transaction& tx, int level, int64_t first,
                                                      int64_t count) {
  auto rows =
      level == 0 ? tx.Query<std::string>("select leaf from entry where idx >= :p1 and idx < :p2 order by idx",
                                         first, first + count)
                 : tx.Query<std::string>(
                       "select hash from node where level = :p1 and idx >= :p2 and "
                       "idx < :p3 order by idx",
                       level, first, first + count);
  if (!rows.ok()) return rows.status();
  if (static_cast<int64_t>(rows->size()) != count) return LogIncomplete();
  std::vector<std::string> hashes;
  for (const auto& [text] : *rows) hashes.push_back(Unbase64(text).value_or(""));
  return hashes;
}

merkle::Source HashesOf(storage::Transaction& tx) {
  return [&tx](int level, int64_t index) -> absl::StatusOr<std::string> {
    const int kept = level - level % kStep;
    const int64_t count = int64_t{1} << (level - kept);
    ACCORD_ASSIGN_OR_RETURN(auto hashes, StoredHashes(tx, kept, index * count, count));
    while (hashes.size() > 1) {
      for (std::size_t i = 0; i < hashes.size() / 2; ++i)
        hashes[i] = merkle::NodeHash(hashes[2 * i], hashes[2 * i + 1]);
      hashes.resize(hashes.size() / 2);
    }
    return hashes[0];
  };
}

}  // namespace accord::audit
