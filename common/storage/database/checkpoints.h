// This copies a SQLite database's write-ahead log into the database file beside its writers. SQLite itself
// copies during the commit that makes the log too long, and every call that shares that commit waits for
// the disk.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_CHECKPOINTS_H_
#define ACCORD_COMMON_STORAGE_DATABASE_CHECKPOINTS_H_

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "common/storage/database/database_session.h"

namespace accord::storage {

class Checkpoints {
 public:
  explicit Checkpoints(const std::string& file);
  ~Checkpoints();

  // Notes that a commit left this many pages in the log. It returns true if the writer must copy the log
  // itself, because copying beside it does not keep up: the log restarts only if it is copied to its end
  // while nobody writes.
  bool Committed(int pages);

 private:
  void Run();

  DatabaseSession session_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ = false;
  bool copying_ = false;
  // This is the length of the log, in pages, when a copy was last requested.
  int asked_at_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_CHECKPOINTS_H_
