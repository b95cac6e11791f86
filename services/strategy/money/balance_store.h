// This stores how much of each envelope is committed, in total and by fiscal year. The same table also holds
// money that is divided further: the money of a call among awards, an allocation among payments, and a
// payment among reversals. One statement both takes money and compares it with what is left, so that two
// concurrent calls never take the same money.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_BALANCE_STORE_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_BALANCE_STORE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::strategy {

// This is the balance of one fiscal year, or of the whole envelope if the year is empty. Amounts are
// in cents.
struct Balance {
  std::string fiscal_year;
  std::optional<int64_t> ceiling;
  int64_t committed = 0;
};

// This makes the balance of an envelope of this total, of which nothing is committed.
absl::Status MakeBalance(storage::Transaction& tx, const std::string& envelope, int64_t total);
// This does the same, or sets another total for an existing envelope. It fails with ENVELOPE_EXCEEDED if more
// is committed.
absl::Status SetBalanceTotal(storage::Transaction& tx, const std::string& envelope, int64_t total);
// This takes an amount from the envelope, and from the year unless that is empty. It fails with
// FAILED_PRECONDITION and rule ENVELOPE_EXCEEDED if less is left. The error does not say how much is left.
absl::Status TakeFromBalance(storage::Transaction& tx, const std::string& envelope,
                             const std::string& fiscal_year, int64_t amount);
// This gives back an amount that TakeFromBalance has taken.
absl::Status GiveBackToBalance(storage::Transaction& tx, const std::string& envelope,
                               const std::string& fiscal_year, int64_t amount);
// This sets the ceilings of these years and removes those of all others. It fails with ENVELOPE_EXCEEDED if
// more is committed.
absl::Status SetBalanceCeilings(storage::Transaction& tx, const std::string& envelope,
                                const std::map<std::string, int64_t>& ceilings);
// This gives the amount that is committed of the whole envelope.
absl::StatusOr<int64_t> TakenFromBalance(storage::Transaction& tx, const std::string& envelope);
// This gives all balances of an envelope: that of the whole envelope first, and then those of the years
// in order.
absl::StatusOr<std::vector<Balance>> BalancesOf(storage::Transaction& tx, const std::string& envelope);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_BALANCE_STORE_H_
