// Acts at once on PostgreSQL, whose transactions run side by side.
#ifndef ACCORD_COMMON_TESTING_LOCKSTEP_H_
#define ACCORD_COMMON_TESTING_LOCKSTEP_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/storage/database/database.h"

namespace accord::testing {

// Holds every transaction where it writes its first event: what it read until then it read beside the others.
class Lockstep {
 public:
  // The database is a service's, and its schema exists.
  explicit Lockstep(const std::string& dsn);

  // Each in a thread of its own, and none goes on before all have written or have been refused. What became
  // of each, in order.
  std::vector<absl::Status> Run(const std::vector<std::function<absl::Status()>>& acts);

 private:
  std::unique_ptr<storage::Database> gate_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_LOCKSTEP_H_
