// This is the pool of sessions of a Database. It is private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_DATABASE_POOL_H_
#define ACCORD_COMMON_STORAGE_DATABASE_DATABASE_POOL_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/time/time.h"
#include "common/storage/database/database.h"
#include "common/storage/database/database_session.h"

namespace accord::storage {

// A call waits this long for a session or for its turn to write.
inline constexpr absl::Duration kPoolWait = absl::Seconds(5);

class Database::Pool {
 public:
  explicit Pool(const Options& options);
  // This opens the sessions that are not reserved.
  absl::Status OpenAll();
  // This gives a session that nobody else uses, or null if none came free in time.
  DatabaseSession* Take();
  void Return(DatabaseSession* session);

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<DatabaseSession>> sessions_, reserved_;
  std::vector<DatabaseSession*> free_, free_reserved_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_DATABASE_POOL_H_
