// This is what is reserved and paid of each fund line. Reserving is one statement, which holds the amount
// against what there is, so that of many who come at once for the last of it one gets it. Amounts are cents.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_STORE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::supports {

struct FundBalance {
  // This is the agency that administers the program, and the short name of the fund.
  std::string agency, fund;
  // This is the year that the money is for; empty: any.
  std::string fiscal_year;
  int64_t amount = 0, reserved = 0, paid = 0;
};

// Gives a line of which nothing is reserved. False if the allocation stands behind another line already.
absl::StatusOr<bool> MakeFundLine(storage::Transaction& tx, const std::string& name,
                                  const std::string& allocation, const FundBalance& line);
// The line is of another amount from now on. False, and nothing changes, if more is reserved and paid.
absl::StatusOr<bool> ResizeFundLine(storage::Transaction& tx, const std::string& name, int64_t amount);
// Gives all zero for a line that is not kept.
absl::StatusOr<FundBalance> BalanceOfFundLine(storage::Transaction& tx, const std::string& name);

// Reserves an amount against one line of this agency and fund, which is for the fiscal year or for any; its
// name. FAILED_PRECONDITION with rule ENVELOPE_EXCEEDED, which does not say how much there is, if no line has
// so much left.
absl::StatusOr<std::string> ReserveFund(storage::Transaction& tx, const std::string& agency,
                                        const std::string& fund, const std::string& fiscal_year,
                                        int64_t amount);
// What was reserved is free again.
absl::Status ReleaseFund(storage::Transaction& tx, const std::string& name, int64_t amount);
// Of what was reserved so much is paid, and the rest is free again.
absl::Status SettleFund(storage::Transaction& tx, const std::string& name, int64_t reserved, int64_t paid);
// Gives so much of what was paid back to the line.
absl::Status RefundFund(storage::Transaction& tx, const std::string& name, int64_t amount);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_STORE_H_
