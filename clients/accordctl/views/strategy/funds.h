// This compares the fund lines of a program with the strategy's allocations that they follow: two services
// keep them, and neither asks the other.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_FUNDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_FUNDS_H_

#include <string>
#include <vector>

#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"

namespace accord::ctl {

enum class FundDifference {
  kNone,
  // The caller cannot see the allocation that the line follows.
  kAllocationUnknown,
  kNotCommitted,
  kAmount,
  kFiscalYear,
  // The allocation has changed since the line acknowledged it, but in none of the respects above.
  kVersion,
  // An allocation to the agency is committed, but no line follows it.
  kNoLine
};

struct FundCheck {
  // The name of the line; it is empty for an allocation without one.
  std::string line;
  std::string allocation;
  FundDifference difference = FundDifference::kNone;
};

// This gives the results in the order of the lines, followed by the allocations to this agency that no
// line follows.
std::vector<FundCheck> CheckFunds(const std::string& agency, const std::vector<supports::v1::FundLine>& lines,
                                  const std::vector<strategy::v1::Allocation>& allocations);
// This gives a sentence in the language that is spoken.
std::string DifferenceText(FundDifference difference);
Json FundsJson(const std::vector<FundCheck>& checks);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_FUNDS_H_
