#include "services/supports/received.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/supports/lifecycles.h"
#include "services/supports/supports_store.h"

namespace accord::supports {

namespace {

std::string ManagersOf(const std::string& agency) { return absl::StrCat("#managers/", agency); }
bool IsManager(const Caller& caller) { return caller.Has(annotations::v1::ROLE_VS_MANAGER); }

}  // namespace

bool IsReceiver(const Caller& caller, const v1::SupportReferral& referral, const std::string& day) {
  return referral.to_agency() == caller.agency && !referral.consent_withdrawn() &&
         referral.state() != v1::SUPPORT_REFERRAL_STATE_WITHDRAWN && day <= referral.expires_on() &&
         (!referral.for_manager() || IsManager(caller));
}

bool IsSentByPolice(const Caller& caller, const v1::SupportReferral& referral) {
  return OwnerOf(referral.name()) == caller.agency && referral.support_case().empty() &&
         caller.kind == annotations::v1::AGENCY_KIND_POLICE_SERVICE;
}

v1::SupportReferral AsSentByPolice(v1::SupportReferral referral) {
  if (referral.state() == v1::SUPPORT_REFERRAL_STATE_ACCEPTED ||
      referral.state() == v1::SUPPORT_REFERRAL_STATE_COMPLETED) {
    referral.set_state(v1::SUPPORT_REFERRAL_STATE_ACKNOWLEDGED);
  }
  referral.clear_handed();
  referral.clear_reason();
  referral.clear_outcome();
  referral.clear_given_by();
  return referral;
}

std::string ReceiverKey(const v1::SupportReferral& referral) {
  return referral.for_manager() ? ManagersOf(referral.to_agency()) : referral.to_agency();
}

std::vector<std::string> ReceiverKeysOf(const Caller& caller) {
  if (!IsManager(caller)) return {caller.agency};
  return {caller.agency, ManagersOf(caller.agency)};
}

v1::SupportReferral AsReceived(v1::SupportReferral referral) {
  referral.clear_support_case();
  referral.clear_consent();
  return referral;
}

storage::Placement PlacementOf(const v1::SupportReferral& referral) {
  storage::Placement placement;
  placement.owner = OwnerOf(referral.name());
  placement.state = ShortName(v1::SupportReferralState_descriptor(), referral.state());
  // The handlers ask who works in the case, and whether the consent's last day has passed.
  placement.parties = {placement.owner};
  if (!referral.consent_withdrawn() && referral.state() != v1::SUPPORT_REFERRAL_STATE_WITHDRAWN) {
    placement.parties.push_back(referral.to_agency());
  }
  // By which case it is found is the sender's alone to know.
  if (!referral.support_case().empty()) {
    placement.fields[absl::StrCat("case@", placement.owner)] = referral.support_case();
  }
  return placement;
}

v1::HandedOver HandOver(const v1::SupportCase& of, const v1::Consent& consent) {
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

absl::Status NoteOutcome(storage::Transaction& tx, const v1::SupportReferral& referral) {
  if (referral.outcome() == v1::SUPPORT_REFERRAL_OUTCOME_UNSPECIFIED) return absl::OkStatus();
  return PutOutcome(tx, referral.name(), referral.support_case(),
                    ShortName(v1::SupportReferralOutcome_descriptor(), referral.outcome()));
}

absl::Status EndOffersOf(storage::Transaction& tx, const storage::Write& write, storage::Resources* referrals,
                         const std::string& case_name) {
  const std::string kind = ShortName(v1::ReferralKind_descriptor(), v1::REFERRAL_KIND_TRANSFER);
  ACCORD_ASSIGN_OR_RETURN(const auto names, RestingOf(tx, case_name, kind));
  for (const std::string& name : names) {
    v1::SupportReferral offer;
    ACCORD_RETURN_IF_ERROR(referrals->GetAny(tx, name, &offer));
    if (!SupportTransferLifecycle().Next(offer.state(), "accept").ok()) continue;
    offer.set_state(v1::SUPPORT_REFERRAL_STATE_WITHDRAWN);
    const std::string etag = offer.etag();
    ACCORD_RETURN_IF_ERROR(referrals->Update(tx, &offer, etag, write, PlacementOf(offer)));
    ACCORD_RETURN_IF_ERROR(HideResting(tx, name));
  }
  return absl::OkStatus();
}

absl::Status EndWhatRestsOn(storage::Transaction& tx, const storage::Write& write,
                            storage::Resources* referrals, const std::string& consent) {
  ACCORD_ASSIGN_OR_RETURN(const auto names, RestingOn(tx, consent));
  for (const std::string& name : names) {
    v1::SupportReferral referral;
    ACCORD_RETURN_IF_ERROR(referrals->GetAny(tx, name, &referral));
    referral.set_consent_withdrawn(true);
    // What the receiver has done stays done.
    if (referral.state() != v1::SUPPORT_REFERRAL_STATE_COMPLETED) {
      referral.set_state(v1::SUPPORT_REFERRAL_STATE_WITHDRAWN);
    }
    const std::string etag = referral.etag();
    ACCORD_RETURN_IF_ERROR(referrals->Update(tx, &referral, etag, write, PlacementOf(referral)));
    ACCORD_RETURN_IF_ERROR(HideResting(tx, name));
  }
  return absl::OkStatus();
}

}  // namespace accord::supports
