#include "clients/accordctl/views/strategy/funds.h"

#include <map>
#include <set>

#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/texts.h"

namespace accord::ctl {
namespace {

using strategy::v1::Allocation;
using supports::v1::FundLine;

FundDifference FundDifferenceBetween(const FundLine& line, const Allocation& allocation) {
  if (allocation.state() != strategy::v1::ALLOCATION_STATE_COMMITTED) return FundDifference::kNotCommitted;
  if (line.amount_cents() != allocation.amount_cents()) return FundDifference::kAmount;
  if (line.fiscal_year() != allocation.fiscal_year()) return FundDifference::kFiscalYear;
  return line.allocation_etag() == allocation.etag() ? FundDifference::kNone : FundDifference::kVersion;
}

// This gives what JSON calls it.
const char* DifferenceWord(FundDifference difference) {
  switch (difference) {
    case FundDifference::kNone:
      return "none";
    case FundDifference::kAllocationUnknown:
      return "allocation_unknown";
    case FundDifference::kNotCommitted:
      return "not_committed";
    case FundDifference::kAmount:
      return "amount";
    case FundDifference::kFiscalYear:
      return "fiscal_year";
    case FundDifference::kVersion:
      return "version";
    case FundDifference::kNoLine:
      return "no_line";
  }
  return "";
}

}  // namespace

std::vector<FundCheck> CheckFunds(const std::string& agency, const std::vector<FundLine>& lines,
                                  const std::vector<Allocation>& allocations) {
  std::map<std::string, const Allocation*> by_name;
  for (const Allocation& each : allocations) by_name[each.name()] = &each;
  std::vector<FundCheck> checks;
  std::set<std::string> followed;
  for (const FundLine& line : lines) {
    const auto found = by_name.find(line.allocation());
    const FundDifference difference = found == by_name.end() ? FundDifference::kAllocationUnknown
                                                             : FundDifferenceBetween(line, *found->second);
    checks.push_back({line.name(), line.allocation(), difference});
    followed.insert(line.allocation());
  }
  for (const Allocation& each : allocations) {
    const bool waits = each.recipient() == agency && !followed.contains(each.name()) &&
                       each.state() == strategy::v1::ALLOCATION_STATE_COMMITTED;
    if (waits) checks.push_back({"", each.name(), FundDifference::kNoLine});
  }
  return checks;
}

std::string DifferenceText(FundDifference difference) {
  switch (difference) {
    case FundDifference::kNone:
      return Text("reconciled");
    case FundDifference::kAllocationUnknown:
      return Text("UNRECONCILED: the allocation is not there");
    case FundDifference::kNotCommitted:
      return Text("UNRECONCILED: the allocation is not committed");
    case FundDifference::kAmount:
      return Text("UNRECONCILED: the amounts differ");
    case FundDifference::kFiscalYear:
      return Text("UNRECONCILED: the fiscal years differ");
    case FundDifference::kVersion:
      return Text("UNRECONCILED: the allocation has changed since it was acknowledged");
    case FundDifference::kNoLine:
      return Text("UNRECONCILED: no fund line follows the allocation");
  }
  return "";
}

Json FundsJson(const std::vector<FundCheck>& checks) {
  Json rows = Json::array();
  for (const FundCheck& each : checks) {
    const bool agree = each.difference == FundDifference::kNone;
    rows.push_back({{"fund_line", each.line},
                    {"allocation", each.allocation},
                    {"status", agree ? "RECONCILED" : "UNRECONCILED"},
                    {"difference", DifferenceWord(each.difference)}});
  }
  return rows;
}

}  // namespace accord::ctl
