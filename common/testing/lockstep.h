// This runs acts simultaneously on PostgreSQL, whose transactions run in parallel.
#ifndef ACCORD_COMMON_TESTING_LOCKSTEP_H_
#define ACCORD_COMMON_TESTING_LOCKSTEP_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/storage/database/database.h"

namespace accord::testing {

// This stops every transaction where it writes its first event, so that everything before it is read while
// the others read too.
class Lockstep {
 public:
  // `dsn` is a service's database with its schema.
  explicit Lockstep(const std::string& dsn);

  // This runs each act in a thread of its own; none continues before all have written or have been refused.
  // It gives the result of each, in order.
  std::vector<absl::Status> Run(const std::vector<std::function<absl::Status()>>& acts);

 private:
  std::unique_ptr<storage::Database> gate_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_LOCKSTEP_H_
