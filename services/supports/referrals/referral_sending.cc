#include "services/supports/referrals/referral_sending.h"

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
#include "services/supports/referrals/referral_access.h"
#include "services/supports/referrals/referral_store.h"

namespace accord::supports {
namespace {

// This fails with NOT_IN_FORCE if survivors could not be referred for this kind of help on this day.
absl::Status CheckReferralInForce(const v1::RuleSet& rules, v1::ReferralKind kind, const std::string& day) {
  for (const auto& row : rules.referrals()) {
    if (row.kind() == kind && day < row.from()) {
      return Refuse(rules::kNotInForce, "Nobody can be referred for this yet.");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::SupportReferral> SendReferralByConsent(const v1::RuleSet& rules, const host::Call& call,
                                                          storage::Transaction& tx,
                                                          const storage::Write& write,
                                                          storage::Resources* referrals,
                                                          const v1::SupportCase& of,
                                                          const v1::Consent& consent, v1::ReferralKind kind) {
  const absl::CivilDay day = OntarioDay(call.now());
  const std::string today = FormatDay(day);
  if (consent.purpose() != v1::CONSENT_PURPOSE_REFERRAL || !IsConsentLive(consent, today)) {
    return Refuse(rules::kConsentNotLive, "The survivor's consent to this referral does not stand.");
  }
  ACCORD_RETURN_IF_ERROR(SupportReferringLifecycle().Next(of.state(), "refer").status());
  ACCORD_RETURN_IF_ERROR(CheckReferralInForce(rules, kind, today));
  v1::SupportReferral referral;
  referral.set_name(absl::StrCat("agencies/", call.caller().agency, "/supportReferrals/", NewId(call.now())));
  referral.set_kind(kind);
  referral.set_support_case(of.name());
  referral.set_consent(consent.name());
  referral.set_to_agency(consent.recipient_agency());
  referral.set_state(v1::SUPPORT_REFERRAL_STATE_SENT);
  *referral.mutable_handed() = DataHandedOver(of, consent);
  referral.set_expires_on(consent.expires_on());
  referral.set_acknowledge_by(FormatDay(AddBusinessDays(day, rules.acknowledge_business_days())));
  referral.set_rule_set(RulesDigest(rules));
  ACCORD_RETURN_IF_ERROR(referrals->Insert(tx, &referral, write, ReferralPlacement(referral)));
  ACCORD_RETURN_IF_ERROR(PutSentReferral(tx, {referral.name(), consent.name(), of.name(),
                                              ShortName(v1::ReferralKind_descriptor(), referral.kind()),
                                              ReferralReceiverViewer(referral), referral.expires_on()}));
  return referral;
}

v1::HandedOver DataHandedOver(const v1::SupportCase& of, const v1::Consent& consent) {
  v1::HandedOver handed;
  for (const int data : consent.data()) {
    switch (data) {
      case v1::CONSENTED_DATA_AGE_BAND:
        handed.set_age_band(of.age_band());
        break;
      case v1::CONSENTED_DATA_CHARGE_LAID:
        handed.set_charge_laid(of.charge_laid());
        break;
      case v1::CONSENTED_DATA_LANGUAGE:
        handed.set_language(of.language());
        break;
      case v1::CONSENTED_DATA_NEEDS:
        handed.set_needs(of.needs());
        break;
      case v1::CONSENTED_DATA_SAFETY:
        handed.set_safety(of.safety());
        break;
      case v1::CONSENTED_DATA_SAFE_CONTACT:
        if (of.has_safe_contact()) *handed.mutable_safe_contact() = of.safe_contact();
        break;
      default:
        break;
    }
  }
  return handed;
}

}  // namespace accord::supports
