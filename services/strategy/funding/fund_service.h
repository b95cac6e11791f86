// These are the handlers of FundingCallService for funds.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_FUND_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_FUND_SERVICE_H_

#include "accord/strategy/v1/funding_call_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class FundService {
 public:
  explicit FundService(const storage::PageTokens* tokens) : funds_("fund", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Fund>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateFundRequest&);
  Result Get(host::Call&, Tx&, const v1::GetFundRequest&);
  absl::StatusOr<v1::ListFundsResponse> List(host::Call&, Tx&, const v1::ListFundsRequest&);
  Result Rename(host::Call&, Tx&, const storage::Write&, const v1::RenameFundRequest&);

  storage::Resources funds_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_FUND_SERVICE_H_
