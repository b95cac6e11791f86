// These are the handlers of MoneyService for allocations.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_ALLOCATION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_ALLOCATION_SERVICE_H_

#include <string>

#include "accord/strategy/v1/money_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

// This gives the placement of an allocation, which the office, the recipient and the ministry of the
// envelope see.
absl::StatusOr<storage::Placement> AllocationPlacement(storage::Transaction& tx, const v1::RuleSet& policy,
                                                       storage::Resources* envelopes,
                                                       const v1::Allocation& allocation);

class AllocationService {
 public:
  AllocationService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules), allocations_("allocation", tokens), envelopes_("envelope", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Allocation>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateAllocationRequest&);
  Result Get(host::Call&, Tx&, const v1::GetAllocationRequest&);
  absl::StatusOr<v1::ListAllocationsResponse> List(host::Call&, Tx&, const v1::ListAllocationsRequest&);
  Result Commit(host::Call&, Tx&, const storage::Write&, const v1::CommitAllocationRequest&);
  Result Reduce(host::Call&, Tx&, const storage::Write&, const v1::ReduceAllocationRequest&);
  Result Close(host::Call&, Tx&, const storage::Write&, const v1::CloseAllocationRequest&);

  // This gives the record as the caller sees it, with the transition of the event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Allocation);

  const v1::RuleSet* const rules_;
  storage::Resources allocations_;
  storage::Resources envelopes_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_ALLOCATION_SERVICE_H_
