// Writers of a SQLite database in the order in which they came. SQLite has one writer at a time and lets the
// others try again and again, so that some wait very long; here they stand in line, and those that wait
// together share a commit, which is where the time goes.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_WRITER_QUEUE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_WRITER_QUEUE_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/storage/database/checkpoints.h"
#include "common/storage/database/database_session.h"

namespace accord::storage {

// A WriterQueue is local to one process. Thread-safe.
class WriterQueue {
 public:
  explicit WriterQueue(const std::string& file, int cache_kib = Options().cache_kib)
      : checkpoints_(file), session_(file, cache_kib, DatabaseSession::kWhenNeeded) {
    session_.LeaveLogTo(&checkpoints_);
  }

  // Calls `work` on the calling thread when its turn has come, inside a transaction that calls before and
  // after it may share, and returns once that is committed. What `work` returns, if it is not OK: then only
  // its own writes are undone. UNAVAILABLE with rule DATABASE_POOL_EXHAUSTED if its turn has not come at
  // `until`; or what the commit failed with.
  absl::Status Run(const std::function<absl::Status(DatabaseSession*)>& work, absl::Time until);
  // Says how many stand in line.
  int waiting() const;

 private:
  // Calls that share a transaction.
  struct Group {
    int calls = 0;
    absl::Time begun;
    bool over = false;
    absl::Status result;
  };
  struct Waiter {
    std::condition_variable turn;
    bool mine = false;
  };

  absl::Status AwaitTurn(absl::Time until);
  absl::Status Join();
  // `work` alone, so that it can be undone alone; `lost` if the whole transaction is.
  absl::Status RunAlone(const std::function<absl::Status(DatabaseSession*)>& work, bool* lost);
  // Ends the group, or hands its transaction to the next in line.
  void PassOn(bool lost);
  void HandToNext();

  Checkpoints checkpoints_;
  DatabaseSession session_;
  mutable std::mutex mutex_;
  std::condition_variable over_;
  std::deque<Waiter*> line_;
  // Somebody has the turn.
  bool taken_ = false;
  // This group has the open transaction; it is null if there is none.
  std::shared_ptr<Group> group_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_WRITER_QUEUE_H_
