// This ensures that each instalment of an allocation and each invoice of a recipient exists only once.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_PAYMENT_STORE_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_PAYMENT_STORE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "common/storage/database/database.h"

namespace accord::strategy {

// This notes an instalment. It fails with INSTALMENT_OUT_OF_ORDER unless this is the next one of
// the allocation.
absl::Status KeepInstalment(storage::Transaction& tx, const std::string& allocation, int64_t instalment,
                            const std::string& payment);
// This notes an invoice. It fails with INVOICE_TAKEN if another payment of the recipient has this invoice,
// however its number is written.
absl::Status KeepInvoice(storage::Transaction& tx, const std::string& recipient,
                         const std::string& invoice_ref, const std::string& payment);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_PAYMENT_STORE_H_
