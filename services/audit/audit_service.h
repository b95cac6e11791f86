// These are the handlers of AuditWriterService and AuditService.
#ifndef ACCORD_SERVICES_AUDIT_AUDIT_SERVICE_H_
#define ACCORD_SERVICES_AUDIT_AUDIT_SERVICE_H_

#include <memory>
#include <string>

#include "accord/audit/v1/audit_service.pb.h"
#include "accord/audit/v1/audit_writer_service.pb.h"
#include "common/host/calls/handlers.h"
#include "common/host/watching/keyed_lock.h"
#include "common/merkle/checkpoint.h"
#include "services/audit/log/disclosure_tail.h"
#include "services/audit/log/sequencer.h"
#include "services/audit/reconcile/collector.h"
#include "services/audit/reconcile/reconciler.h"
#include "services/audit/witness/witness_service.h"

namespace accord::audit {

// A field that is zero takes the default of AuditConfig.
struct AuditOptions {
  std::string witnessed_file;
  RevisionSource revisions = ThroughGateway({});
  int64_t page_bytes = 0;
  int reconcile_seconds = 0;
  // With a watch, the log settles changes without a record by itself; without one, somebody has to
  // call RecoverRecords.
  RevisionWatch watch = nullptr;
  Collector::Options collection = {};
  // These keys prove who made a change that a service tells of; without keys, nothing proves it.
  Proofs proofs = {};
};

class AuditService {
 public:
  // `database` is for readers; the sequencer has a database of its own.
  AuditService(storage::Database* database, const storage::PageTokens* tokens,
               std::unique_ptr<Sequencer> sequencer, std::string origin, Key checkpoint_key,
               AuditOptions options = {});
  void Register(host::Handlers* handlers);
  const Reconciler& reconciler() const { return reconciler_; }

 private:
  using Tx = storage::Transaction;
  absl::StatusOr<v1::AppendRecordsResponse> Append(host::Call&, const std::string& request);
  absl::StatusOr<v1::ListEntriesResponse> List(host::Call&, Tx&, const v1::ListEntriesRequest&);
  absl::Status Watch(host::Call&, const v1::WatchDisclosuresRequest&,
                     const std::function<bool(const v1::Disclosure&)>& send);
  // This gives where a watch begins. It fails with OUT_OF_RANGE and rule INDEX_UNKNOWN after an entry that
  // the log does not have.
  absl::StatusOr<int64_t> WatchBeginOf(const v1::WatchDisclosuresRequest& request);
  absl::StatusOr<v1::RecoverRecordsResponse> Recover(host::Call&, const v1::RecoverRecordsRequest&);
  absl::StatusOr<v1::Checkpoint> GetCheckpoint(host::Call&, Tx&, const v1::GetCheckpointRequest&);
  absl::StatusOr<v1::InclusionProof> ProveInclusion(host::Call&, Tx&, const v1::GetInclusionProofRequest&);
  absl::StatusOr<v1::ConsistencyProof> ProveConsistency(host::Call&, Tx&,
                                                        const v1::GetConsistencyProofRequest&);
  absl::StatusOr<v1::GetTilesResponse> GetTiles(host::Call&, Tx&, const v1::GetTilesRequest&);

  storage::Database* database_;
  const storage::PageTokens* tokens_;
  std::unique_ptr<Sequencer> sequencer_;
  std::string origin_;
  Key key_;
  WitnessedFile witnessed_file_;
  WitnessService witnesses_;
  Reconciler reconciler_;
  std::unique_ptr<Collector> collector_;
  // This lets one watch of each agency read at a time. A watch has a thread of its own and takes no worker's
  // turn, so the watches of one agency, each from the beginning of the log, would otherwise hold all sessions
  // of readers.
  host::KeyedLock reading_;
  const int64_t page_bytes_;
  // This member is declared last, so it is destroyed first. It waits for its watches, because they use the
  // other members.
  DisclosureTail tail_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_AUDIT_SERVICE_H_
