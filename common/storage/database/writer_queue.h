// This runs the writers of a SQLite database in the order in which they came. SQLite has one writer at a time
// and lets the others retry, so that some wait very long. Here they queue, and those that wait together share
// a commit, which takes most of the time.
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

// A WriterQueue serves one process. It is thread-safe.
class WriterQueue {
 public:
  explicit WriterQueue(const std::string& file, int cache_kib = Options().cache_kib)
      : checkpoints_(file), session_(file, cache_kib, DatabaseSession::kWhenNeeded) {
    session_.LeaveLogTo(&checkpoints_);
  }

  // Calls `work` on the calling thread when its turn comes, inside a transaction that other calls may share,
  // and returns once that is committed. If `work` returns an error, only its own writes are undone and the
  // error is returned. It fails with UNAVAILABLE and rule DATABASE_POOL_EXHAUSTED if its turn has not come by
  // `until`. Otherwise it gives the error of the commit, if any.
  absl::Status Run(const std::function<absl::Status(DatabaseSession*)>& work, absl::Time until);
  // This gives the number of calls that wait.
  int waiting() const;

 private:
  // Calls that share one transaction.
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
  // Runs `work` so that it can be undone by itself; sets `lost` if the whole transaction is lost.
  absl::Status RunAlone(const std::function<absl::Status(DatabaseSession*)>& work, bool* lost);
  // Commits the group, or passes its transaction to the next call in the queue.
  void PassOn(bool lost);
  void HandToNext();

  Checkpoints checkpoints_;
  DatabaseSession session_;
  mutable std::mutex mutex_;
  std::condition_variable over_;
  std::deque<Waiter*> line_;
  // This says whether a call has its turn.
  bool taken_ = false;
  // This is the group with the open transaction; it is null if there is none.
  std::shared_ptr<Group> group_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_WRITER_QUEUE_H_
