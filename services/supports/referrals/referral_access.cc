#include "services/supports/referrals/referral_access.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"

namespace accord::supports {

namespace {

std::string ManagersViewer(const std::string& agency) { return absl::StrCat("#managers/", agency); }
bool IsReferralManager(const Caller& caller) { return caller.Has(annotations::v1::ROLE_VS_MANAGER); }

}  // namespace

bool IsReferralReceiver(const Caller& caller, const v1::SupportReferral& referral, const std::string& day) {
  return referral.to_agency() == caller.agency && !referral.consent_withdrawn() &&
         referral.state() != v1::SUPPORT_REFERRAL_STATE_WITHDRAWN && day <= referral.expires_on() &&
         (!referral.for_manager() || IsReferralManager(caller));
}

bool IsReferralSentByPolice(const Caller& caller, const v1::SupportReferral& referral) {
  return OwnerOf(referral.name()) == caller.agency && referral.support_case().empty() &&
         caller.kind == annotations::v1::AGENCY_KIND_POLICE_SERVICE;
}

v1::SupportReferral ReferralAsSentByPolice(v1::SupportReferral referral) {
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

std::string ReferralReceiverViewer(const v1::SupportReferral& referral) {
  return referral.for_manager() ? ManagersViewer(referral.to_agency()) : referral.to_agency();
}

std::vector<std::string> ReferralReceiverViewersOf(const Caller& caller) {
  if (!IsReferralManager(caller)) return {caller.agency};
  return {caller.agency, ManagersViewer(caller.agency)};
}

v1::SupportReferral ReferralAsReceived(v1::SupportReferral referral) {
  referral.clear_support_case();
  referral.clear_consent();
  return referral;
}

storage::Placement ReferralPlacement(const v1::SupportReferral& referral) {
  storage::Placement placement;
  placement.owner = OwnerOf(referral.name());
  placement.state = ShortName(v1::SupportReferralState_descriptor(), referral.state());
  // The handlers check who works in the case, and whether the consent's last day has passed.
  placement.parties = {placement.owner};
  if (!referral.consent_withdrawn() && referral.state() != v1::SUPPORT_REFERRAL_STATE_WITHDRAWN) {
    placement.parties.push_back(referral.to_agency());
  }
  // Only the sender may find the referral by its case.
  if (!referral.support_case().empty()) {
    placement.fields[absl::StrCat("case@", placement.owner)] = referral.support_case();
  }
  return placement;
}

}  // namespace accord::supports
