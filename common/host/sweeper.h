// What time brings, done once across all replicas of a service.
#ifndef ACCORD_COMMON_HOST_SWEEPER_H_
#define ACCORD_COMMON_HOST_SWEEPER_H_

#include <functional>
#include <map>
#include <string>

#include "common/base/clock.h"
#include "common/host/periodic.h"
#include "common/storage/database.h"

namespace accord::host {

class Sweeper {
 public:
  // Brings one resource, by name, to `now`: moves it on if something is due, and schedules what comes next.
  using PassTime =
      std::function<absl::Status(storage::Transaction&, const std::string& name, absl::Time now)>;

  // By the kinds that storage::Schedule knows.
  Sweeper(storage::Database* database, const Clock* clock, std::map<std::string, PassTime> kinds);

  // One pass over all that is due, if this process holds the lease; how much was due.
  absl::StatusOr<int> Sweep();
  // A pass each second until the end.
  void Start();

 private:
  storage::Database* database_;
  const Clock* clock_;
  const std::map<std::string, PassTime> kinds_;
  const std::string holder_;
  Periodic passes_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SWEEPER_H_
