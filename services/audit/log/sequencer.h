// Puts the records of all gateways into one order. Whatever is waiting shares one transaction and one fsync.
// Several replicas may write to one database: each batch goes on from where the log is, whoever brought
// it there.
#ifndef ACCORD_SERVICES_AUDIT_LOG_SEQUENCER_H_
#define ACCORD_SERVICES_AUDIT_LOG_SEQUENCER_H_

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "services/audit/log/append.h"
#include "services/audit/log/touched_index.h"

namespace accord::audit {

// These bound the records in one transaction, and those that wait for the disk.
struct SequencerLimits {
  int max_batch = 4096;
  int64_t max_batch_bytes = 8 << 20;
  int64_t max_waiting_bytes = 64 << 20;
  // Entries in a span of the tables, a multiple of 256.
  int64_t span = 1 << 20;
  // This says how long the log knows what was appended: a record that is repeated later is another entry.
  absl::Duration remembered = absl::Hours(24) * 7;
};

class Sequencer {
 public:
  // Continues the log that the database holds; DATA_LOSS if its hashes do not give its root. The database is
  // the log's writers' own: who waits for a session behind readers holds up every call of every agency.
  static absl::StatusOr<std::unique_ptr<Sequencer>> Start(storage::Database* database,
                                                          const SequencerLimits& limits);
  static absl::StatusOr<std::unique_ptr<Sequencer>> Start(storage::Database* database, int max_batch) {
    return Start(database, SequencerLimits{max_batch});
  }
  ~Sequencer();

  // Takes records in the form of ReadRecords or Storable. Returns when they are on disk: the tree size then.
  // A record that the database refuses for what it holds is kept as its hash alone, and takes no other with
  // it. UNAVAILABLE with rule AUDIT_WRITE_FAILED if they are not on disk, RESOURCE_EXHAUSTED with rule
  // AUDIT_QUEUE_FULL if too much is waiting.
  absl::StatusOr<int64_t> Append(std::vector<v1::AuditRecord> records);

 private:
  struct Waiting {
    std::vector<Prepared> records;
    int64_t bytes = 0;
    std::promise<absl::StatusOr<int64_t>> done;
  };
  using Records = std::span<const Prepared>;
  Sequencer(storage::Database* database, const SequencerLimits& limits)
      : database_(database), limits_(limits) {}
  // Says where the database's log is; never back behind what was acknowledged here.
  absl::StatusOr<merkle::Frontier> Current(storage::Transaction& tx, const Head& head) const;
  void Run();
  // What waits, as much as one transaction takes. Nothing: this stops, or nobody sent anything for a while.
  std::vector<Waiting> TakeBatch();
  absl::StatusOr<int64_t> Write(Records records);
  // This writes in one transaction.
  absl::Status WriteOnce(Records records);
  // This does the same, but divides the batch until what the database refuses stands alone.
  absl::Status WriteDivided(Records records);
  // Forgets, now and then, what has been remembered for too long.
  void Forget();
  // Indexes what waits for it.
  void Index();
  bool Lags() const;
  bool LagsFar() const;

  storage::Database* database_;
  const SequencerLimits limits_;
  // This says where this replica left the log.
  merkle::Frontier frontier_;
  // What this replica appended and did not index yet, and whether there is more of it than it holds.
  TouchedRows touched_;
  bool behind_ = false;
  absl::Time forgot_ = absl::InfinitePast();
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Waiting> waiting_;
  int64_t waiting_bytes_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_SEQUENCER_H_
