// These functions send a referral, whatever it is for.
#ifndef ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_SENDING_H_
#define ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_SENDING_H_

#include "absl/status/statusor.h"
#include "accord/supports/v1/resources.pb.h"
#include "accord/supports/v1/rules.pb.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// This stores a referral to the agency that the consent names, with the data that the consent lets the caller
// hand over. It fails with CONSENT_NOT_LIVE if the consent does not stand today, with NOT_IN_FORCE if
// referrals of this kind are not possible yet, and with STATE_NOT_PERMITTED unless the case is open.
absl::StatusOr<v1::SupportReferral> SendReferralByConsent(const v1::RuleSet& rules, const host::Call& call,
                                                          storage::Transaction& tx,
                                                          const storage::Write& write,
                                                          storage::Resources* referrals,
                                                          const v1::SupportCase& of,
                                                          const v1::Consent& consent, v1::ReferralKind kind);

// This gives the data that the consent names, as the case has them now.
v1::HandedOver DataHandedOver(const v1::SupportCase& of, const v1::Consent& consent);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_SENDING_H_
