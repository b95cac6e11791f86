// These are the handlers of FundLineService, which keeps the money that claims draw on.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_SERVICE_H_

#include "accord/supports/v1/fund_line_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class FundLineService {
 public:
  FundLineService(const storage::PageTokens* tokens, RulesNow rules)
      : lines_("fund_line", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::FundLine>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateFundLineRequest&);
  Result Get(host::Call&, Tx&, const v1::GetFundLineRequest&);
  absl::StatusOr<v1::ListFundLinesResponse> List(host::Call&, Tx&, const v1::ListFundLinesRequest&);
  Result Revise(host::Call&, Tx&, const storage::Write&, const v1::ReviseFundLineRequest&);
  // This gives the placement of a line, which the program and the agency that pays see.
  storage::Placement FundLinePlacement(const v1::FundLine& line) const;

  storage::Resources lines_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_SERVICE_H_
