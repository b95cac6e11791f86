// This stores who sees which referral until when, and what became of referrals.
#ifndef ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_STORE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// This is a referral that rests on a consent. Its receiver sees it until `expires_on`, and only while the
// consent and the referral stand. A referral by police has neither consent nor case.
struct SentReferral {
  std::string referral, consent, case_name, kind, receiver, expires_on;
};

absl::Status PutSentReferral(storage::Transaction& tx, const SentReferral& sent);

// This hides the referral from its receiver from now on.
absl::Status HideSentReferral(storage::Transaction& tx, const std::string& referral);

// This gives the names of all referrals that were ever sent under a consent, in order.
absl::StatusOr<std::vector<std::string>> ReferralsUnderConsent(storage::Transaction& tx,
                                                               const std::string& consent);

// This gives the names of all referrals of a case for this kind of help, in order; `kind` is a short name.
absl::StatusOr<std::vector<std::string>> ReferralsOfCase(storage::Transaction& tx,
                                                         const std::string& case_name,
                                                         const std::string& kind);

// Notes that a referral of this case was completed with this outcome; `outcome` is a short name.
absl::Status PutReferralOutcome(storage::Transaction& tx, const std::string& referral,
                                const std::string& case_name, const std::string& outcome);

// This gives the SQL statement for the referrals that these receivers see on this day, as
// storage::ListQuery::names requires it. There must be at least one receiver.
std::string ReceivedReferralsSql(const std::vector<std::string>& receivers, const std::string& day,
                                 const storage::Bind& bind, const std::string& after, int limit);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_STORE_H_
