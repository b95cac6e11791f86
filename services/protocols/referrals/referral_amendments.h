// Mistakes in a referral that are mended: what may be corrected, what then must still hold, and the row that
// tells of it. No database here.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_AMENDMENTS_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_AMENDMENTS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/access/decide.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// Whether its sender may correct this field. Whoever sends it on does not change what the first sender said.
bool Correctable(const v1::Referral& referral, const std::string& field);
// Whether the law is chosen, or a clock set, by this field: a correction of it says why.
bool ChoosesLaw(const std::string& field);
// Those of `fields` whose value differs between the two.
std::set<std::string> ChangedFields(const std::set<std::string>& fields, const v1::Referral& before,
                                    const v1::Referral& after);

// What the law of the day says of the facts as they were corrected. What was done by the earlier ones stands,
// so the facts must still allow it: the screening, an agreement with the youth, and a place of safety.
absl::Status FollowLaw(const Rules& law, absl::CivilDay today, v1::Referral* referral);

// Writes what the law of the day says of the person: whether to report is a duty, and what of it is doubtful.
void TakeLaw(const v1::AgeRule& age, v1::Referral* referral);

// From then on the clocks of the work on it run: its submission, or when it was last opened again.
absl::Time WorkStart(const v1::Referral& referral);

// RECORD_FULL for a referral that this agency has mended as often as it may: both sides read every row, and
// what one side did takes nothing from the other.
absl::Status CheckMayAmend(const v1::Referral& referral, const std::string& agency);
// Adds the row that tells who mended what and why.
v1::ReferralAmendment* AddAmendment(v1::AmendmentKind kind, const Caller& caller, absl::Time now,
                                    const std::string& reason, v1::Referral* referral);
// Notes in it the clocks of `before` that `after` has set anew.
void NoteClocks(const v1::Referral& before, const v1::Referral& after, v1::ReferralAmendment* amendment);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_AMENDMENTS_H_
