// The sweeper processes whatever falls due, once across all replicas of a service.
#ifndef ACCORD_COMMON_HOST_UPKEEP_SWEEPER_H_
#define ACCORD_COMMON_HOST_UPKEEP_SWEEPER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/law_in_force.h"
#include "common/host/upkeep/periodic.h"
#include "common/storage/database/database.h"

namespace accord::host {

class Sweeper {
 public:
  // This brings one resource up to date at `now`: moves it on if something is due, and schedules what
  // comes next.
  using PassTime =
      std::function<absl::Status(storage::Transaction&, const std::string& name, absl::Time now)>;

  // Work that is not due for a single resource, such as folding counts, in transactions as Database::InTurn
  // runs them. It gives how much it did: a full batch means that there is more.
  using Chore = std::function<absl::StatusOr<int>(storage::Transaction&, absl::Time now, int batch)>;

  // The passes are keyed by the kinds that storage::Schedule knows.
  Sweeper(storage::Database* database, const Clock* clock, std::map<std::string, PassTime> kinds,
          std::vector<Chore> chores = {});

  // This takes up and pins the law that a pass applies, before the pass asks for the lease. If it fails there
  // is no pass; another process, which applies the law in force, makes it.
  using TakeLaw = std::function<absl::StatusOr<std::unique_ptr<PinnedLaw>>()>;
  void GoBy(TakeLaw take) { take_law_ = std::move(take); }

  // This makes one pass over all that is due, if this process holds the lease, and gives how much was due.
  absl::StatusOr<int> Sweep();
  // This runs a pass each second until the process ends.
  void Start();

 private:
  absl::Status RunChores(absl::Time now);

  storage::Database* database_;
  const Clock* clock_;
  const std::map<std::string, PassTime> kinds_;
  const std::vector<Chore> chores_;
  const std::string holder_;
  TakeLaw take_law_;
  Periodic passes_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_UPKEEP_SWEEPER_H_
