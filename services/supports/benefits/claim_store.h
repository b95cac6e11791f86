// What is stored of claims beside the claims themselves: who is asked until when, what was approved for
// each case, which invoices were paid, and which claims look alike. Payees and invoices are stored as
// digests only.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/aggregates/office_counts.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// A claim that rests on a consent. The program sees the claim until `expires_on`, `YYYY-MM-DD`.
struct AskedClaim {
  std::string claim, consent, asked, expires_on;
};
absl::Status PutAskedClaim(storage::Transaction& tx, const AskedClaim& claim);
// Hides the claim from the program from now on.
absl::Status HideAskedClaim(storage::Transaction& tx, const std::string& claim);
// Gives the names of all claims that were ever made under a consent, in order.
absl::StatusOr<std::vector<std::string>> ClaimsOn(storage::Transaction& tx, const std::string& consent);
// Gives the statement of what a program sees on this day, as storage::ListQuery::names asks for it.
std::string AskedSql(const std::string& asked, const std::string& day, const storage::Bind& bind,
                     const std::string& after, int limit);

// The keys that identify a payee, however its name is written. Rows that were stored until 2026-11-28 have
// the key `before`.
struct PayeeKeys {
  std::string now, before;
};

// What a claim is for, so that a similar claim can be found. The event happened between the first and the
// last day; the version of the rule does not matter.
struct SoughtClaim {
  std::string claim, case_name, benefit, event_first, event_last;
  PayeeKeys payee;
};
absl::Status PutSoughtClaim(storage::Transaction& tx, const SoughtClaim& claim);
absl::Status DropSoughtClaim(storage::Transaction& tx, const std::string& claim);
// Whether another claim of the survivor, also in a case that was handed over, is or may be for the same: both
// events may have been on one day.
absl::StatusOr<bool> IsSoughtTwice(storage::Transaction& tx, const SoughtClaim& claim);

// Adds to the approved amount of a case and a benefit, in cents, in one statement. Gives false and adds
// nothing if the sum would exceed `limit`; nullopt means no limit.
absl::StatusOr<bool> TakeBenefit(storage::Transaction& tx, const std::string& case_name,
                                 const std::string& benefit, int64_t amount, std::optional<int64_t> limit);
absl::Status GiveBackBenefit(storage::Transaction& tx, const std::string& case_name,
                             const std::string& benefit, int64_t amount);
// Gives both cases one common account of every benefit from now on, because limits apply to the survivor, who
// was handed over.
absl::Status ShareBenefits(storage::Transaction& tx, const std::string& from_case,
                           const std::string& to_case);

// Whether an invoice of this number was paid to this payee, however either is written.
absl::StatusOr<bool> IsInvoicePaid(storage::Transaction& tx, const PayeeKeys& payee,
                                   const std::string& invoice);
// Notes that a payee's invoice is paid. False if one of this number was paid already, however either
// is written.
absl::StatusOr<bool> TakeInvoice(storage::Transaction& tx, const PayeeKeys& payee,
                                 const std::string& invoice);

// Notes that a claim was paid in a fiscal year.
absl::Status PutPaidClaim(storage::Transaction& tx, const std::string& claim, const std::string& case_name,
                          const std::string& benefit, const std::string& fiscal_year);
// Notes that everything that was paid for a claim came back.
absl::Status DropPaidClaim(storage::Transaction& tx, const std::string& claim);
// Counts paid claims by benefit and fiscal year, `benefit/tattoo_removal/2017-18`, in cases with a consent to
// COUNTING that stands on this day. Where fewer than `few` survivors have the claims, the count is that of
// the survivors.
absl::StatusOr<Tallies> CountPaidClaims(storage::Transaction& tx, const std::string& day, int64_t few);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STORE_H_
