// These functions are about amendments of a referral: which fields may be corrected, and the row that tells
// of it. Nothing here uses a database.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_AMENDMENTS_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_AMENDMENTS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/access/decide.h"

namespace accord::protocols {

// This says whether the sender may correct this field. An agency that sends a referral on may not change what
// the first sender said.
bool AmendmentMayCorrect(const v1::Referral& referral, const std::string& field);
// This gives those of `fields` whose value differs between the two.
std::set<std::string> AmendedFields(const std::set<std::string>& fields, const v1::Referral& before,
                                    const v1::Referral& after);

// This fails with RECORD_FULL if this agency has corrected the referral as often as it may. Both sides read
// every row, and the corrections of one side do not reduce those of the other.
absl::Status CheckMayAmend(const v1::Referral& referral, const std::string& agency);
// This adds the row that tells who amended what, and why.
v1::ReferralAmendment* AddAmendment(v1::AmendmentKind kind, const Caller& caller, absl::Time now,
                                    const std::string& reason, v1::Referral* referral);
// This notes in the amendment which clocks of `before` were set anew in `after`.
void NoteAmendedClocks(const v1::Referral& before, const v1::Referral& after,
                       v1::ReferralAmendment* amendment);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_AMENDMENTS_H_
