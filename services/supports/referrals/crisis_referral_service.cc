#include "services/supports/referrals/crisis_referral_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/supports/consent_rules.h"
#include "services/supports/lifecycles.h"
#include "services/supports/partners/partners_of_place.h"
#include "services/supports/place_check.h"
#include "services/supports/referrals/referral_access.h"
#include "services/supports/referrals/referral_sending.h"
#include "services/supports/referrals/referral_store.h"
#include "services/supports/safe_contact.h"

namespace accord::supports {
namespace {

// This gives the data of a person whom police have met as a support case.
v1::SupportCase CaseOfPersonMet(const v1::HandedOver& handed) {
  v1::SupportCase met;
  met.set_age_band(handed.age_band());
  met.set_charge_laid(handed.charge_laid());
  met.set_language(handed.language());
  met.set_needs(handed.needs());
  met.set_safety(handed.safety());
  if (handed.has_safe_contact()) *met.mutable_safe_contact() = handed.safe_contact();
  return met;
}

}  // namespace

void CrisisReferralService::Register(host::Handlers* handlers) {
  using S = CrisisReferralService;
  handlers->Bind("accord.supports.v1.CrisisReferralService", this, &S::Send, &S::Withdraw);
}

absl::Status CrisisReferralService::CheckCrisisReferral(const host::Call& call, Tx& tx,
                                                        const std::string& today,
                                                        const v1::SendCrisisReferralRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  const v1::Consent& consent = request.consent();
  if (consent.purpose() != v1::CONSENT_PURPOSE_REFERRAL) {
    return RefuseFields({{"consent.purpose", "must be referral"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckConsent(*rules_, call.caller().agency, request.guardian_involved(), "consent",
                                      consent, call.now()));
  ACCORD_RETURN_IF_ERROR(CheckSafeContact("handed.safe_contact", request.handed().safe_contact()));
  ACCORD_ASSIGN_OR_RETURN(const auto serving, PartnerAgenciesOfPlace(tx, &partners_, call.caller().agency,
                                                                     request.catchment(), today));
  if (std::find(serving.begin(), serving.end(), consent.recipient_agency()) == serving.end()) {
    return RefuseFields(
        {{"consent.recipient_agency", "must be a crisis partner that serves the place today"}});
  }
  return absl::OkStatus();
}

CrisisReferralService::Result CrisisReferralService::Send(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::SendCrisisReferralRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  const absl::CivilDay day = OntarioDay(call.now());
  ACCORD_RETURN_IF_ERROR(CheckCrisisReferral(call, tx, FormatDay(day), request));
  const v1::Consent& consent = request.consent();
  v1::SupportReferral referral;
  referral.set_name(absl::StrCat(request.parent(), "/supportReferrals/", NewId(call.now())));
  referral.set_kind(v1::REFERRAL_KIND_SERVICE);
  referral.set_to_agency(consent.recipient_agency());
  referral.set_state(v1::SUPPORT_REFERRAL_STATE_SENT);
  *referral.mutable_handed() = DataHandedOver(CaseOfPersonMet(request.handed()), consent);
  referral.set_given_by(consent.given_by());
  referral.set_form_version(consent.form_version());
  referral.set_expires_on(consent.expires_on());
  referral.set_acknowledge_by(FormatDay(AddBusinessDays(day, rules_->acknowledge_business_days())));
  referral.set_rule_set(RulesDigest(*rules_));
  referral.set_for_manager(request.handed().age_band() == v1::AGE_BAND_UNDER_16 &&
                           request.guardian_involved() == v1::GUARDIAN_INVOLVED_UNSAFE);
  ACCORD_RETURN_IF_ERROR(referrals_.Insert(tx, &referral, write, ReferralPlacement(referral)));
  ACCORD_RETURN_IF_ERROR(
      PutSentReferral(tx, {referral.name(), "", "", ShortName(v1::ReferralKind_descriptor(), referral.kind()),
                           ReferralReceiverViewer(referral), referral.expires_on()}));
  return ReferralAsSentByPolice(std::move(referral));
}

CrisisReferralService::Result CrisisReferralService::Withdraw(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::WithdrawCrisisReferralRequest& request) {
  v1::SupportReferral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, request.name(), &referral));
  if (!IsReferralSentByPolice(call.caller(), referral)) return NotFound();
  ACCORD_ASSIGN_OR_RETURN(const int next, SupportWithdrawalLifecycle().Next(referral.state(), "withdraw"));
  referral.set_state(static_cast<v1::SupportReferralState>(next));
  ACCORD_RETURN_IF_ERROR(
      referrals_.Update(tx, &referral, request.etag(), write, ReferralPlacement(referral)));
  ACCORD_RETURN_IF_ERROR(HideSentReferral(tx, referral.name()));
  return ReferralAsSentByPolice(std::move(referral));
}

}  // namespace accord::supports
