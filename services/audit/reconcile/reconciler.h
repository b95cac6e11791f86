// Holds what services changed against the log, and records as recovered what the log does not have. The
// services are asked by the log itself: nothing is believed that somebody else lists.
#ifndef ACCORD_SERVICES_AUDIT_RECONCILE_RECONCILER_H_
#define ACCORD_SERVICES_AUDIT_RECONCILE_RECONCILER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "accord/audit/v1/audit_service.pb.h"
#include "accord/host/v1/config.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/sequencer.h"
#include "services/audit/reconcile/proof.h"
#include "services/audit/reconcile/recovered.h"

namespace accord::audit {

// Asks a service (`protocols`) what it changed.
using RevisionSource = std::function<absl::StatusOr<host::v1::ListRevisionKeysResponse>(
    const std::string& service, const host::v1::ListRevisionKeysRequest& request)>;

// Follows what a service changes from a position on: `message` gets each page, `go_on` is asked several times
// a second and ends it when it says false.
using RevisionWatch =
    std::function<absl::Status(const std::string& service, const host::v1::WatchRevisionKeysRequest& request,
                               const std::function<void(host::v1::ListRevisionKeysResponse)>& message,
                               const std::function<bool()>& go_on)>;

// Reads through the gateway, under the log's own identity. Without one, or while its files are not there, it
// is FAILED_PRECONDITION with rule DOOR_NOT_ENROLLED.
RevisionSource ThroughGateway(const host::v1::DoorConfig& config);
RevisionWatch WatchThroughGateway(const host::v1::DoorConfig& config);

// Services that keep records of agencies and tell what they changed.
std::vector<std::string> RevisedServices();

class Reconciler {
 public:
  // `budget`: how long one call begins new pages.
  Reconciler(storage::Database* database, Sequencer* sequencer, RevisionSource source, Proofs proofs,
             absl::Duration budget)
      : database_(database),
        sequencer_(sequencer),
        source_(std::move(source)),
        proofs_(std::move(proofs)),
        budget_(budget) {}

  // Changes of before `now` less what the request leaves out. INVALID_ARGUMENT with rule
  // SERVICE_NOT_COMPARED, RESOURCE_EXHAUSTED with rule RECONCILIATION_RUNNING, or what the source fails with.
  absl::StatusOr<v1::RecoverRecordsResponse> Recover(const v1::RecoverRecordsRequest& request,
                                                     absl::Time now);

  // The collector calls this. It compares everything of one service up to an instant, and says how far
  // that is.
  absl::StatusOr<Position> CatchUp(const std::string& service, absl::Time before);
  // Compares these changes, which follow on each other, and keeps the position; how many records
  // were recovered.
  absl::StatusOr<int64_t> Settle(const std::string& service, const std::vector<Change>& changes);
  // Changes of which no gateway's signature says who made them, since the start; outlives the reconciler.
  std::shared_ptr<const std::atomic<int64_t>> unproven() const { return unproven_; }

 private:
  // Pages of one service until `until`; `more` if there is more than that.
  absl::Status RecoverService(const std::string& service, bool from_start, absl::Time before,
                              absl::Time until, v1::Reconciliation* outcome, bool* more);
  // Changes after a position, without the one that it names. A service that does not know that one any more
  // was restored from a copy: then all from its first change on.
  absl::StatusOr<std::vector<Change>> Next(const std::string& service, Position* position);
  // Gives the changes that the log has no record of.
  absl::StatusOr<std::vector<Missing>> MissingOf(const std::string& service,
                                                 const std::vector<Change>& changes);
  absl::Status Compare(const std::string& service, const std::vector<Change>& changes,
                       v1::Reconciliation* outcome);

  storage::Database* const database_;
  Sequencer* const sequencer_;
  const RevisionSource source_;
  const Proofs proofs_;
  const absl::Duration budget_;
  // This lets one comparison run at a time.
  std::mutex running_;
  const std::shared_ptr<std::atomic<int64_t>> unproven_ = std::make_shared<std::atomic<int64_t>>(0);
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_RECONCILE_RECONCILER_H_
