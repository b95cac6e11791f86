#include "services/supports/benefits/fund_line_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/access/record_names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/fiscal_year.h"
#include "common/base/ids.h"
#include "services/supports/benefits/benefit_rules.h"
#include "services/supports/benefits/fund_line_store.h"
#include "services/supports/place_check.h"

namespace accord::supports {
namespace {

using v1::FundLine;

absl::Status FillFundLineBalance(storage::Transaction& tx, FundLine* line) {
  ACCORD_ASSIGN_OR_RETURN(const FundLineBalance balance, FundLineBalanceOf(tx, line->name()));
  line->set_reserved_cents(balance.reserved);
  line->set_paid_cents(balance.paid);
  return absl::OkStatus();
}

}  // namespace

void FundLineService::Register(host::Handlers* handlers) {
  using S = FundLineService;
  handlers->Bind("accord.supports.v1.FundLineService", this, &S::Create, &S::Get, &S::List, &S::Revise);
}

storage::Placement FundLineService::FundLinePlacement(const FundLine& line) const {
  storage::Placement placement;
  placement.owner = OwnerOf(line.name());
  placement.parties = {placement.owner};
  if (rules_->paying_agency() != placement.owner) placement.parties.push_back(rules_->paying_agency());
  return placement;
}

FundLineService::Result FundLineService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::CreateFundLineRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  FundLine line = request.fund_line();
  if (!HasPattern(line.allocation(), "agencies/{agency}/allocations/{allocation}")) {
    return RefuseFields({{"fund_line.allocation", "must be agencies/AGENCY_ID/allocations/ALLOCATION_ID"}});
  }
  ACCORD_RETURN_IF_ERROR(
      CheckBenefitAmount("fund_line.amount_cents", line.amount_cents(), rules_->max_amount_cents()));
  if (!line.fiscal_year().empty() && !FirstYearOf(line.fiscal_year())) {
    return RefuseField(rules::kFiscalYearInvalid, "fund_line.fiscal_year",
                       "must be two years in a row, such as 2016-17");
  }
  line.set_name(absl::StrCat(request.parent(), "/fundLines/", NewId(call.now())));
  ACCORD_RETURN_IF_ERROR(lines_.Insert(tx, &line, write, FundLinePlacement(line)));
  ACCORD_ASSIGN_OR_RETURN(const bool made, MakeFundLine(tx, line.name(), line.allocation(),
                                                        {call.caller().agency, BenefitFundWord(line.fund()),
                                                         line.fiscal_year(), line.amount_cents()}));
  if (!made) return Refuse(rules::kAlreadyRecorded, "This allocation is acknowledged already.");
  return line;
}

FundLineService::Result FundLineService::Get(host::Call& call, Tx& tx,
                                             const v1::GetFundLineRequest& request) {
  FundLine line;
  ACCORD_RETURN_IF_ERROR(lines_.Get(tx, request.name(), call.caller().agency, &line));
  ACCORD_RETURN_IF_ERROR(FillFundLineBalance(tx, &line));
  return line;
}

absl::StatusOr<v1::ListFundLinesResponse> FundLineService::List(host::Call& call, Tx& tx,
                                                                const v1::ListFundLinesRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          lines_.ListInto(tx, query, &v1::ListFundLinesResponse::mutable_fund_lines));
  for (FundLine& line : *response.mutable_fund_lines()) {
    ACCORD_RETURN_IF_ERROR(FillFundLineBalance(tx, &line));
  }
  return response;
}

FundLineService::Result FundLineService::Revise(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::ReviseFundLineRequest& request) {
  FundLine line;
  ACCORD_RETURN_IF_ERROR(lines_.Get(tx, request.name(), call.caller().agency, &line));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(
      CheckBenefitAmount("amount_cents", request.amount_cents(), rules_->max_amount_cents()));
  ACCORD_ASSIGN_OR_RETURN(const bool resized, ResizeFundLine(tx, line.name(), request.amount_cents()));
  if (!resized) return Refuse(rules::kEnvelopeExceeded, "More than this is reserved and paid of the line.");
  line.set_amount_cents(request.amount_cents());
  line.set_allocation_etag(request.allocation_etag());
  ACCORD_RETURN_IF_ERROR(lines_.Update(tx, &line, request.etag(), write, FundLinePlacement(line)));
  ACCORD_RETURN_IF_ERROR(FillFundLineBalance(tx, &line));
  return line;
}

}  // namespace accord::supports
