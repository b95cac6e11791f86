// These are handlers of AuditService by which anybody can prove what the log holds: checkpoints, proofs
// and tiles.
#include <string>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/merkle/checkpoint.h"
#include "services/audit/audit_service.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/tiles.h"

namespace accord::audit {
namespace {

// This gives the requested size, or the newest, and never one that the log has not reached.
absl::StatusOr<int64_t> TreeSizeFor(storage::Transaction& tx, int64_t requested) {
  ACCORD_ASSIGN_OR_RETURN(Head head, ReadHead(tx));
  if (requested == 0) return head.size;
  if (requested > 0 && requested <= head.size) return requested;
  return Refuse(rules::kTreeSizeUnknown, "The log has not been of this size.");
}

}  // namespace

absl::StatusOr<v1::Checkpoint> AuditService::GetCheckpoint(host::Call& call, Tx& tx,
                                                           const v1::GetCheckpointRequest&) {
  ACCORD_ASSIGN_OR_RETURN(Head head, ReadHead(tx));
  v1::Checkpoint checkpoint;
  checkpoint.set_note(merkle::SignCheckpoint({origin_, head.size, head.root}, key_));
  checkpoint.set_tree_size(head.size);
  checkpoint.set_root_hash(head.root);
  *checkpoint.mutable_time() = ToProto(call.now());
  checkpoint.set_public_key(RawPublicKey(key_));
  return checkpoint;
}

absl::StatusOr<v1::InclusionProof> AuditService::ProveInclusion(host::Call&, Tx& tx,
                                                                const v1::GetInclusionProofRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(int64_t size, TreeSizeFor(tx, request.tree_size()));
  if (request.index() < 0 || request.index() >= size) {
    return Refuse(rules::kIndexUnknown, "The log of this size has no such entry.");
  }
  const merkle::Source hashes = HashesOf(tx);
  ACCORD_ASSIGN_OR_RETURN(merkle::Proof path, merkle::InclusionProof(hashes, request.index(), size));
  ACCORD_ASSIGN_OR_RETURN(std::string leaf, hashes(0, request.index()));
  v1::InclusionProof proof;
  proof.set_index(request.index());
  proof.set_tree_size(size);
  for (auto& hash : path) proof.add_path(std::move(hash));
  proof.set_leaf_hash(std::move(leaf));
  return proof;
}

absl::StatusOr<v1::ConsistencyProof> AuditService::ProveConsistency(
    host::Call&, Tx& tx, const v1::GetConsistencyProofRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(int64_t to, TreeSizeFor(tx, request.to_size()));
  if (request.from_size() <= 0 || request.from_size() > to) {
    return Refuse(rules::kTreeSizeUnknown, "from_size must be from 1 to to_size.");
  }
  ACCORD_ASSIGN_OR_RETURN(merkle::Proof path,
                          merkle::ConsistencyProof(HashesOf(tx), request.from_size(), to));
  v1::ConsistencyProof proof;
  proof.set_from_size(request.from_size());
  proof.set_to_size(to);
  for (auto& hash : path) proof.add_path(std::move(hash));
  return proof;
}

absl::StatusOr<v1::GetTilesResponse> AuditService::GetTiles(host::Call&, Tx& tx,
                                                            const v1::GetTilesRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t size, TreeSizeFor(tx, request.tree_size()));
  return ReadTiles(tx, request, size);
}

}  // namespace accord::audit
