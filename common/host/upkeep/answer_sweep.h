// This removes stored answers once a client no longer needs them for a retry: their content after some days,
// and after more days the fact that the request was made.
#ifndef ACCORD_COMMON_HOST_UPKEEP_ANSWER_SWEEP_H_
#define ACCORD_COMMON_HOST_UPKEEP_ANSWER_SWEEP_H_

#include <string>

#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"
#include "common/base/clock.h"
#include "common/host/upkeep/periodic.h"
#include "common/storage/database/database.h"

namespace accord::host {

class AnswerSweep {
 public:
  AnswerSweep(storage::Database* database, const Clock* clock, const v1::HostConfig& config);

  // This makes one pass if this process holds the lease, and gives the number of answers and
  // requests dropped.
  absl::StatusOr<int64_t> Sweep();
  // This runs a pass each minute until the process ends.
  void Start();

 private:
  storage::Database* database_;
  const Clock* clock_;
  const absl::Duration keep_answers_, keep_requests_;
  const std::string holder_;
  Periodic passes_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_UPKEEP_ANSWER_SWEEP_H_
