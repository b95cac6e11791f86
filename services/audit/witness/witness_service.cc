#include "services/audit/witness/witness_service.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/pki/ed25519.h"
#include "services/audit/log/audit_store.h"

namespace accord::audit {
namespace {

// An agency changes its key now and then. All of its keys are read when it cosigns, where the log is written.
constexpr int kMostWitnesses = 64;

}  // namespace

absl::Status WitnessService::CheckNew(Tx& tx, const std::string& agency, const std::string& public_key) {
  const storage::ListQuery own{
      agency, {}, kMostWitnesses, "", absl::StrCat("agencies/", agency, "/witnesses/")};
  ACCORD_ASSIGN_OR_RETURN(const auto page, witnesses_.List<v1::Witness>(tx, own));
  for (const auto& witness : page.items) {
    if (witness.public_key() == public_key) return RefuseFields({{"public_key", "is registered already"}});
  }
  if (static_cast<int>(page.items.size()) < kMostWitnesses) return absl::OkStatus();
  return RefuseFields(
      {{"public_key", absl::StrCat("is one more than the ", kMostWitnesses, " keys of an agency")}});
}

void WitnessService::Register(host::Handlers* handlers) {
  using S = WitnessService;
  handlers->Bind("accord.audit.v1.AuditService", this, &S::RegisterWitness, &S::List, &S::Cosign, &S::Get);
}

absl::StatusOr<v1::Witness> WitnessService::RegisterWitness(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::RegisterWitnessRequest& request) {
  if (request.public_key().size() != 32 || PublicKeyOf(request.public_key()) == nullptr) {
    return Refuse(rules::kKeyInvalid, "public_key is an Ed25519 key of 32 bytes.");
  }
  const std::string& agency = call.caller().agency;
  ACCORD_RETURN_IF_ERROR(CheckNew(tx, agency, request.public_key()));
  v1::Witness witness;
  witness.set_name(absl::StrCat("agencies/", agency, "/witnesses/", NewId(call.now())));
  witness.set_public_key(request.public_key());
  witness.set_key_name(absl::StrCat(origin_, "/witness/", agency));
  storage::Placement placement;
  placement.owner = agency;
  placement.parties = {std::string(storage::kEverybody)};
  ACCORD_RETURN_IF_ERROR(witnesses_.Insert(tx, &witness, write, placement));
  return witness;
}

absl::StatusOr<v1::ListWitnessesResponse> WitnessService::List(host::Call& call, Tx& tx,
                                                               const v1::ListWitnessesRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(auto page,
                          witnesses_.List<v1::Witness>(
                              tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""}));
  v1::ListWitnessesResponse response;
  for (auto& witness : page.items) *response.add_witnesses() = std::move(witness);
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::Checkpoint> WitnessService::Cosign(host::Call& call, Tx& tx, const storage::Write&,
                                                      const v1::CosignCheckpointRequest& request) {
  const auto checkpoint = merkle::OpenCheckpoint(request.note(), origin_, *key_);
  if (!checkpoint.ok()) {
    return Refuse(rules::kCheckpointUnknown, "This log did not sign this checkpoint.");
  }
  ACCORD_ASSIGN_OR_RETURN(const bool holds, Holds(tx, *checkpoint));
  if (!holds) return Rewound();
  const std::string& agency = call.caller().agency;
  storage::ListQuery own{agency, {}, 1000, "", absl::StrCat("agencies/", agency, "/witnesses/")};
  ACCORD_ASSIGN_OR_RETURN(const auto page, witnesses_.List<v1::Witness>(tx, own));
  for (const auto& witness : page.items) {
    const Key key = PublicKeyOf(witness.public_key());
    if (!merkle::OpenCosignature(request.cosignature(), *checkpoint, witness.key_name(), key).ok()) continue;
    // Only the log's own part is kept; what others appended to the note is not for the log to store.
    const std::string note = merkle::SignCheckpoint(*checkpoint, *key_);
    ACCORD_RETURN_IF_ERROR(
        KeepCosignature(tx, checkpoint->size, note, witness.name(), request.cosignature()));
    ACCORD_ASSIGN_OR_RETURN(v1::Checkpoint newest, Newest(tx, call.now()));
    if (newest.tree_size() == checkpoint->size) {
      ACCORD_RETURN_IF_ERROR(file_->Remember(checkpoint->size, newest.note()));
    }
    return newest;
  }
  return Refuse(rules::kCosignatureInvalid,
                "No witness key of this agency made this signature; register the key first.");
}

absl::StatusOr<v1::Checkpoint> WitnessService::Newest(Tx& tx, absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const Witnessed witnessed, NewestWitnessed(tx));
  if (witnessed.size == 0) return NotFound();
  ACCORD_ASSIGN_OR_RETURN(const auto opened, merkle::OpenCheckpoint(witnessed.note, origin_, *key_));
  v1::Checkpoint checkpoint;
  std::string note = witnessed.note;
  for (const auto& line : witnessed.lines) note += line;
  checkpoint.set_note(std::move(note));
  checkpoint.set_tree_size(opened.size);
  checkpoint.set_root_hash(opened.root);
  *checkpoint.mutable_time() = ToProto(now);
  checkpoint.set_public_key(RawPublicKey(*key_));
  return checkpoint;
}

absl::StatusOr<v1::Checkpoint> WitnessService::Get(host::Call& call, Tx& tx,
                                                   const v1::GetWitnessedCheckpointRequest&) {
  return Newest(tx, call.now());
}

}  // namespace accord::audit
