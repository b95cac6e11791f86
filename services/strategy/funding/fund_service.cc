#include "services/strategy/funding/fund_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

constexpr int kMaxTitles = 16;

}  // namespace

void FundService::Register(host::Handlers* handlers) {
  using S = FundService;
  handlers->Bind("accord.strategy.v1.FundingCallService", this, &S::Create, &S::Get, &S::List, &S::Rename);
}

FundService::Result FundService::Create(host::Call& /*call*/, Tx& tx, const storage::Write& write,
                                        const v1::CreateFundRequest& request) {
  v1::Fund fund = request.fund();
  if (fund.delivery() == v1::FUND_DELIVERY_WITH_INDIGENOUS_PARTNERS && fund.design_partners().empty()) {
    return RefuseFields({{"fund.design_partners", "must name whom the fund is delivered with"}});
  }
  fund.set_name(absl::StrCat(request.parent(), "/funds/", fund.fund_id()));
  ACCORD_RETURN_IF_ERROR(funds_.Insert(tx, &fund, write, PublicPlacement(fund.name(), "")));
  return fund;
}

FundService::Result FundService::Get(host::Call& call, Tx& tx, const v1::GetFundRequest& request) {
  v1::Fund fund;
  ACCORD_RETURN_IF_ERROR(funds_.Get(tx, request.name(), call.caller().agency, &fund));
  return fund;
}

absl::StatusOr<v1::ListFundsResponse> FundService::List(host::Call& call, Tx& tx,
                                                        const v1::ListFundsRequest& request) {
  return funds_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                         &v1::ListFundsResponse::mutable_funds);
}

FundService::Result FundService::Rename(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::RenameFundRequest& request) {
  v1::Fund fund;
  ACCORD_RETURN_IF_ERROR(funds_.Get(tx, request.name(), call.caller().agency, &fund));
  if (request.title().since().empty()) {
    return RefuseFields({{"title.since", "must say from which day on the fund is called so"}});
  }
  if (fund.titles_size() >= kMaxTitles) {
    return RefuseFields({{"title", "must not be one more than the fund can have"}});
  }
  *fund.add_titles() = request.title();
  ACCORD_RETURN_IF_ERROR(funds_.Update(tx, &fund, request.etag(), write, PublicPlacement(fund.name(), "")));
  return fund;
}

}  // namespace accord::strategy
