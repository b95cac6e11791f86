// This file says which law applies to a referral, and what follows from it. Nothing here uses a database.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_LAW_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_LAW_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// This says whether this field decides which law applies or sets a clock. A correction of such a field needs
// a reason.
bool ChoosesLaw(const std::string& field);

// This applies the law of the day to the corrected facts. Steps that were taken on the earlier facts
// stand, so the corrected facts must still permit them: the screening, an agreement with the youth, and a
// place of safety.
absl::Status ApplyLawOfDay(const Rules& law, absl::CivilDay today, v1::Referral* referral);

// This writes what the law of the day says of the person: whether to report is a duty, and what is in doubt.
void ApplyAgeRule(const v1::AgeRule& age, v1::Referral* referral);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_LAW_H_
