#include "services/supports/benefits/paid_invoice_store.h"

#include <cstdint>

#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/name_key.h"

namespace accord::supports {
namespace {

std::string PaidInvoiceDigest(const std::string& text) { return Hex(Sha256(text)); }

}  // namespace

absl::StatusOr<bool> IsInvoicePaid(storage::Transaction& tx, const PayeeKeys& payee,
                                   const std::string& invoice) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select invoice from paid_invoice where payee in (:p1, :p2) and "
                            "invoice in (:p3, :p4) limit 1",
                            PaidInvoiceDigest(payee.now), PaidInvoiceDigest(payee.before),
                            PaidInvoiceDigest(NumberKey(invoice)), PaidInvoiceDigest(FoldedBefore(invoice))));
  return !rows.empty();
}

absl::StatusOr<bool> TakePaidInvoice(storage::Transaction& tx, const PayeeKeys& payee,
                                     const std::string& invoice) {
  ACCORD_ASSIGN_OR_RETURN(const bool paid, IsInvoicePaid(tx, payee, invoice));
  if (paid) return false;
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec("insert into paid_invoice (payee, invoice) values (:p1, :p2) on conflict do nothing",
              PaidInvoiceDigest(payee.now), PaidInvoiceDigest(NumberKey(invoice))));
  if (taken != 1) return false;
  // While two versions of this service run, the older one looks only for this row.
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into paid_invoice (payee, invoice) values (:p1, :p2) on conflict do nothing",
              PaidInvoiceDigest(payee.before), PaidInvoiceDigest(FoldedBefore(invoice)))
          .status());
  return true;
}

}  // namespace accord::supports
