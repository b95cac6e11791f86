// This stores what is reserved and paid of each fund line. One statement reserves an amount and compares it
// with what is left, so that only one of several concurrent calls gets the last of it. Amounts are in cents.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_STORE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::supports {

struct FundLineBalance {
  // This is the agency that administers the program, and the short name of the fund.
  std::string agency, fund;
  // The money is for this fiscal year, or for any year if this is empty.
  std::string fiscal_year;
  int64_t amount = 0, reserved = 0, paid = 0;
};

// This makes a line of which nothing is reserved. The result is false if another line has the
// allocation already.
absl::StatusOr<bool> MakeFundLine(storage::Transaction& tx, const std::string& name,
                                  const std::string& allocation, const FundLineBalance& line);
// This changes the amount of the line. The result is false, and nothing changes, if more is reserved
// and paid.
absl::StatusOr<bool> ResizeFundLine(storage::Transaction& tx, const std::string& name, int64_t amount);
// This gives the balance of a line, which is all zero if the line does not exist.
absl::StatusOr<FundLineBalance> FundLineBalanceOf(storage::Transaction& tx, const std::string& name);

// This reserves an amount against one line of this agency and fund that is for the fiscal year or for any. It
// returns the line's name. It fails with FAILED_PRECONDITION and rule ENVELOPE_EXCEEDED if no line has enough
// left. The error does not say how much there is.
absl::StatusOr<std::string> ReserveFromFundLine(storage::Transaction& tx, const std::string& agency,
                                                const std::string& fund, const std::string& fiscal_year,
                                                int64_t amount);
// This frees what was reserved.
absl::Status ReleaseToFundLine(storage::Transaction& tx, const std::string& name, int64_t amount);
// Pays a part of what was reserved, and frees the rest.
absl::Status SettleFundLine(storage::Transaction& tx, const std::string& name, int64_t reserved,
                            int64_t paid);
// This gives a part of what was paid back to the line.
absl::Status RefundToFundLine(storage::Transaction& tx, const std::string& name, int64_t amount);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_FUND_LINE_STORE_H_
