#include "services/protocols/oversight/retention_service.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/retention/retention.h"
#include "services/protocols/lifecycles.h"

namespace accord::protocols {

void RetentionService::Register(host::Handlers* handlers) {
  using S = RetentionService;
  handlers->Bind("accord.protocols.v1.RetentionService", this, &S::Place, &S::Lift, &S::ListHolds, &S::List);
}

absl::StatusOr<v1::LegalHold> RetentionService::Place(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::PlaceLegalHoldRequest& request) {
  const std::string& agency = call.caller().agency;
  v1::Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, request.resource(), agency, &referral));
  ACCORD_ASSIGN_OR_RETURN(const bool held, storage::IsHeldBy(tx, request.resource(), agency));
  if (held) return Refuse(rules::kAlreadyHeld, "This agency holds it.");
  ACCORD_RETURN_IF_ERROR(storage::PlaceHold(tx, request.resource(), request.reason(), write));
  ACCORD_RETURN_IF_ERROR(storage::NoteHold(tx, request.resource(), "placed", write));
  v1::LegalHold hold;
  hold.set_resource(request.resource());
  hold.set_reason(request.reason());
  hold.set_placed_by(call.caller().actor);
  *hold.mutable_place_time() = ToProto(write.now);
  return hold;
}

absl::StatusOr<v1::LegalHold> RetentionService::Lift(host::Call& call, Tx& tx, const storage::Write& write,
                                                     const v1::LiftLegalHoldRequest& request) {
  v1::LegalHold hold;
  ACCORD_ASSIGN_OR_RETURN(*hold.mutable_reason(),
                          storage::LiftHold(tx, request.resource(), call.caller().agency));
  ACCORD_RETURN_IF_ERROR(storage::NoteHold(tx, request.resource(), "lifted", write));
  hold.set_resource(request.resource());
  hold.set_lifted(true);
  return hold;
}

absl::StatusOr<v1::ListLegalHoldsResponse> RetentionService::ListHolds(
    host::Call& call, Tx& tx, const v1::ListLegalHoldsRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const int size, storage::PageSize(request.page_size()));
  const std::string scope = "legal_holds|" + call.caller().agency;
  std::string after;
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(after, tokens_->Open(scope, request.page_token()));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto page, storage::HoldsOf(tx, call.caller().agency, after, size));
  v1::ListLegalHoldsResponse response;
  for (const auto& held : page.rows) {
    auto* out = response.add_legal_holds();
    out->set_resource(held.name);
    out->set_reason(held.reason);
    out->set_placed_by(held.actor);
    *out->mutable_place_time() = ToProto(held.at);
  }
  if (page.more) response.set_next_page_token(tokens_->Seal(scope, page.rows.back().name));
  return response;
}

absl::StatusOr<v1::ListTombstonesResponse> RetentionService::List(host::Call& call, Tx& tx,
                                                                  const v1::ListTombstonesRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const int size, storage::PageSize(request.page_size()));
  const std::string scope = "tombstones|" + call.caller().agency;
  std::string after;
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(after, tokens_->Open(scope, request.page_token()));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto stones, storage::Tombstones(tx, call.caller().agency, after, size));
  v1::ListTombstonesResponse response;
  for (const auto& stone : stones) {
    auto* out = response.add_tombstones();
    out->set_resource(stone.name);
    *out->mutable_time() = ToProto(stone.at);
    out->set_reason(stone.reason);
    out->set_purged(stone.end == storage::End::kPurged);
    out->set_digest(stone.digest);
  }
  if (static_cast<int>(stones.size()) == size) {
    response.set_next_page_token(tokens_->Seal(scope, stones.back().name));
  }
  return response;
}

}  // namespace accord::protocols
