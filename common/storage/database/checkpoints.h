// Copies of a SQLite database's write-ahead log into its file, made beside its writers. SQLite by itself
// copies within the commit that makes the log long, and whoever shares that commit waits for the disk.
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

  // A commit left the log with so many pages; says whether the writer must copy it itself, because copying
  // beside it does not keep up. Only a log that is copied to its end, while nobody writes, begins anew.
  bool Committed(int pages);

 private:
  void Run();

  DatabaseSession session_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ = false;
  bool copying_ = false;
  // This says how long the log was when a copy was last asked for.
  int asked_at_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_CHECKPOINTS_H_
