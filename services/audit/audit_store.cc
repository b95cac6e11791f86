#include "services/audit/audit_store.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::audit {
namespace {

// Subtrees are kept at every eighth level only: an entry costs about one row, and a proof reads at the most
// 256 siblings a level.
constexpr int kStep = 8;

absl::Status Corrupt() {
  return Refuse(absl::StatusCode::kDataLoss, "LOG_INCOMPLETE", "The audit log is incomplete.");
}

// Hashes of `count` neighbours at a level that is kept, from `first` on.
absl::StatusOr<std::vector<std::string>> Stored(storage::Transaction& tx, int level, int64_t first,
                                                int64_t count) {
  auto rows =
      level == 0 ? tx.Query<std::string>("select leaf from entry where idx >= :p1 and idx < :p2 order by idx",
                                         first, first + count)
                 : tx.Query<std::string>(
                       "select hash from node where level = :p1 and idx >= :p2 and "
                       "idx < :p3 order by idx",
                       level, first, first + count);
  if (!rows.ok()) return rows.status();
  if (static_cast<int64_t>(rows->size()) != count) return Corrupt();
  std::vector<std::string> hashes;
  for (const auto& [text] : *rows) hashes.push_back(Unbase64(text).value_or(""));
  return hashes;
}

// The agencies an entry concerns, with whether as owner.
std::set<std::pair<std::string, int>> Concerned(const v1::AuditRecord& record) {
  std::set<std::pair<std::string, int>> agencies = {{record.agency(), 0}};
  for (const auto& resource : record.resources()) agencies.emplace(resource.owner(), 1);
  return agencies;
}

absl::Status InsertEntry(storage::Transaction& tx, int64_t index, const v1::AuditRecord& record,
                         merkle::Frontier* frontier) {
  const std::string bytes = record.SerializeAsString(), salt = RandomBytes(16);
  const std::string leaf = merkle::LeafHash(salt + bytes);
  ACCORD_RETURN_IF_ERROR(tx.Exec("insert into entry (idx, call_id, phase, salt, record, leaf) "
                                 "values (:p1, :p2, :p3, :p4, :p5, :p6)",
                                 index, record.call_id(), static_cast<int>(record.phase()), Base64(salt),
                                 Base64(bytes), Base64(leaf))
                             .status());
  for (const auto& [agency, as_owner] : Concerned(record)) {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into concerned (agency, as_owner, idx) values (:p1, :p2, :p3)",
                                   agency, as_owner, index)
                               .status());
  }
  if (!record.request_id().empty()) {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into requested (agency, request_id, idx) values (:p1, :p2, :p3)",
                                   record.agency(), record.request_id(), index)
                               .status());
  }
  std::set<std::string> names;
  for (const auto& resource : record.resources()) names.insert(resource.name());
  for (const auto& name : names) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into touched (resource, idx) values (:p1, :p2)", name, index).status());
  }
  absl::Status stored;
  frontier->Append(leaf, [&](int level, int64_t node, const std::string& hash) {
    if (level % kStep != 0) return;
    stored.Update(
        tx.Exec("insert into node (level, idx, hash) values (:p1, :p2, :p3)", level, node, Base64(hash))
            .status());
  });
  return stored;
}

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
          {102, "what the serving role changes", "grant update on log_head, cosignature to {app}"}};
}

absl::StatusOr<Head> ReadHead(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<int64_t, std::string>("select size, root from log_head where id = 1")));
  if (rows.size() != 1) return Corrupt();
  Head head{std::get<0>(rows[0]), Unbase64(std::get<1>(rows[0])).value_or("")};
  if (head.size == 0) head.root = merkle::EmptyRoot();
  return head;
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

