// Compares what services changed with the log, and records as recovered what the log does not have. The log
// itself asks the services, so that no list from anybody else has to be believed.
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

// Gives a source that reads through the gateway, under the log's own identity. The source fails with
// FAILED_PRECONDITION and rule DOOR_NOT_ENROLLED while no door is configured or its files are missing.
RevisionSource ThroughGateway(const host::v1::DoorConfig& config);
RevisionWatch WatchThroughGateway(const host::v1::DoorConfig& config);

// Services that keep records of agencies and tell what they changed.
std::vector<std::string> RevisedServices();

class Reconciler {
 public:
  // `budget` is the time within which one call begins new pages.
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
  // Compares these consecutive changes with the log and keeps the position. Returns how many records
  // were recovered.
  absl::StatusOr<int64_t> Settle(const std::string& service, const std::vector<Change>& changes);
  // The number of changes since the start whose author is proved by no gateway's signature. The counter
  // outlives the reconciler.
  std::shared_ptr<const std::atomic<int64_t>> unproven() const { return unproven_; }

 private:
  // Pages of one service until `until`; `more` if there is more than that.
  absl::Status RecoverService(const std::string& service, bool from_start, absl::Time before,
                              absl::Time until, v1::Reconciliation* outcome, bool* more);
  // Gives the changes after a position, without the change that the position names. If the service no longer
  // knows that change, it was restored from a copy, and all of its changes are given from the first one on.
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
