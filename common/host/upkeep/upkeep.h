// Periodic maintenance of every database, done once across all replicas: counts are folded, history
// is removed once its purpose has ended, fields that were classified after they were stored are
// sealed, and resources that the previous version stored are indexed for the lists of this version.
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

  // This adds a batch of changes to the totals of kept counts, and returns true if there are more.
  absl::StatusOr<bool> FoldCounts();
  // This indexes a batch of resources that lists do not have yet, and returns true if there are more.
  absl::StatusOr<bool> ListOlder();
  // This makes one step of a pass over events and versions, if this process holds the lease, and returns true
  // if the pass goes on. After a pass there is a break of some hours.
  absl::StatusOr<bool> SweepHistory();
  // This makes one step of a pass that seals what the previous version stored unsealed, if this process holds
  // the lease, and returns true if the pass goes on. The first pass begins after `kRoll`; after a completed
  // pass there is no other.
  absl::StatusOr<bool> SealClasses();
  // Runs all of these repeatedly until the process ends.
  void Start();

  // After this time no replica of the previous version is left that would store more unsealed rows.
  static constexpr absl::Duration kRoll = absl::Hours(1);

 private:
  // This is the progress of a pass.
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
  // These are the name of the service, and the set of its sealed fields, which is empty if there are none or
  // if all rows already follow it.
  const std::string service_;
  std::string classes_;
  storage::ClassPass class_pass_;
  absl::Time seal_from_ = absl::InfiniteFuture();
  Periodic folds_, lists_, sweeps_, seals_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_UPKEEP_UPKEEP_H_