absl::Status AppendAll(storage::Transaction& tx, const std::vector<v1::AuditRecord>& records,
                       merkle::Frontier* frontier) {
  const int64_t before = frontier->size();
  const std::string root = frontier->Root();
  std::set<std::pair<std::string, int>> batch;
  for (const auto& record : records) {
    if (!batch.emplace(record.call_id(), record.phase()).second) continue;
    ACCORD_ASSIGN_OR_RETURN(auto known,
                            tx.Query<int64_t>("select idx from entry where call_id = :p1 and phase = :p2",
                                              record.call_id(), static_cast<int>(record.phase())));
    if (known.empty()) ACCORD_RETURN_IF_ERROR(InsertEntry(tx, frontier->size(), record, frontier));
  }
  ACCORD_ASSIGN_OR_RETURN(int64_t moved,
                          tx.Exec("update log_head set size = :p1, root = :p2 where id = 1 and size = :p3 "
                                  "and (root = :p4 or size = 0)",
                                  frontier->size(), Base64(frontier->Root()), before, Base64(root)));
  if (moved == 1) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAborted, "LOG_FORKED", "Another process wrote to the log.");
}

absl::StatusOr<std::vector<v1::Entry>> ListEntries(storage::Transaction& tx, const EntryQuery& query) {
  // Each branch is a range of `concerned`'s primary key; the caller's own entries may also be the owner's.
  std::vector<storage::Value> params;
  const auto bind = [&](storage::Value value) {
    params.push_back(std::move(value));
    return absl::StrCat(":p", params.size());
  };
  const auto branch = [&](int as_owner) {
    std::string sql =
        absl::StrCat("select c.idx as idx from concerned c where c.agency = ", bind(query.agency));
    absl::StrAppend(&sql, " and c.as_owner = ", as_owner,
                    " and c.idx >= ", bind(static_cast<long long>(query.from_index)));
    if (!query.resource.empty()) {
      absl::StrAppend(&sql, " and exists (select 1 from touched t where t.resource = ", bind(query.resource),
                      " and t.idx = c.idx)");
    }
    absl::StrAppend(&sql, " order by c.idx limit ", bind(static_cast<long long>(query.limit)));
    return sql;
  };
  std::string indexes = absl::StrCat("select * from (", branch(1), ") owned");
  if (!query.as_owner_only) absl::StrAppend(&indexes, " union select * from (", branch(0), ") called");
  std::string sql =
      absl::StrCat("select e.idx, e.salt, e.record, e.leaf from (", indexes, ") n join entry e on ");
  absl::StrAppend(&sql, "e.idx = n.idx order by e.idx limit ", bind(static_cast<long long>(query.limit)));
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.QueryValues<int64_t, std::string, std::string, std::string>(sql, params)));
  std::vector<v1::Entry> entries;
  for (const auto& [index, salt, record, leaf] : rows) {
    v1::Entry& entry = entries.emplace_back();
    entry.set_name(absl::StrCat("entries/", index));
    entry.set_index(index);
    entry.set_record_bytes(Unbase64(record).value_or(""));
    if (!entry.mutable_record()->ParseFromString(entry.record_bytes())) return Corrupt();
    entry.set_salt(Unbase64(salt).value_or(""));
    entry.set_leaf_hash(Unbase64(leaf).value_or(""));
  }
  return entries;
}

absl::StatusOr<bool> IsRecorded(storage::Transaction& tx, const std::string& agency,
                                const std::string& request_id) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select idx from requested where agency = :p1 and request_id = :p2 limit 1", agency,
                        request_id));
  return !rows.empty();
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

merkle::Source HashesOf(storage::Transaction& tx) {
  return [&tx](int level, int64_t index) -> absl::StatusOr<std::string> {
    const int kept = level - level % kStep;
    const int64_t count = int64_t{1} << (level - kept);
    ACCORD_ASSIGN_OR_RETURN(auto hashes, Stored(tx, kept, index * count, count));
    while (hashes.size() > 1) {
      for (std::size_t i = 0; i < hashes.size() / 2; ++i)
        hashes[i] = merkle::NodeHash(hashes[2 * i], hashes[2 * i + 1]);
      hashes.resize(hashes.size() / 2);
    }
    return hashes[0];
  };
}

}  // namespace accord::audit
