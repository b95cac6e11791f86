// This is what a service gets from RunService, which makes it from the configuration.
#ifndef ACCORD_COMMON_HOST_ENVIRONMENT_H_
#define ACCORD_COMMON_HOST_ENVIRONMENT_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/host/serving/metrics.h"
#include "common/storage/database/database.h"
#include "common/storage/records/page_tokens.h"

namespace accord::host {

// These are the objects that RunService makes for the service from its configuration.
struct Environment {
  storage::Database* database;
  const storage::PageTokens* page_tokens;
  const Clock* clock;
  // This is the clock by which things fall due. It runs faster than real time if the configuration says so.
  const Clock* calendar;
  // This opens the same database again, with sessions that nothing else uses. It fills in the name and the
  // keys of `options`.
  std::function<absl::StatusOr<std::unique_ptr<storage::Database>>(const storage::Options& options)> open;
  Metrics* metrics;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_ENVIRONMENT_H_
