// This stores which invoices were paid. Payees and the numbers of invoices are stored as digests only.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_PAID_INVOICE_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_PAID_INVOICE_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"
#include "services/supports/benefits/payee_keys.h"

namespace accord::supports {

// This tells whether an invoice of this number was paid to this payee, however either is written.
absl::StatusOr<bool> IsInvoicePaid(storage::Transaction& tx, const PayeeKeys& payee,
                                   const std::string& invoice);

// Notes that a payee's invoice is paid. The result is false if one of this number was paid already, however
// either is written.
absl::StatusOr<bool> TakePaidInvoice(storage::Transaction& tx, const PayeeKeys& payee,
                                     const std::string& invoice);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_PAID_INVOICE_STORE_H_
