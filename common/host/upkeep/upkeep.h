// What every database needs now and then, done once across all replicas: counts are folded, and what is kept
// of the past does not outlive its purpose; what lies in clear and was classified since is sealed; and what
// the version before stored is indexed for the lists of this one.
#ifndef ACCORD_COMMON_HOST_UPKEEP_UPKEEP_H_
#define ACCORD_COMMON_HOST_UPKEEP_UPKEEP_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/host/v1/config.pb.h"
#include "common/base/clock.h"
#include "common/host/upkeep/periodic.h"
#include "common/storage/classification/classes.h"
#include "common/storage/database/database.h"
#include "common/storage/retention/history.h"

namespace accord::host {

class Upkeep {
 public:
  Upkeep(storage::Database* database, const Clock* clock, const v1::HostConfig& config);

  // Adds a batch of changes to the totals of kept counts; true if there is more.
  absl::StatusOr<bool> FoldCounts();
  // Indexes a batch of what lists do not know yet; true if there is more.
  absl::StatusOr<bool> ListOlder();
  // A step of a pass over events and versions, if this process holds the lease; true if the pass goes on.
  // After its end there is none for some hours.
  absl::StatusOr<bool> SweepHistory();
  // A step of a pass that seals what the version before stored in clear, if this process holds the lease;
  // true if the pass goes on. The first begins after `kRoll`; when one has come to its end there is no other.
  absl::StatusOr<bool> SealClasses();
  // This runs all sweeps again and again until the process ends.
  void Start();

  // After this time no replica of the previous version is left that would store more unsealed rows.
  static constexpr absl::Duration kRoll = absl::Hours(1);

 private:
  // Where a pass is.
  struct Pass {
    storage::EventPass events;
    storage::RevisionPass revisions;
    bool at_revisions = false;
  };
  // This is called once in each process.
  absl::Status BeginClasses(absl::Time now);
  absl::StatusOr<bool> SweepStep(storage::Transaction& tx, absl::Time now, Pass* pass) const;

  storage::Database* database_;
  const Clock* clock_;
  // Without a value, rows are kept for ever.
  const std::optional<absl::Duration> keep_events_, keep_revisions_;
  const std::string holder_;
  Pass pass_;
  absl::Time rest_until_ = absl::InfinitePast();
  // These are the service and the set of its sealed fields, which is empty if none are, or if all rows
  // follow it.
  const std::string service_;
  std::string classes_;
  storage::ClassPass class_pass_;
  absl::Time seal_from_ = absl::InfiniteFuture();
  Periodic folds_, lists_, sweeps_, seals_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_UPKEEP_UPKEEP_H_
