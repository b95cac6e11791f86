// This tells the gate of every method what a caller is to the records of this service.
#ifndef ACCORD_SERVICES_PROTOCOLS_PARTS_H_
#define ACCORD_SERVICES_PROTOCOLS_PARTS_H_

#include "common/host/calls/handlers.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {

// `referrals` outlives `handlers`.
void TellParts(const storage::PageTokens* tokens, ReferralService* referrals, host::Handlers* handlers);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_PARTS_H_
