// This says until when the receiver of a referral reads it, and what of it.
#ifndef ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_ACCESS_H_
#define ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_ACCESS_H_

#include <string>
#include <vector>

#include "accord/supports/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// This tells whether the caller's agency received the referral and the caller may read it on this day,
// `YYYY-MM-DD`: the consent stands, nobody took the referral back, and the caller is a manager if it is
// for managers.
bool IsReferralReceiver(const Caller& caller, const v1::SupportReferral& referral, const std::string& day);
// This tells whether police of the caller's agency sent the referral, which then has no case.
bool IsReferralSentByPolice(const Caller& caller, const v1::SupportReferral& referral);
// This gives the referral as the police who sent it see it: whether somebody has seen or declined it, but not
// what happened to the survivor afterwards.
v1::SupportReferral ReferralAsSentByPolice(v1::SupportReferral referral);
// This gives the viewer (storage::Placement) that lists the referral for its receiver: the agency, or the
// managers of the agency alone.
std::string ReferralReceiverViewer(const v1::SupportReferral& referral);
// This gives the viewers for which the caller lists received referrals.
std::vector<std::string> ReferralReceiverViewersOf(const Caller& caller);
// This gives the referral without what only the sender may know.
v1::SupportReferral ReferralAsReceived(v1::SupportReferral referral);
storage::Placement ReferralPlacement(const v1::SupportReferral& referral);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_REFERRALS_REFERRAL_ACCESS_H_
