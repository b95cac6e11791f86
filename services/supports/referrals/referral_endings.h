// These functions end referrals, and note their outcomes.
#ifndef ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_ENDINGS_H_
#define ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_ENDINGS_H_

#include <string>

#include "absl/status/status.h"
#include "accord/supports/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// This notes the outcome of a referral for the counts, once there is one.
absl::Status NoteReferralOutcome(storage::Transaction& tx, const v1::SupportReferral& referral);

// This ends all referrals that rest on a consent that the survivor has withdrawn. From the end of this
// transaction on, no receiver reads them.
absl::Status EndReferralsUnderConsent(storage::Transaction& tx, const storage::Write& write,
                                      storage::Resources* referrals, const std::string& consent);

// This takes back each transfer of a case that is offered and not accepted, because a closed case can no
// longer be handed over.
absl::Status EndTransferOffersOf(storage::Transaction& tx, const storage::Write& write,
                                 storage::Resources* referrals, const std::string& case_name);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_ENDINGS_H_
