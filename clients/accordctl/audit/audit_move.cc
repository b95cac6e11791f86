#include "clients/accordctl/audit/audit_move.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/audit/audit_export.h"
#include "clients/accordctl/audit/export_writer.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/merkle/tiles.h"

namespace accord::ctl {
namespace {

using storage::Transaction;

// These are tables with rows of each span, and a partition for it on PostgreSQL.
constexpr const char* kTables[] = {"entry", "concerned", "touched_by", "requested"};
// One SQLite transaction deletes the rows of at most so many indexes.
constexpr int64_t kDeletedAtOnce = 4096;

struct LogSpan {
  int64_t first = 0, beyond = 0;
};

absl::Status MovedLogDamaged(const std::string& what) {
  return Refuse(rules::kLogIncomplete, absl::StrCat(what, ". Nothing was dropped."));
}

// These are the hashes of the log as stored in its database, one tile at a time.
class MovedLogTiles {
 public:
  MovedLogTiles(storage::Database* database, int64_t size) : database_(database), size_(size) {}

  // This loads this tile and the tiles above it; other tiles of leaves are dropped.
  void Enter(int64_t tile) {
    if (known_leaves_ == tile) return;
    known_leaves_ = tile;
    leaves_ = {};
    loaded_.erase(loaded_.begin(), loaded_.lower_bound({1, 0}));
  }
  merkle::Source source() {
    return [this](int level, int64_t index) -> absl::StatusOr<std::string> {
      const int above = level % merkle::kTileHeight;
      const merkle::TileId tile(level / merkle::kTileHeight, (index << above) / merkle::kTileWidth);
      ACCORD_RETURN_IF_ERROR(Load(tile));
      return tile.first == 0 ? leaves_.Of(level, index) : upper_.Of(level, index);
    };
  }
  absl::StatusOr<std::string> Hashes(const merkle::TileId& tile) {
    return database_->Read([&](Transaction& tx) -> absl::StatusOr<std::string> {
      const int64_t first = tile.second * merkle::kTileWidth;
      const int64_t end = first + merkle::WidthOf(tile, size_);
      const auto rows =
          tile.first == 0
              ? tx.Query<std::string>("select leaf from entry where idx >= :p1 and idx < :p2 order by idx",
                                      first, end)
              : tx.Query<std::string>(
                    "select hash from node where level = :p1 and idx >= :p2 and idx < :p3 order by idx",
                    tile.first * merkle::kTileHeight, first, end);
      ACCORD_RETURN_IF_ERROR(rows.status());
      if (static_cast<int64_t>(rows->size()) != end - first)
        return MovedLogDamaged("The log's hashes have gaps");
      std::string hashes;
      for (const auto& [text] : *rows) hashes += Unbase64(text).value_or("");
      return hashes;
    });
  }

 private:
  absl::Status Load(const merkle::TileId& tile) {
    if (!loaded_.insert(tile).second) return absl::OkStatus();
    ACCORD_ASSIGN_OR_RETURN(const std::string hashes, Hashes(tile));
    (tile.first == 0 ? leaves_ : upper_).AddTile(tile, hashes);
    return absl::OkStatus();
  }

  storage::Database* database_;
  const int64_t size_;
  int64_t known_leaves_ = -1;
  std::set<merkle::TileId> loaded_;
  merkle::KnownHashes leaves_, upper_;
};

absl::StatusOr<merkle::Checkpoint> HeadOfMovedLog(storage::Database* database, const std::string& origin) {
  return database->Read([&](Transaction& tx) -> absl::StatusOr<merkle::Checkpoint> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            (tx.Query<int64_t, std::string>("select size, root from log_head where id = 1")));
    if (rows.size() != 1) return MovedLogDamaged("This is no log");
    return merkle::Checkpoint{origin, std::get<0>(rows[0]), Unbase64(std::get<1>(rows[0])).value_or("")};
  });
}

// This gives the oldest span that is still in the database, if it is wholly below `before` and
// wholly indexed.
absl::StatusOr<std::optional<LogSpan>> SpanToMove(storage::Database* database, int64_t before) {
  return database->Read([&](Transaction& tx) -> absl::StatusOr<std::optional<LogSpan>> {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        (tx.Query<int64_t, int64_t>(
            "select first, beyond from log_span where moved_us = 0 order by first limit 1")));
    // The index of resources is built from the log: a span that is not indexed yet must not
    // be removed.
    ACCORD_ASSIGN_OR_RETURN(const auto indexed,
                            tx.Query<int64_t>("select indexed from log_head where id = 1"));
    const int64_t whole = std::min(before, indexed.empty() ? 0 : std::get<0>(indexed[0]));
    if (rows.empty() || std::get<1>(rows[0]) > whole) return std::nullopt;
    return LogSpan{std::get<0>(rows[0]), std::get<1>(rows[0])};
  });
}

absl::StatusOr<std::vector<audit::v1::Entry>> EntriesToMove(storage::Database* database, int64_t tile) {
  const int64_t first = tile * merkle::kTileWidth, end = first + merkle::kTileWidth;
  ACCORD_ASSIGN_OR_RETURN(const auto rows, database->Read([&](Transaction& tx) {
    return tx.Query<int64_t, std::string, std::string>(
        "select idx, salt, record from entry where idx >= :p1 and idx < :p2 order by idx", first, end);
  }));
  if (rows.size() != merkle::kTileWidth) return MovedLogDamaged("The log's entries have gaps");
  std::vector<audit::v1::Entry> entries;
  for (const auto& [index, salt, record] : rows) {
    audit::v1::Entry& entry = entries.emplace_back();
    entry.set_index(index);
    entry.set_salt(Unbase64(salt).value_or(""));
    entry.set_record_bytes(Unbase64(record).value_or(""));
  }
  return entries;
}

