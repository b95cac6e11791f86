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
  // How many of the entries are in every index: the index of resources follows the others.
  int64_t indexed = 0;
  // How many entries the spans of the tables have room for.
  int64_t room = 0;
};

// Functions of one transaction; every one may fail with what the database fails with.
absl::StatusOr<Head> ReadHead(storage::Transaction& tx);
// The same, and nobody else appends until this transaction, one of Database::InTurn, ends.
absl::StatusOr<Head> TakeHead(storage::Transaction& tx);
// Entries below this one were moved out of the database; their hashes are here.
absl::StatusOr<int64_t> MovedBefore(storage::Transaction& tx);
// Whether the log that the database holds had this root at this size; and what to say if it had not.
absl::StatusOr<bool> Holds(storage::Transaction& tx, const merkle::Checkpoint& checkpoint);
absl::Status Rewound();
// DATA_LOSS: what the database holds is no whole log.
absl::Status LogIncomplete();

// How far the changes of a service were compared with the log: the last one, and its digest in hex, by which
// it is known again. Sequence 0: nothing was compared.
struct Position {
  int64_t sequence = 0;
  std::string digest;
};
absl::StatusOr<Position> ReadPosition(storage::Transaction& tx, const std::string& service);
absl::Status KeepPosition(storage::Transaction& tx, const std::string& service, const Position& position);

// A checkpoint that witnesses have cosigned: the note, and a line of each.
struct Witnessed {
  int64_t size = 0;
  std::string note;
  std::vector<std::string> lines;
};
// Keeps one witness's line; the same witness's line for the same size replaces the one before.
absl::Status KeepCosignature(storage::Transaction& tx, int64_t size, const std::string& note,
                             const std::string& witness, const std::string& line);
// Gives the newest; size 0 if there is none.
absl::StatusOr<Witnessed> NewestWitnessed(storage::Transaction& tx);

// Hashes of `count` neighbours from `first` on, at a level that is a multiple of merkle::kTileHeight: those
// levels alone are kept. LogIncomplete if one is missing.
absl::StatusOr<std::vector<std::string>> StoredHashes(storage::Transaction& tx, int level, int64_t first,
                                                      int64_t count);
// Hashes of complete subtrees, for proofs.
merkle::Source HashesOf(storage::Transaction& tx);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_AUDIT_STORE_H_
