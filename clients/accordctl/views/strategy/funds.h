// The fund lines of a program, held against the allocations of the strategy that they follow: two services
// keep them, and neither asks the other one.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_FUNDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_FUNDS_H_

#include <string>
#include <vector>

#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "clients/accordctl/core/body.h"

namespace accord::ctl {

enum class FundDifference {
  kNone,
  // The allocation that a line follows is not there for the caller.
  kAllocationUnknown,
  kNotCommitted,
  kAmount,
  kFiscalYear,
  // It has changed since the line acknowledged it, though not in what stands above.
  kVersion,
  // An allocation to the agency is committed, and no line follows it.
  kNoLine
};

struct FundCheck {
  // This is the name of the line; empty if an allocation has none.
  std::string line;
  std::string allocation;
  FundDifference difference = FundDifference::kNone;
};

// In the order of the lines; after them stand the allocations to this agency that no line follows.
std::vector<FundCheck> CheckFunds(const std::string& agency, const std::vector<supports::v1::FundLine>& lines,
                                  const std::vector<strategy::v1::Allocation>& allocations);
// Gives a sentence in the language that is spoken.
std::string DifferenceText(FundDifference difference);
Json FundsJson(const std::vector<FundCheck>& checks);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_FUNDS_H_
