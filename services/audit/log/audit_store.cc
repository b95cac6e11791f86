#include "services/audit/log/audit_store.h"

#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/merkle/tiles.h"

namespace accord::audit {
namespace {

// Subtrees are kept at the levels of tiles only. An entry thus costs about one row, and a proof reads at most
// 256 siblings a level.
constexpr int kTileStep = merkle::kTileHeight;

// This reads, out of whole tiles, the leaf hashes from `first` on of entries that were moved out of
// the database.
absl::StatusOr<std::vector<std::string>> MovedLeaves(storage::Transaction& tx, int64_t first,
                                                     std::size_t count) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select hashes from moved_tile where idx >= :p1 and idx < :p2 order by idx",
                            first / merkle::kTileWidth,
                            (first + static_cast<int64_t>(count) - 1) / merkle::kTileWidth + 1));
  std::string all;
  for (const auto& [text] : rows) all += Unbase64(text).value_or("");
  std::vector<std::string> leaves;
  const std::size_t begin = static_cast<std::size_t>(first % merkle::kTileWidth);
  if (all.size() < (begin + count) * merkle::kHashBytes) return LogIncomplete();
  for (std::size_t n = begin; n < begin + count; ++n) {
    leaves.push_back(all.substr(n * merkle::kHashBytes, merkle::kHashBytes));
  }
  return leaves;
}

absl::StatusOr<Head> HeadOf(storage::Transaction& tx, const char* lock) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, std::string, int64_t, int64_t, int64_t>(
          absl::StrCat("select h.size, h.root, h.indexed, coalesce((select max(beyond) from log_span), 0), "
                       "h.old_keys from log_head h where h.id = 1",
                       lock))));
  if (rows.size() != 1) return LogIncomplete();
  const auto& [size, root, indexed, room, old_keys] = rows[0];
  Head head{size, Unbase64(root).value_or(""), indexed, room, old_keys != 0};
  if (head.size == 0) head.root = merkle::EmptyRoot();
  return head;
}

}  // namespace

absl::StatusOr<Head> ReadHead(storage::Transaction& tx) { return HeadOf(tx, ""); }

absl::StatusOr<Head> TakeHead(storage::Transaction& tx) {
  // SQLite has one writer at a time anyway. On PostgreSQL an earlier version locks the table, and this
  // statement waits for that lock.
  return HeadOf(tx, tx.postgres() ? " for update of h" : "");
}

absl::StatusOr<int64_t> MovedBefore(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows, tx.Query<int64_t>("select coalesce(max(beyond), 0) from log_span where moved_us > 0"));
  return std::get<0>(rows.at(0));
}

absl::Status LogIncomplete() { return Refuse(rules::kLogIncomplete, "The audit log is incomplete."); }

absl::Status Rewound() {
  return Refuse(
      rules::kLogRewound,
      "The log does not extend the checkpoint that was witnessed: an old backup or a rewritten log. "
      "Restore the newest backup; never delete the witnessed file to get past this.");
}

// This says whether the log in the database had this root at this size.
absl::StatusOr<bool> Holds(storage::Transaction& tx, const merkle::Checkpoint& checkpoint) {
  ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
  if (checkpoint.size > head.size) return false;
  if (checkpoint.size == 0) return true;
  ACCORD_ASSIGN_OR_RETURN(const std::string root, merkle::Root(HashesOf(tx), checkpoint.size));
  return root == checkpoint.root;
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
  const std::size_t missing = static_cast<std::size_t>(count) - rows->size();
  if (missing > 0 && level > 0) return LogIncomplete();
  std::vector<std::string> hashes;
  if (missing > 0) {
    // Spans are moved in their order.
    ACCORD_ASSIGN_OR_RETURN(const int64_t moved, MovedBefore(tx));
    if (first + static_cast<int64_t>(missing) > moved) return LogIncomplete();
    ACCORD_ASSIGN_OR_RETURN(hashes, MovedLeaves(tx, first, missing));
  }
  for (const auto& [text] : *rows) hashes.push_back(Unbase64(text).value_or(""));
  return hashes;
}

merkle::Source HashesOf(storage::Transaction& tx) {
  return [&tx](int level, int64_t index) -> absl::StatusOr<std::string> {
    const int kept = level - level % kTileStep;
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