absl::Status WriteMovedSpan(storage::Database* database, const LogSpan& span, const merkle::Checkpoint& now,
                            const MoveOptions& options, const std::string& path) {
  ACCORD_ASSIGN_OR_RETURN(ExportWriter writer,
                          ExportWriter::Create(path, merkle::SignCheckpoint(now, *options.key)));
  MovedLogTiles tiles(database, now.size);
  for (int64_t tile = span.first / merkle::kTileWidth; tile < span.beyond / merkle::kTileWidth; ++tile) {
    tiles.Enter(tile);
    ACCORD_ASSIGN_OR_RETURN(const auto entries, EntriesToMove(database, tile));
    for (const auto& entry : entries) {
      ACCORD_ASSIGN_OR_RETURN(const merkle::Proof proof,
                              merkle::InclusionProof(tiles.source(), entry.index(), now.size));
      ACCORD_RETURN_IF_ERROR(writer.Add(entry, proof));
    }
  }
  return writer.Close();
}

// This stores a span's hashes in the transaction that marks the span as moved.
absl::Status KeepMovedHashes(Transaction& tx, const LogSpan& span) {
  for (int64_t tile = span.first / merkle::kTileWidth; tile < span.beyond / merkle::kTileWidth; ++tile) {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>("select leaf from entry where idx >= :p1 and idx < :p2 order by idx",
                              tile * merkle::kTileWidth, (tile + 1) * merkle::kTileWidth));
    std::string hashes;
    for (const auto& [text] : rows) hashes += Unbase64(text).value_or("");
    if (hashes.size() != merkle::kTileWidth * merkle::kHashBytes) {
      return MovedLogDamaged("The log's hashes have gaps");
    }
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into moved_tile (idx, hashes) values (:p1, :p2)", tile, Base64(hashes)).status());
  }
  return absl::OkStatus();
}

absl::Status DropMovedSpan(storage::Database* database, const LogSpan& span, absl::Time now) {
  return database->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(KeepMovedHashes(tx, span));
    ACCORD_ASSIGN_OR_RETURN(
        const int64_t marked,
        tx.Exec("update log_span set moved_us = :p1 where first = :p2 and beyond = :p3 and moved_us = 0",
                absl::ToUnixMicros(now), span.first, span.beyond));
    if (marked != 1) return absl::AbortedError("somebody else moves the same span");
    if (!tx.postgres()) return absl::OkStatus();
    // Appends and readers wait while this statement waits for its lock.
    ACCORD_RETURN_IF_ERROR(tx.Exec("set local lock_timeout = 2000").status());
    for (const char* table : kTables) {
      ACCORD_RETURN_IF_ERROR(tx.Exec(absl::StrCat("drop table ", table, "_", span.first)).status());
    }
    return absl::OkStatus();
  });
}

// This deletes SQLite's rows of moved spans in small batches, so that nobody waits long.
absl::Status DeleteMoved(storage::Database* database) {
  for (bool more = true; more;) {
    ACCORD_ASSIGN_OR_RETURN(more, database->Transact([](Transaction& tx) -> absl::StatusOr<bool> {
      if (tx.postgres()) return false;
      ACCORD_ASSIGN_OR_RETURN(
          const auto oldest,
          (tx.Query<int64_t, int64_t>(
              "select coalesce(min(e.idx), 0), coalesce((select max(beyond) from log_span where "
              "moved_us > 0), 0) from entry e")));
      const auto [first, moved] = oldest.at(0);
      if (first >= moved) return false;
      const int64_t end = std::min(moved, first + kDeletedAtOnce);
      for (const char* table : kTables) {
        ACCORD_RETURN_IF_ERROR(
            tx.Exec(absl::StrCat("delete from ", table, " where idx < :p1"), end).status());
      }
      return true;
    }));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int64_t> MoveOldestSpan(storage::Database* database, const MoveOptions& options) {
  ACCORD_RETURN_IF_ERROR(DeleteMoved(database));
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, HeadOfMovedLog(database, options.origin));
  ACCORD_ASSIGN_OR_RETURN(const std::optional<LogSpan> span,
                          SpanToMove(database, std::min(options.before, now.size)));
  if (!span) return 0;
  const std::string path =
      absl::StrCat(options.folder, "/entries-", span->first, "-", span->beyond, ".jsonl");
  ACCORD_RETURN_IF_ERROR(WriteMovedSpan(database, *span, now, options, path));
  int64_t checked = 0;
  Trust trust;
  trust.origin = options.origin;
  ACCORD_RETURN_IF_ERROR(VerifyExport(path, trust, *options.key, &checked));
  if (checked != span->beyond - span->first) return MovedLogDamaged(absl::StrCat(path, " lacks entries"));
  ACCORD_RETURN_IF_ERROR(DropMovedSpan(database, *span, options.now));
  ACCORD_RETURN_IF_ERROR(DeleteMoved(database));
  return checked;
}

}  // namespace accord::ctl
