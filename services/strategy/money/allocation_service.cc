#include "services/strategy/money/allocation_service.h"

#include <cstdint>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/money/amounts.h"
#include "services/strategy/money/approval_store.h"
#include "services/strategy/money/balance_store.h"
#include "services/strategy/money/fiscal_years.h"

namespace accord::strategy {

absl::StatusOr<storage::Placement> AllocationPlacement(storage::Transaction& tx, const v1::RuleSet& policy,
                                                       storage::Resources* envelopes,
                                                       const v1::Allocation& allocation) {
  v1::Envelope envelope;
  ACCORD_RETURN_IF_ERROR(envelopes->GetAny(tx, allocation.envelope(), &envelope));
  storage::Placement placement;
  placement.owner = OwnerOf(allocation.name());
  placement.state = ShortName(v1::AllocationState_descriptor(), allocation.state());
  std::set<std::string> parties = {placement.owner, policy.office_agency(), envelope.ministry()};
  if (!allocation.recipient().empty()) parties.insert(allocation.recipient());
  placement.parties.assign(parties.begin(), parties.end());
  placement.fields["envelope"] = allocation.envelope();
  return placement;
}

void AllocationService::Register(host::Handlers* handlers) {
  using S = AllocationService;
  handlers->Bind("accord.strategy.v1.MoneyService", this, &S::Create, &S::Get, &S::List, &S::Commit,
                 &S::Reduce, &S::Close);
}

AllocationService::Result AllocationService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CreateAllocationRequest& request) {
  v1::Allocation allocation = request.allocation();
  v1::Envelope envelope;
  ACCORD_RETURN_IF_ERROR(envelopes_.Get(tx, allocation.envelope(), call.caller().agency, &envelope));
  ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "allocation.amount_cents", allocation.amount_cents()));
  ACCORD_RETURN_IF_ERROR(
      CheckFiscalYearOfEnvelope(*rules_, envelope, "allocation.fiscal_year", allocation.fiscal_year()));
  allocation.set_name(absl::StrCat(request.parent(), "/allocations/", NewId(call.now())));
  allocation.set_state(v1::ALLOCATION_STATE_PLANNED);
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement,
                          AllocationPlacement(tx, *rules_, &envelopes_, allocation));
  ACCORD_RETURN_IF_ERROR(allocations_.Insert(tx, &allocation, write, placement));
  return allocation;
}

AllocationService::Result AllocationService::Get(host::Call& call, Tx& tx,
                                                 const v1::GetAllocationRequest& request) {
  v1::Allocation allocation;
  ACCORD_RETURN_IF_ERROR(allocations_.Get(tx, request.name(), call.caller().agency, &allocation));
  return allocation;
}

absl::StatusOr<v1::ListAllocationsResponse> AllocationService::List(
    host::Call& call, Tx& tx, const v1::ListAllocationsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.envelope().empty()) query.filters.emplace_back("envelope", request.envelope());
  return allocations_.ListInto(tx, query, &v1::ListAllocationsResponse::mutable_allocations);
}

AllocationService::Result AllocationService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                   const std::string& event) {
  v1::Allocation allocation;
  ACCORD_RETURN_IF_ERROR(allocations_.Get(tx, name, call.caller().agency, &allocation));
  ACCORD_ASSIGN_OR_RETURN(const int next, AllocationLifecycle().Next(allocation.state(), event));
  allocation.set_state(static_cast<v1::AllocationState>(next));
  return allocation;
}

AllocationService::Result AllocationService::Keep(Tx& tx, const storage::Write& write,
                                                  const std::string& etag, v1::Allocation allocation) {
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement,
                          AllocationPlacement(tx, *rules_, &envelopes_, allocation));
  ACCORD_RETURN_IF_ERROR(allocations_.Update(tx, &allocation, etag, write, placement));
  return allocation;
}

AllocationService::Result AllocationService::Commit(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CommitAllocationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Allocation allocation, Moved(call, tx, request.name(), kCommit));
  const Caller& caller = call.caller();
  ACCORD_RETURN_IF_ERROR(CheckApprovalLimit(tx, caller.agency, caller.actor, allocation.amount_cents()));
  v1::Envelope envelope;
  ACCORD_RETURN_IF_ERROR(envelopes_.GetAny(tx, allocation.envelope(), &envelope));
  // The years of the envelope may have become known since the allocation was planned.
  ACCORD_RETURN_IF_ERROR(
      CheckFiscalYearOfEnvelope(*rules_, envelope, "allocation.fiscal_year", allocation.fiscal_year()));
  ACCORD_RETURN_IF_ERROR(
      TakeFromBalance(tx, allocation.envelope(), allocation.fiscal_year(), allocation.amount_cents()));
  // Payments are taken from this amount.
  ACCORD_RETURN_IF_ERROR(SetBalanceTotal(tx, allocation.name(), allocation.amount_cents()));
  return Keep(tx, write, request.etag(), std::move(allocation));
}

AllocationService::Result AllocationService::Reduce(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::ReduceAllocationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Allocation allocation, Moved(call, tx, request.name(), kReduce));
  ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "amount_cents", request.amount_cents()));
  if (request.amount_cents() >= allocation.amount_cents()) {
    return Refuse(rules::kAmountInvalid, "What is reduced becomes less; more is another allocation.");
  }
  // An allocation never becomes less than what is paid of it or is to be paid.
  ACCORD_RETURN_IF_ERROR(SetBalanceTotal(tx, allocation.name(), request.amount_cents()));
  ACCORD_RETURN_IF_ERROR(GiveBackToBalance(tx, allocation.envelope(), allocation.fiscal_year(),
                                           allocation.amount_cents() - request.amount_cents()));
  allocation.set_amount_cents(request.amount_cents());
  allocation.set_state_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(allocation));
}

AllocationService::Result AllocationService::Close(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::CloseAllocationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Allocation allocation, Moved(call, tx, request.name(), kClose));
  // The amounts that are paid or to be paid stay taken.
  ACCORD_ASSIGN_OR_RETURN(const int64_t paid, TakenFromBalance(tx, allocation.name()));
  ACCORD_RETURN_IF_ERROR(SetBalanceTotal(tx, allocation.name(), paid));
  ACCORD_RETURN_IF_ERROR(GiveBackToBalance(tx, allocation.envelope(), allocation.fiscal_year(),
                                           allocation.amount_cents() - paid));
  allocation.set_state_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(allocation));
}

}  // namespace accord::strategy
