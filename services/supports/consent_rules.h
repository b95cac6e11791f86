// These functions decide whether a consent is sound, and whether it stands.
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

// This gives the consent as it is on this day, `YYYY-MM-DD`: a live consent whose last day has passed is
// expired, and its links are to be revoked.
v1::Consent ConsentAsOf(v1::Consent consent, const std::string& day);
// This marks the links of a consent that ends, if there are any, as to be revoked.
void EndConsentLinks(v1::Consent* consent);
// This tells whether nobody has withdrawn the consent and its last day has not passed.
bool IsConsentLive(const v1::Consent& consent, const std::string& day);
// This gives the short name of a purpose in the database.
std::string ConsentPurposeWord(v1::ConsentPurpose purpose);
storage::Placement ConsentPlacement(const v1::Consent& consent);

// Checks that the survivor's consent towards this agency is sound: whom it names and for what, from when to
// when it stands, and that no unsafe guardian gave it. `field` is the path of the consent in the request.
absl::Status CheckConsent(const v1::RuleSet& rules, const std::string& agency, v1::GuardianInvolved guardian,
                          const std::string& field, const v1::Consent& consent, absl::Time now);

// This stores the survivor's consent for this case if it is sound. `field` is the path of the consent in the
// request, for example `consent`.
absl::StatusOr<v1::Consent> KeepConsent(const v1::RuleSet& rules, const host::Call& call,
                                        storage::Transaction& tx, const storage::Write& write,
                                        storage::Resources* consents, const v1::SupportCase& of,
                                        const std::string& field, v1::Consent consent);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CONSENT_RULES_H_
