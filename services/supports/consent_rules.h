// This is what makes a consent sound, and whether it stands.
#ifndef ACCORD_SERVICES_SUPPORTS_CONSENT_RULES_H_
#define ACCORD_SERVICES_SUPPORTS_CONSENT_RULES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/supports/v1/resources.pb.h"
#include "accord/supports/v1/rules.pb.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// The consent as it is on this day, `YYYY-MM-DD`: a live one whose last day has passed is expired, and its
// links are to be revoked.
v1::Consent AsOf(v1::Consent consent, const std::string& day);
// Says of a consent that ends that its links, if there are any, are to be revoked.
void EndLinks(v1::Consent* consent);
// Nobody has withdrawn it and its last day has not passed.
bool IsLive(const v1::Consent& consent, const std::string& day);
// The short name of a purpose, as the store has it.
std::string PurposeWord(v1::ConsentPurpose purpose);
storage::Placement PlacementOf(const v1::Consent& consent);

// Whether what a survivor agrees to towards this agency is sound: whom it names for what, from when to when,
// and that no guardian gave it who is not safe. `field` is the path of the consent in the request.
absl::Status CheckConsent(const v1::RuleSet& rules, const std::string& agency, v1::GuardianInvolved guardian,
                          const std::string& field, const v1::Consent& consent, absl::Time now);

// Stores what the survivor of this case agrees to, if it is sound. `field` is the path of the consent in the
// request, for example `consent`.
absl::StatusOr<v1::Consent> KeepConsent(const v1::RuleSet& rules, const host::Call& call,
                                        storage::Transaction& tx, const storage::Write& write,
                                        storage::Resources* consents, const v1::SupportCase& of,
                                        const std::string& field, v1::Consent consent);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CONSENT_RULES_H_
