// Handlers of AuditWriterService and AuditService.
#ifndef ACCORD_SERVICES_AUDIT_AUDIT_SERVICE_H_
#define ACCORD_SERVICES_AUDIT_AUDIT_SERVICE_H_

#include <memory>
#include <string>

#include "accord/audit/v1/service.pb.h"
#include "common/host/handlers.h"
#include "common/merkle/checkpoint.h"
#include "services/audit/sequencer.h"
#include "services/audit/witness_service.h"

namespace accord::audit {

class AuditService {
 public:
  AuditService(storage::Database* database, const storage::PageTokens* tokens,
               std::unique_ptr<Sequencer> sequencer, std::string origin, Key checkpoint_key,
               std::string witnessed_file = "")
      : database_(database),
        tokens_(tokens),
        sequencer_(std::move(sequencer)),
        origin_(std::move(origin)),
        key_(std::move(checkpoint_key)),
        witnessed_file_(database, std::move(witnessed_file), origin_, key_),
        witnesses_(tokens, origin_, &key_, &witnessed_file_) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  absl::StatusOr<v1::AppendRecordsResponse> Append(host::Call&, const v1::AppendRecordsRequest&);
  absl::StatusOr<v1::ListEntriesResponse> List(host::Call&, Tx&, const v1::ListEntriesRequest&);
  absl::Status Watch(host::Call&, const v1::WatchDisclosuresRequest&,
                     const std::function<bool(const v1::Disclosure&)>& send);
  absl::StatusOr<v1::RecoverRecordsResponse> Recover(host::Call&, const v1::RecoverRecordsRequest&);
  absl::StatusOr<v1::Checkpoint> GetCheckpoint(host::Call&, Tx&, const v1::GetCheckpointRequest&);
  absl::StatusOr<v1::InclusionProof> ProveInclusion(host::Call&, Tx&, const v1::GetInclusionProofRequest&);
  absl::StatusOr<v1::ConsistencyProof> ProveConsistency(host::Call&, Tx&,
                                                        const v1::GetConsistencyProofRequest&);

  storage::Database* database_;
  const storage::PageTokens* tokens_;
  std::unique_ptr<Sequencer> sequencer_;
  std::string origin_;
  Key key_;
  WitnessedFile witnessed_file_;
  WitnessService witnesses_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_AUDIT_SERVICE_H_
