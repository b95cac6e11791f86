#include "services/strategy/money/payment_store.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/name_key.h"

namespace accord::strategy {

absl::Status KeepInstalment(storage::Transaction& tx, const std::string& allocation, int64_t instalment,
                            const std::string& payment) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::optional<int64_t>>(
          "select max(instalment) from payment_instalment where allocation = :p1", allocation));
  const int64_t last = rows.empty() ? 0 : std::get<0>(rows.front()).value_or(0);
  if (instalment == last + 1) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t kept,
                            tx.Exec("insert into payment_instalment (allocation, instalment, payment) "
                                    "values (:p1, :p2, :p3) on conflict do nothing",
                                    allocation, instalment, payment));
    if (kept == 1) return absl::OkStatus();
  }
  return Refuse(rules::kInstalmentOutOfOrder, "Ask for the next instalment of the allocation.");
}

absl::Status KeepInvoice(storage::Transaction& tx, const std::string& recipient,
                         const std::string& invoice_ref, const std::string& payment) {
  const std::string number = NumberKey(invoice_ref);
  // While two versions of this service run, the older one looks only for the second form of the number.
  for (const std::string& each : {number, FoldedBefore(invoice_ref)}) {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into payment_invoice (recipient, invoice_ref, payment) "
                                   "values (:p1, :p2, :p3) on conflict do nothing",
                                   recipient, each, payment)
                               .status());
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<std::string, std::string>(
          "select invoice_ref, payment from payment_invoice where recipient = :p1", recipient)));
  // Older rows have the number with its hyphens and spaces. A payment that failed is paid again under the
  // same invoice.
  const bool taken = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
    return std::get<1>(row) != payment && NumberKey(std::get<0>(row)) == number;
  });
  if (!taken) return absl::OkStatus();
  return Refuse(rules::kInvoiceTaken, "Another payment of the recipient has this invoice.");
}

}  // namespace accord::strategy
