#include "services/supports/consent_rules.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/base/months.h"
#include "services/supports/consents/live_consent_store.h"
#include "services/supports/days.h"
#include "services/supports/law.h"

namespace accord::supports {
namespace {

absl::Status CheckConsentRecipient(const std::string& agency, const v1::Consent& consent) {
  const bool names = !consent.recipient_agency().empty(), hands = consent.data_size() > 0;
  const bool other = names && consent.recipient_agency() != agency;
  switch (consent.purpose()) {
    case v1::CONSENT_PURPOSE_REFERRAL:
      if (other && hands) return absl::OkStatus();
      return Refuse(rules::kConsentRecipient,
                    "A consent to a referral names one other agency, and what it is handed.");
    case v1::CONSENT_PURPOSE_LINK_PROSECUTION:
      if (other && !hands) return absl::OkStatus();
      return Refuse(rules::kConsentRecipient,
                    "A consent to a link names the Crown office that makes it, and hands nothing over.");
    case v1::CONSENT_PURPOSE_BENEFIT_CLAIM:
      if (other && !hands) return absl::OkStatus();
      return Refuse(rules::kConsentRecipient,
                    "A consent to a claim names the program that is asked, and hands nothing else over.");
    default:
      if (!names && !hands) return absl::OkStatus();
      return Refuse(rules::kConsentRecipient,
                    "A consent for this purpose names no agency and hands nothing over.");
  }
}

absl::Status CheckConsentDays(const v1::RuleSet& rules, const std::string& field, const v1::Consent& consent,
                              absl::Time now) {
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(field + ".given_on", consent.given_on(), now));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder(field + ".given_on", consent.given_on(), field + ".expires_on", consent.expires_on()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("today", FormatDay(OntarioDay(now)), field + ".expires_on", consent.expires_on()));
  const auto given = ParseDay(consent.given_on());
  if (!given) return RefuseFields({{field + ".given_on", "must be YYYY-MM-DD, a day that exists"}});
  if (consent.expires_on() <= FormatDay(MonthsAfter(*given, rules.consent_months()))) return absl::OkStatus();
  return Refuse(rules::kConsentTooLong,
                "The consent would last too long; the survivor can be asked again before it ends.");
}

}  // namespace

v1::Consent ConsentAsOf(v1::Consent consent, const std::string& day) {
  if (consent.state() == v1::CONSENT_STATE_LIVE && consent.expires_on() < day) {
    consent.set_state(v1::CONSENT_STATE_EXPIRED);
    EndConsentLinks(&consent);
  }
  return consent;
}

void EndConsentLinks(v1::Consent* consent) {
  const bool ended = consent->link_revocation() != v1::REVOCATION_UNSPECIFIED;
  if (consent->link_tokens_size() > 0 && !ended) consent->set_link_revocation(v1::REVOCATION_PENDING);
}

bool IsConsentLive(const v1::Consent& consent, const std::string& day) {
  return consent.state() == v1::CONSENT_STATE_LIVE && day <= consent.expires_on();
}

std::string ConsentPurposeWord(v1::ConsentPurpose purpose) {
  return ShortName(v1::ConsentPurpose_descriptor(), purpose);
}

storage::Placement ConsentPlacement(const v1::Consent& consent) {
  storage::Placement placement;
  placement.owner = OwnerOf(consent.name());
  placement.state = ShortName(v1::ConsentState_descriptor(), consent.state());
  // The handlers check who works in the case.
  placement.parties = {placement.owner};
  return placement;
}

absl::Status CheckConsent(const v1::RuleSet& rules, const std::string& agency, v1::GuardianInvolved guardian,
                          const std::string& field, const v1::Consent& consent, absl::Time now) {
  ACCORD_RETURN_IF_ERROR(CheckConsentRecipient(agency, consent));
  ACCORD_RETURN_IF_ERROR(CheckConsentDays(rules, field, consent, now));
  if (consent.given_by() == v1::CONSENT_GIVEN_BY_GUARDIAN && guardian == v1::GUARDIAN_INVOLVED_UNSAFE) {
    return Refuse(rules::kGuardianUnsafe, "Of this survivor no consent is taken from a guardian.");
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Consent> KeepConsent(const v1::RuleSet& rules, const host::Call& call,
                                        storage::Transaction& tx, const storage::Write& write,
                                        storage::Resources* consents, const v1::SupportCase& of,
                                        const std::string& field, v1::Consent consent) {
  ACCORD_RETURN_IF_ERROR(
      CheckConsent(rules, OwnerOf(of.name()), of.guardian_involved(), field, consent, call.now()));
  consent.set_name(absl::StrCat(of.name(), "/consents/", NewId(call.now())));
  consent.set_state(v1::CONSENT_STATE_LIVE);
  consent.set_rule_set(RulesDigest(rules));
  ACCORD_RETURN_IF_ERROR(consents->Insert(tx, &consent, write, ConsentPlacement(consent)));
  ACCORD_RETURN_IF_ERROR(
      PutLiveConsent(tx, {consent.name(), of.name(), ConsentPurposeWord(consent.purpose()),
                          ShortName(v1::SupportProgram_descriptor(), of.program()), consent.expires_on()}));
  return consent;
}

}  // namespace accord::supports
