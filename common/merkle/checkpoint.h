// A checkpoint is a signed statement of a log's size and root, in the C2SP tlog-checkpoint and
// signed-note formats.
#ifndef ACCORD_COMMON_MERKLE_CHECKPOINT_H_
#define ACCORD_COMMON_MERKLE_CHECKPOINT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/access/assertion.h"

namespace accord::merkle {

struct Checkpoint {
  // This is the name of the log, for example `accord.example/audit`, which is also the name of its key.
  std::string origin;
  int64_t size = 0;
  std::string root;
};

// This gives the signed note: three lines, a blank line, and the signature line of the origin's Ed25519 key.
std::string SignCheckpoint(const Checkpoint& checkpoint, const Key& key);

// This opens a note. It returns DATA_LOSS unless it is well formed, from `origin`, and signed
// by `public_key`.
absl::StatusOr<Checkpoint> OpenCheckpoint(const std::string& note, const std::string& origin,
                                          const Key& public_key);

// This gives a witness's signature line in the C2SP tlog-cosignature format (cosignature/v1). It states that
// the witness saw this checkpoint of an append-only log at `time`, and is appended to the note.
std::string CosignCheckpoint(const Checkpoint& checkpoint, const std::string& witness, const Key& key,
                             absl::Time time);
// This gives the time at which the witness signed. It returns DATA_LOSS unless the line is a signature by
// this witness over this checkpoint.
absl::StatusOr<absl::Time> OpenCosignature(const std::string& line, const Checkpoint& checkpoint,
                                           const std::string& witness, const Key& public_key);

}  // namespace accord::merkle

#endif  // ACCORD_COMMON_MERKLE_CHECKPOINT_H_
