#include "services/audit/audit_service.h"

#include <functional>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::audit {
namespace {

// The requested size, or the newest; never one that the log has not reached.
absl::StatusOr<int64_t> SizeOf(storage::Transaction& tx, int64_t requested) {
  ACCORD_ASSIGN_OR_RETURN(Head head, ReadHead(tx));
  if (requested == 0) return head.size;
  if (requested > 0 && requested <= head.size) return requested;
  return Refuse(absl::StatusCode::kOutOfRange, "TREE_SIZE_UNKNOWN", "The log has not been of this size.");
}

v1::Disclosure DisclosureOf(const v1::Entry& entry, const std::string& owner) {
  v1::Disclosure disclosure;
  disclosure.set_index(entry.index());
  *disclosure.mutable_time() = entry.record().time();
  disclosure.set_agency(entry.record().agency());
  disclosure.set_actor(entry.record().actor());
  disclosure.set_method(entry.record().method());
  disclosure.set_purpose(entry.record().purpose());
  for (const auto& resource : entry.record().resources()) {
    if (resource.owner() == owner) disclosure.add_resources(resource.name());
  }
  return disclosure;
}

// One record a call, with every resource that it changed.
void AddRecovered(const host::v1::RevisionKey& key, std::map<std::string, v1::AuditRecord>* missing) {
  const std::string id =
      absl::StrCat("recovered-", Hex(Sha256(key.agency() + "\n" + key.request_id())).substr(0, 32));
  v1::AuditRecord& record = (*missing)[id];
  record.set_call_id(id);
  record.set_gateway("reconciliation");
  *record.mutable_time() = key.time();
  record.set_agency(key.agency());
  record.set_actor(key.actor());
  record.set_request_id(key.request_id());
  record.set_decision(v1::DECISION_ALLOW);
  record.set_phase(v1::PHASE_RECOVERED);
  auto* resource = record.add_resources();
  resource->set_name(key.name());
  const std::vector<std::string> parts = absl::StrSplit(key.name(), '/');
  if (parts.size() > 1 && parts[0] == "agencies") resource->set_owner(parts[1]);
  resource->set_touch(caller::v1::TOUCH_CHANGED);
}

}  // namespace

void AuditService::Register(host::Handlers* handlers) {
  using S = AuditService;
  handlers->Unary<v1::AppendRecordsRequest, v1::AppendRecordsResponse>(
      "/accord.audit.v1.AuditWriterService/AppendRecords", std::bind_front(&S::Append, this));
  handlers->Bind("accord.audit.v1.AuditService", this, &S::List, &S::GetCheckpoint, &S::ProveInclusion,
                 &S::ProveConsistency, &S::Watch);
  handlers->Unary<v1::RecoverRecordsRequest, v1::RecoverRecordsResponse>(
      "/accord.audit.v1.AuditService/RecoverRecords", std::bind_front(&S::Recover, this));
  witnesses_.Register(handlers);
}

absl::StatusOr<v1::AppendRecordsResponse> AuditService::Append(host::Call&,
                                                               const v1::AppendRecordsRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(int64_t size,
                          sequencer_->Append({request.records().begin(), request.records().end()}));
  v1::AppendRecordsResponse response;
  response.set_tree_size(size);
  return response;
}

absl::StatusOr<v1::ListEntriesResponse> AuditService::List(host::Call& call, Tx& tx,
                                                           const v1::ListEntriesRequest& request) {
  if (request.page_size() < 0) return RefuseFields({{"page_size", "must not be negative"}});
  EntryQuery query{call.caller().agency, request.disclosures_only(), request.resource(), 0,
                   request.page_size() == 0 ? 50 : std::min(request.page_size(), 1000)};
  const std::string scope =
      absl::StrCat("entries|", query.agency, "|", query.as_owner_only ? "owner" : "all", "|", query.resource);
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(std::string position, tokens_->Open(scope, request.page_token()));
    if (!absl::SimpleAtoi(position, &query.from_index)) return RefuseFields({{"page_token", "is not valid"}});
  }
  const int size = query.limit++;
  ACCORD_ASSIGN_OR_RETURN(auto entries, ListEntries(tx, query));
  v1::ListEntriesResponse response;
  if (static_cast<int>(entries.size()) > size) {
    response.set_next_page_token(tokens_->Seal(scope, absl::StrCat(entries.back().index())));
    entries.pop_back();
  }
  for (auto& entry : entries) *response.add_entries() = std::move(entry);
  return response;
}

absl::Status AuditService::Watch(host::Call& call, const v1::WatchDisclosuresRequest& request,
                                 const std::function<bool(const v1::Disclosure&)>& send) {
  EntryQuery query{call.caller().agency, true, "", request.after_index() + 1, 100};
  if (request.after_index() == 0) {
    ACCORD_ASSIGN_OR_RETURN(const Head head, database_->Read(ReadHead));
    query.from_index = head.size;
  }
  while (!call.ended()) {
    ACCORD_ASSIGN_OR_RETURN(const auto entries,
                            database_->Read([&](Tx& tx) { return ListEntries(tx, query); }));
    for (const auto& entry : entries) {
      if (!send(DisclosureOf(entry, query.agency))) return absl::OkStatus();
      query.from_index = entry.index() + 1;
    }
    if (entries.empty()) call.WaitForChange(absl::Milliseconds(250));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::RecoverRecordsResponse> AuditService::Recover(host::Call&,
                                                                 const v1::RecoverRecordsRequest& request) {
  v1::RecoverRecordsResponse response;
  std::map<std::string, v1::AuditRecord> missing;
  ACCORD_RETURN_IF_ERROR(database_->Read([&](Tx& tx) -> absl::Status {
    for (const auto& key : request.revisions()) {
      ACCORD_ASSIGN_OR_RETURN(const bool recorded, IsRecorded(tx, key.agency(), key.request_id()));
      if (!recorded) AddRecovered(key, &missing);
    }
    return absl::OkStatus();
  }));
  std::vector<v1::AuditRecord> records;
  for (auto& [id, record] : missing) {
    response.add_recovered(record.request_id());
    records.push_back(std::move(record));
  }
  if (!records.empty()) ACCORD_RETURN_IF_ERROR(sequencer_->Append(std::move(records)).status());
  return response;
}

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
  ACCORD_ASSIGN_OR_RETURN(int64_t size, SizeOf(tx, request.tree_size()));
  if (request.index() < 0 || request.index() >= size) {
    return Refuse(absl::StatusCode::kOutOfRange, "INDEX_UNKNOWN", "The log of this size has no such entry.");
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
  ACCORD_ASSIGN_OR_RETURN(int64_t to, SizeOf(tx, request.to_size()));
  if (request.from_size() <= 0 || request.from_size() > to) {
    return Refuse(absl::StatusCode::kOutOfRange, "TREE_SIZE_UNKNOWN", "from_size must be from 1 to to_size.");
  }
  ACCORD_ASSIGN_OR_RETURN(merkle::Proof path,
                          merkle::ConsistencyProof(HashesOf(tx), request.from_size(), to));
  v1::ConsistencyProof proof;
  proof.set_from_size(request.from_size());
  proof.set_to_size(to);
  for (auto& hash : path) proof.add_path(std::move(hash));
  return proof;
}

}  // namespace accord::audit
