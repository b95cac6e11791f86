// This is the log in the database: entries, who they concern, and the subtree hashes that proofs need.
#ifndef ACCORD_SERVICES_AUDIT_LOG_AUDIT_STORE_H_
#define ACCORD_SERVICES_AUDIT_LOG_AUDIT_STORE_H_

#include <string>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "common/merkle/checkpoint.h"
#include "common/merkle/tree.h"
#include "common/storage/database/database.h"

namespace accord::audit {

std::vector<storage::Migration> AuditMigrations();

struct Head {
  int64_t size = 0;
  std::string root;
  // This is the number of entries that are in every index. The index of resources is written after
  // the others.
  int64_t indexed = 0;
  // This is how many entries the spans of the tables have room for.
  int64_t room = 0;
  // This says whether `revised` may hold keys of the form that versions before wrote (TellingKeys).
  bool old_keys = false;
};

// Functions of one transaction; every one may fail with what the database fails with.
absl::StatusOr<Head> ReadHead(storage::Transaction& tx);
// This does the same as ReadHead, and no other transaction of Database::InTurn appends until this one ends.
absl::StatusOr<Head> TakeHead(storage::Transaction& tx);
// Entries below this one were moved out of the database; their hashes are here.
absl::StatusOr<int64_t> MovedBefore(storage::Transaction& tx);
// This says whether the log in the database had this root at this size. The second function gives the error
// for a log that did not.
absl::StatusOr<bool> Holds(storage::Transaction& tx, const merkle::Checkpoint& checkpoint);
absl::Status Rewound();
// This gives DATA_LOSS for a database that does not hold a whole log.
absl::Status LogIncomplete();

// This is how far the changes of a service were compared with the log: the sequence number of the last one,
// and its digest in hex, which identifies it.
struct Position {
  int64_t sequence = 0;
  std::string digest;
};
absl::StatusOr<Position> ReadPosition(storage::Transaction& tx, const std::string& service);
absl::Status KeepPosition(storage::Transaction& tx, const std::string& service, const Position& position);

// This is a checkpoint that witnesses have cosigned: the note, and a line of each.
struct Witnessed {
  int64_t size = 0;
  std::string note;
  std::vector<std::string> lines;
};
// This keeps one witness's line; the same witness's line for the same size replaces the one before.
absl::Status KeepCosignature(storage::Transaction& tx, int64_t size, const std::string& note,
                             const std::string& witness, const std::string& line);
// This gives the newest; size 0 if there is none.
absl::StatusOr<Witnessed> NewestWitnessed(storage::Transaction& tx);

// This gives the hashes of `count` neighbours from `first` on. `level` is a multiple of merkle::kTileHeight,
// because only those levels are kept. It fails with LogIncomplete if a hash is missing.
absl::StatusOr<std::vector<std::string>> StoredHashes(storage::Transaction& tx, int level, int64_t first,
                                                      int64_t count);
// This gives the hashes of complete subtrees, for proofs.
merkle::Source HashesOf(storage::Transaction& tx);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_AUDIT_STORE_H_
