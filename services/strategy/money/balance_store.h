// This is what is committed of each envelope, in all and by fiscal year; and likewise of what is divided
// further: the money of a call among awards, an allocation among payments, and a payment among reversals. One
// statement takes money and holds it against what there is, so that two who come at once never take the same.
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

// It is the balance of one fiscal year, or with an empty year that of the envelope in all. Amounts are cents.
struct Balance {
  std::string fiscal_year;
  std::optional<int64_t> ceiling;
  int64_t committed = 0;
};

// An envelope of this total, of which nothing is committed.
absl::Status MakeBalance(storage::Transaction& tx, const std::string& envelope, int64_t total);
// Does the same, or sets another total of one that is there. ENVELOPE_EXCEEDED if more is committed.
absl::Status SetTotal(storage::Transaction& tx, const std::string& envelope, int64_t total);
// Takes an amount of the envelope, and of the year unless that is empty. FAILED_PRECONDITION with rule
// ENVELOPE_EXCEEDED, which does not say how much there is, if it is more than what is left.
absl::Status Take(storage::Transaction& tx, const std::string& envelope, const std::string& fiscal_year,
                  int64_t amount);
// Gives back what was taken so.
absl::Status GiveBack(storage::Transaction& tx, const std::string& envelope, const std::string& fiscal_year,
                      int64_t amount);
// These years have these ceilings, and no other year has one. ENVELOPE_EXCEEDED if more is committed.
absl::Status SetCeilings(storage::Transaction& tx, const std::string& envelope,
                         const std::map<std::string, int64_t>& ceilings);
// Gives what is taken of the whole.
absl::StatusOr<int64_t> TakenOf(storage::Transaction& tx, const std::string& envelope);
// The whole comes first, and then the years in order.
absl::StatusOr<std::vector<Balance>> BalancesOf(storage::Transaction& tx, const std::string& envelope);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_BALANCE_STORE_H_
