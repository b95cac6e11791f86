#include "services/supports/referrals/referral_endings.h"

#include "common/access/names.h"
#include "common/base/error.h"
#include "services/supports/lifecycles.h"
#include "services/supports/referrals/referral_access.h"
#include "services/supports/referrals/referral_store.h"

namespace accord::supports {

absl::Status NoteReferralOutcome(storage::Transaction& tx, const v1::SupportReferral& referral) {
  if (referral.outcome() == v1::SUPPORT_REFERRAL_OUTCOME_UNSPECIFIED) return absl::OkStatus();
  return PutReferralOutcome(tx, referral.name(), referral.support_case(),
                            ShortName(v1::SupportReferralOutcome_descriptor(), referral.outcome()));
}

absl::Status EndReferralsUnderConsent(storage::Transaction& tx, const storage::Write& write,
                                      storage::Resources* referrals, const std::string& consent) {
  ACCORD_ASSIGN_OR_RETURN(const auto names, ReferralsUnderConsent(tx, consent));
  for (const std::string& name : names) {
    v1::SupportReferral referral;
    ACCORD_RETURN_IF_ERROR(referrals->GetAny(tx, name, &referral));
    referral.set_consent_withdrawn(true);
    // A completed referral stays completed.
    if (referral.state() != v1::SUPPORT_REFERRAL_STATE_COMPLETED) {
      referral.set_state(v1::SUPPORT_REFERRAL_STATE_WITHDRAWN);
    }
    const std::string etag = referral.etag();
    ACCORD_RETURN_IF_ERROR(referrals->Update(tx, &referral, etag, write, ReferralPlacement(referral)));
    ACCORD_RETURN_IF_ERROR(HideSentReferral(tx, name));
  }
  return absl::OkStatus();
}

absl::Status EndTransferOffersOf(storage::Transaction& tx, const storage::Write& write,
                                 storage::Resources* referrals, const std::string& case_name) {
  const std::string kind = ShortName(v1::ReferralKind_descriptor(), v1::REFERRAL_KIND_TRANSFER);
  ACCORD_ASSIGN_OR_RETURN(const auto names, ReferralsOfCase(tx, case_name, kind));
  for (const std::string& name : names) {
    v1::SupportReferral offer;
    ACCORD_RETURN_IF_ERROR(referrals->GetAny(tx, name, &offer));
    if (!SupportTransferLifecycle().Next(offer.state(), "accept").ok()) continue;
    offer.set_state(v1::SUPPORT_REFERRAL_STATE_WITHDRAWN);
    const std::string etag = offer.etag();
    ACCORD_RETURN_IF_ERROR(referrals->Update(tx, &offer, etag, write, ReferralPlacement(offer)));
    ACCORD_RETURN_IF_ERROR(HideSentReferral(tx, name));
  }
  return absl::OkStatus();
}

}  // namespace accord::supports
