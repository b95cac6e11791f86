#include "services/supports/referrals/sending.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/supports/consent_rules.h"
#include "services/supports/law.h"
#include "services/supports/lifecycles.h"
#include "services/supports/received.h"
#include "services/supports/supports_store.h"

namespace accord::supports {
namespace {

// NOT_IN_FORCE if survivors could not be referred for it on this day.
absl::Status CheckInForce(const v1::RuleSet& rules, v1::ReferralKind kind, const std::string& day) {
  for (const auto& row : rules.referrals()) {
    if (row.kind() == kind && day < row.from()) {
      return Refuse(rules::kNotInForce, "Nobody can be referred for this yet.");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::SupportReferral> SendByConsent(const v1::RuleSet& rules, const host::Call& call,
                                                  storage::Transaction& tx, const storage::Write& write,
                                                  storage::Resources* referrals, const v1::SupportCase& of,
                                                  const v1::Consent& consent, v1::ReferralKind kind) {
  const absl::CivilDay day = OntarioDay(call.now());
  const std::string today = FormatDay(day);
  if (consent.purpose() != v1::CONSENT_PURPOSE_REFERRAL || !IsLive(consent, today)) {
    return Refuse(rules::kConsentNotLive, "The survivor's consent to this referral does not stand.");
  }
  ACCORD_RETURN_IF_ERROR(SupportReferringLifecycle().Next(of.state(), "refer").status());
  ACCORD_RETURN_IF_ERROR(CheckInForce(rules, kind, today));
  v1::SupportReferral referral;
  referral.set_name(absl::StrCat("agencies/", call.caller().agency, "/supportReferrals/", NewId(call.now())));
  referral.set_kind(kind);
  referral.set_support_case(of.name());
  referral.set_consent(consent.name());
  referral.set_to_agency(consent.recipient_agency());
  referral.set_state(v1::SUPPORT_REFERRAL_STATE_SENT);
  *referral.mutable_handed() = HandOver(of, consent);
  referral.set_expires_on(consent.expires_on());
  referral.set_acknowledge_by(FormatDay(AddBusinessDays(day, rules.acknowledge_business_days())));
  referral.set_rule_set(RulesDigest(rules));
  ACCORD_RETURN_IF_ERROR(referrals->Insert(tx, &referral, write, PlacementOf(referral)));
  ACCORD_RETURN_IF_ERROR(PutResting(tx, {referral.name(), consent.name(), of.name(),
                                         ShortName(v1::ReferralKind_descriptor(), referral.kind()),
                                         ReceiverKey(referral), referral.expires_on()}));
  return referral;
}

}  // namespace accord::supports
