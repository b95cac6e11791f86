// Puts the records of all gateways into one order. Whatever is waiting shares one transaction and one fsync.
// Several replicas may write to one database: each batch goes on from where the log is, whoever brought it
// there.
#ifndef ACCORD_SERVICES_AUDIT_SEQUENCER_H_
#define ACCORD_SERVICES_AUDIT_SEQUENCER_H_

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "services/audit/audit_store.h"

namespace accord::audit {

class Sequencer {
 public:
  // Continues the log that the database holds; DATA_LOSS if its hashes do not give its root.
  static absl::StatusOr<std::unique_ptr<Sequencer>> Start(storage::Database* database, int max_batch);
  ~Sequencer();

  // Returns when the records are on disk: the tree size then. UNAVAILABLE with rule AUDIT_WRITE_FAILED if
  // they are not.
  absl::StatusOr<int64_t> Append(std::vector<v1::AuditRecord> records);

 private:
  struct Waiting {
    std::vector<v1::AuditRecord> records;
    std::promise<absl::StatusOr<int64_t>> done;
  };
  Sequencer(storage::Database* database, int max_batch) : database_(database), max_batch_(max_batch) {}
  // Where the database's log is; never back behind what was acknowledged here.
  absl::StatusOr<merkle::Frontier> Current(storage::Transaction& tx) const;
  void Run();
  absl::StatusOr<int64_t> Write(const std::vector<v1::AuditRecord>& records);

  storage::Database* database_;
  std::size_t max_batch_;
  // Where this replica left the log.
  merkle::Frontier frontier_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Waiting> waiting_;
  std::size_t waiting_records_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_SEQUENCER_H_
