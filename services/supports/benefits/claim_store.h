// This stores data of claims beside the claims themselves: which program is asked until when, which claims
// look alike, and which were paid. Payees are stored as digests only.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/aggregates/office_counts.h"
#include "common/storage/database/database.h"
#include "services/supports/benefits/payee_keys.h"

namespace accord::supports {

// This is a claim that rests on a consent. The program sees the claim until `expires_on`, `YYYY-MM-DD`.
struct AskedClaim {
  std::string claim, consent, asked, expires_on;
};
absl::Status PutAskedClaim(storage::Transaction& tx, const AskedClaim& claim);
// This hides the claim from the program from now on.
absl::Status HideAskedClaim(storage::Transaction& tx, const std::string& claim);
// This gives the names of all claims that were ever made under a consent, in order.
absl::StatusOr<std::vector<std::string>> ClaimsUnderConsent(storage::Transaction& tx,
                                                            const std::string& consent);
// This gives the SQL statement for the claims that a program sees on this day, as storage::ListQuery::names
// requires it.
std::string AskedClaimsSql(const std::string& asked, const std::string& day, const storage::Bind& bind,
                           const std::string& after, int limit);

// This says what a claim is for, so that a similar claim can be found. The event happened between the first
// and the last day. The version of the rule does not matter.
struct SoughtClaim {
  std::string claim, case_name, benefit, event_first, event_last;
  PayeeKeys payee;
};
absl::Status PutSoughtClaim(storage::Transaction& tx, const SoughtClaim& claim);
absl::Status DropSoughtClaim(storage::Transaction& tx, const std::string& claim);
// This tells whether another claim of the survivor may be for the same event, because both events may have
// been on one day. Cases between which the survivor was handed over count as one.
absl::StatusOr<bool> IsSoughtTwice(storage::Transaction& tx, const SoughtClaim& claim);

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
