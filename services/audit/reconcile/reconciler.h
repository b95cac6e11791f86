// This compares what services changed with the log, and records as recovered what the log does not have. The
// log itself asks the services, so that no list from anybody else has to be believed.
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
#include "services/audit/reconcile/proofs.h"
#include "services/audit/reconcile/recovered_records.h"
#include "services/audit/reconcile/revision_source.h"

namespace accord::audit {

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

  // This compares changes from before `now`, less what the request leaves out. It fails with INVALID_ARGUMENT
  // and rule SERVICE_NOT_COMPARED, with RESOURCE_EXHAUSTED and rule RECONCILIATION_RUNNING, or with what the
  // source fails with.
  absl::StatusOr<v1::RecoverRecordsResponse> Recover(const v1::RecoverRecordsRequest& request,
                                                     absl::Time now);

  // The collector calls this. It compares everything of one service up to an instant, and says how far
  // that is.
  absl::StatusOr<Position> CatchUp(const std::string& service, absl::Time before);
  // This compares these consecutive changes with the log and keeps the position. It returns how many records
  // were recovered.
  absl::StatusOr<int64_t> Settle(const std::string& service, const std::vector<Change>& changes);
  // This is the number of changes since the start whose author is proved by no gateway's signature. The
  // counter outlives the reconciler.
  std::shared_ptr<const std::atomic<int64_t>> unproven() const { return unproven_; }

 private:
  // This compares pages of one service until `until`. `more` says whether there is more than that.
  absl::Status RecoverService(const std::string& service, bool from_start, absl::Time before,
                              absl::Time until, v1::Reconciliation* outcome, bool* more);
  // This gives the changes after a position, without the change that the position names. If the service no
  // longer knows that change, it was restored from a copy, and all of its changes are given from the first
  // one on.
  absl::StatusOr<std::vector<Change>> ChangesAfter(const std::string& service, Position* position);
  // This gives the changes that the log has no record of.
  absl::StatusOr<std::vector<MissingChange>> MissingOf(const std::string& service,
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
