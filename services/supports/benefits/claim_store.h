// What is kept of claims beside the claims themselves: who is asked until when, what was approved for each
// case, which invoices were paid, and what looks like the same claim twice. Payees and invoices stand here as
// digests alone.
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

// A claim rests on a consent: the program is shown it until `expires_on`, `YYYY-MM-DD`.
struct AskedClaim {
  std::string claim, consent, asked, expires_on;
};
absl::Status PutAskedClaim(storage::Transaction& tx, const AskedClaim& claim);
// From now on the program is not shown it.
absl::Status HideAskedClaim(storage::Transaction& tx, const std::string& claim);
// Names of what was ever claimed by a consent, in order.
absl::StatusOr<std::vector<std::string>> ClaimsOn(storage::Transaction& tx, const std::string& consent);
// What a program is shown on this day, as storage::ListQuery::names has it.
std::string AskedSql(const std::string& asked, const std::string& day, const storage::Bind& bind,
                     const std::string& after, int limit);

// By these a payee is known again, however its name is written. Rows that were stored until 2026-11-28 stand
// under the key `before`.
struct PayeeKeys {
  std::string now, before;
};

// This is what a claim is for, by which another one like it is found: the event is of a day from the first to
// the last, and the version of the rule has no part in it.
struct SoughtClaim {
  std::string claim, case_name, benefit, event_first, event_last;
  PayeeKeys payee;
};
absl::Status PutSoughtClaim(storage::Transaction& tx, const SoughtClaim& claim);
absl::Status DropSoughtClaim(storage::Transaction& tx, const std::string& claim);
// Another claim of the survivor, who may have been handed over, is for the same, or may be: both events may
// have been on one day.
absl::StatusOr<bool> IsSoughtTwice(storage::Transaction& tx, const SoughtClaim& claim);

// Adds to what is approved for a case and a benefit, in cents, in one statement. False, and nothing is added,
// if it would be above the limit; without a limit there is none.
absl::StatusOr<bool> TakeBenefit(storage::Transaction& tx, const std::string& case_name,
                                 const std::string& benefit, int64_t amount, std::optional<int64_t> limit);
absl::Status GiveBackBenefit(storage::Transaction& tx, const std::string& case_name,
                             const std::string& benefit, int64_t amount);
// From now on both cases have one account of every benefit: limits are of the survivor, who was handed over.
absl::Status ShareBenefits(storage::Transaction& tx, const std::string& from_case,
                           const std::string& to_case);

// An invoice of this number is paid to this payee, however either is written.
absl::StatusOr<bool> IsInvoicePaid(storage::Transaction& tx, const PayeeKeys& payee,
                                   const std::string& invoice);
// Notes that a payee's invoice is paid. False if one of this number was, however either is written.
absl::StatusOr<bool> TakeInvoice(storage::Transaction& tx, const PayeeKeys& payee,
                                 const std::string& invoice);

// A claim was paid in a fiscal year.
absl::Status PutPaidClaim(storage::Transaction& tx, const std::string& claim, const std::string& case_name,
                          const std::string& benefit, const std::string& fiscal_year);
// All that was paid for a claim came back.
absl::Status DropPaidClaim(storage::Transaction& tx, const std::string& claim);
// Paid claims by benefit and fiscal year, `benefit/tattoo_removal/2017-18`, of cases with a consent to
// COUNTING that stands on this day. What fewer than `few` survivors make up is as many as they are.
absl::StatusOr<Tallies> CountPaidClaims(storage::Transaction& tx, const std::string& day, int64_t few);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STORE_H_
