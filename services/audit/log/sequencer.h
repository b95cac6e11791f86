// This puts the records of all gateways into one order. All records that wait share one transaction and one
// fsync. Several replicas may write to one database: each batch begins where the log ends, whichever replica
// wrote the batch before.
#ifndef ACCORD_SERVICES_AUDIT_LOG_SEQUENCER_H_
#define ACCORD_SERVICES_AUDIT_LOG_SEQUENCER_H_

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "services/audit/log/append.h"
#include "services/audit/log/batch.h"
#include "services/audit/log/touched_index.h"

namespace accord::audit {

// These bound the records in one transaction, and those that wait for the disk.
struct SequencerLimits {
  int max_batch = 4096;
  int64_t max_batch_bytes = 8 << 20;
  int64_t max_waiting_bytes = 64 << 20;
  // This is the number of entries in a span of the tables, a multiple of 256.
  int64_t span = 1 << 20;
  // This is how long the log remembers what was appended.
  absl::Duration remembered = absl::Hours(24) * 7;
};

// This is the size of the cache of the writer's sessions on SQLite. The index by name is written in random
// order, so that a batch of a few hundred names changes a page for each.
inline constexpr int kWriterCacheKib = 16 * 1024;

class Sequencer {
 public:
  // This continues the log that the database holds. It fails with DATA_LOSS if its hashes do not give its
  // root. `database` must be for writing the log alone: a writer that waits for a session behind readers
  // delays every call of every agency.
  static absl::StatusOr<std::unique_ptr<Sequencer>> Start(storage::Database* database,
                                                          const SequencerLimits& limits);
  static absl::StatusOr<std::unique_ptr<Sequencer>> Start(storage::Database* database, int max_batch) {
    return Start(database, SequencerLimits{max_batch});
  }
  ~Sequencer();

  // This takes records in the form of ReadRecords or Storable. It returns the tree size once they are on
  // disk. A record whose content the database refuses is kept as its hash alone, and the other records are
  // not affected. It fails with UNAVAILABLE and rule AUDIT_WRITE_FAILED if the records are not on disk, and
  // with RESOURCE_EXHAUSTED and rule AUDIT_QUEUE_FULL if too much is waiting.
  absl::StatusOr<int64_t> Append(std::vector<v1::AuditRecord> records);

 private:
  using Records = std::span<const v1::AuditRecord>;
  Sequencer(storage::Database* database, const SequencerLimits& limits)
      : database_(database), limits_(limits) {}
  // This gives where the database's log ends, which is never before what this replica acknowledged.
  absl::StatusOr<merkle::Frontier> Current(storage::Transaction& tx, const Head& head) const;
  void Run();
  // This takes the batch that has waited longest: none if the sequencer stops, or if no record came for
  // a while.
  std::optional<Batch> TakeBatch();
  absl::StatusOr<int64_t> Write(const Batch& batch);
  // This writes in one transaction: the rows of the batch where the log ends as they expect, and otherwise
  // rows made of the records.
  absl::Status WriteOnce(Records records, const Batch* batch);
  // This writes in parts what the database refused as a whole, with this status, until what it refuses
  // stands alone.
  absl::Status WriteDivided(Records records, const absl::Status& refused);
  // Has what waits go on from where the log ends, if that is not where it was expected to end.
  void Follow();
  // Forgets, from time to time, the appended records that have been remembered for too long.
  void Forget();
  // This adds waiting entries to the index of resources.
  void Index();
  bool Lags() const;
  bool LagsFar() const;

  storage::Database* database_;
  const SequencerLimits limits_;
  // This says where this replica left the log.
  merkle::Frontier frontier_;
  // These are the rows that this replica appended and did not index yet, and whether the database has more
  // rows than these.
  TouchedRows touched_;
  bool behind_ = false;
  absl::Time forgot_ = absl::InfinitePast();
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Batch> waiting_;
  int64_t waiting_bytes_ = 0;
  // Where the log will end once the batch that is being written is written.
  merkle::Frontier ahead_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_SEQUENCER_H_
