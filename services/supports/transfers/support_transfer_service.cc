#include "services/supports/transfers/support_transfer_service.h"

#include <utility>

#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/supports/benefits/benefit_account_store.h"
#include "services/supports/case_access.h"
#include "services/supports/cases/case_opening.h"
#include "services/supports/lifecycles.h"
#include "services/supports/place_check.h"
#include "services/supports/referrals/referral_access.h"
#include "services/supports/referrals/referral_endings.h"
#include "services/supports/referrals/referral_sending.h"
#include "services/supports/referrals/referral_store.h"

namespace accord::supports {
namespace {

// This fills the fields that the receiver left empty with the data that was handed over. Data that the
// survivor did not agree to hand over stays unset.
v1::SupportCase CaseFilledFromTransfer(const v1::HandedOver& handed, v1::SupportCase item) {
  if (item.age_band() == v1::AGE_BAND_UNSPECIFIED) item.set_age_band(handed.age_band());
  if (item.charge_laid() == v1::CHARGE_LAID_UNSPECIFIED) item.set_charge_laid(handed.charge_laid());
  if (item.language().empty()) item.set_language(handed.language());
  if (item.needs().empty()) item.set_needs(handed.needs());
  if (item.safety().empty()) item.set_safety(handed.safety());
  if (!item.has_safe_contact() && handed.has_safe_contact()) {
    *item.mutable_safe_contact() = handed.safe_contact();
  }
  return item;
}

}  // namespace

void SupportTransferService::Register(host::Handlers* handlers) {
  using S = SupportTransferService;
  handlers->Bind("accord.supports.v1.SupportTransferService", this, &S::Offer, &S::Accept);
}

absl::Status SupportTransferService::CheckNoOfferStands(Tx& tx, const std::string& case_name,
                                                        const std::string& today) {
  const std::string kind = ShortName(v1::ReferralKind_descriptor(), v1::REFERRAL_KIND_TRANSFER);
  ACCORD_ASSIGN_OR_RETURN(const auto names, ReferralsOfCase(tx, case_name, kind));
  for (const std::string& name : names) {
    v1::SupportReferral offered;
    ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, name, &offered));
    if (offered.expires_on() < today) continue;
    if (!SupportTransferLifecycle().Next(offered.state(), "accept").ok()) continue;
    return Refuse(rules::kAlreadyRecorded,
                  "An offer of this case stands: take it back, or wait for the answer.");
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::SupportReferral> SupportTransferService::Offer(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::OfferSupportTransferRequest& request) {
  v1::Consent consent;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, request.consent(), call.caller().agency, &consent));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, SupportCaseOf(consent.name()), &of));
  ACCORD_RETURN_IF_ERROR(CheckNoOfferStands(tx, of.name(), FormatDay(OntarioDay(call.now()))));
  return SendReferralByConsent(*rules_, call, tx, write, &referrals_, of, consent,
                               v1::REFERRAL_KIND_TRANSFER);
}

absl::StatusOr<v1::SupportCase> SupportTransferService::Accept(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::AcceptSupportTransferRequest& request) {
  v1::SupportReferral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, request.name(), &referral));
  // Without the consent the receiver no longer has a part in the referral.
  if (!IsReferralReceiver(call.caller(), referral, FormatDay(OntarioDay(call.now())))) return NotFound();
  if (referral.kind() != v1::REFERRAL_KIND_TRANSFER) {
    return RefuseFields({{"name", "must be a referral that offers a transfer"}});
  }
  ACCORD_ASSIGN_OR_RETURN(const int next, SupportTransferLifecycle().Next(referral.state(), "accept"));
  v1::SupportCase from;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, referral.support_case(), &from));
  ACCORD_ASSIGN_OR_RETURN(const int left, SupportHandingOverLifecycle().Next(from.state(), "transfer"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  v1::SupportCase item = CaseFilledFromTransfer(referral.handed(), request.support_case());
  ACCORD_RETURN_IF_ERROR(CheckChargeLaid(item, {}));
  const auto* consent = request.has_services_consent() ? &request.services_consent() : nullptr;
  ACCORD_ASSIGN_OR_RETURN(
      item, OpenSupportCase(*rules_, call, tx, write, {&cases_, &consents_}, std::move(item), consent));
  ACCORD_RETURN_IF_ERROR(ShareBenefitAccount(tx, from.name(), item.name()));
  referral.set_state(static_cast<v1::SupportReferralState>(next));
  referral.set_outcome(v1::SUPPORT_REFERRAL_OUTCOME_TRANSFERRED);
  ACCORD_RETURN_IF_ERROR(
      referrals_.Update(tx, &referral, request.etag(), write, ReferralPlacement(referral)));
  ACCORD_RETURN_IF_ERROR(NoteReferralOutcome(tx, referral));
  from.set_state(static_cast<v1::SupportCaseState>(left));
  from.set_transferred(true);
  const std::string etag = from.etag();
  ACCORD_RETURN_IF_ERROR(cases_.Update(tx, &from, etag, write, CasePlacement(from)));
  return item;
}

}  // namespace accord::supports
